import { describe, expect, it } from 'vitest';
import { readHeaders, shareRefresh } from '../../src/compose/headers.ts';

const first = { attempt: 1, refresh: false };
const refresh = { attempt: 1, refresh: true };

describe('readHeaders', () => {
  it('takes headers in every form, in lower case', async () => {
    for (const given of [{ 'X-A': '1' }, new Headers({ 'X-A': '1' }), [['X-A', '1']] as const]) {
      expect(readHeaders(given, first)).toEqual({ 'x-a': '1' });
      expect(readHeaders(() => given, first)).toEqual({ 'x-a': '1' });
      expect(await readHeaders(async () => given, first)).toEqual({ 'x-a': '1' });
    }
    expect(readHeaders(undefined, first)).toEqual({});
  });

  it('tells a function which attempt it is for', () => {
    expect(readHeaders((context) => ({ refresh: String(context.refresh) }), refresh)).toEqual({ refresh: 'true' });
  });

  it('refuses a header that HTTP does not allow, without telling its value', () => {
    const read = () => readHeaders({ 'x-a': 'secret\nключ' }, first);
    expect(read).toThrow(expect.objectContaining({ code: 'invalid-option' }));
    expect(read).not.toThrow(/secret/);
  });
});

describe('shareRefresh', () => {
  it('calls the function for each attempt', () => {
    let calls = 0;
    const headers = shareRefresh(() => ({ n: String((calls += 1)) }));
    expect([headers(first), headers(first)]).toEqual([{ n: '1' }, { n: '2' }]);
  });

  it('refreshes once for all that ask at the same time', async () => {
    const asked: boolean[] = [];
    const headers = shareRefresh(async (context) => {
      asked.push(context.refresh);
      return { token: String(asked.length) };
    });
    const all = await Promise.all([headers(refresh), headers(refresh), headers(first)]);
    expect(all).toEqual([{ token: '1' }, { token: '1' }, { token: '1' }]);
    expect(asked).toEqual([true]);
    await headers(refresh);
    expect(asked).toEqual([true, true]);
  });

  it('can refresh again after a refresh that failed', async () => {
    let calls = 0;
    const headers = shareRefresh(async () => {
      calls += 1;
      if (calls === 1) throw new Error('The token endpoint is down.');
      return { token: 'new' };
    });
    await expect(headers(refresh)).rejects.toThrow('down');
    expect(await headers(refresh)).toEqual({ token: 'new' });
  });
});
