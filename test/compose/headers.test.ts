import { describe, expect, it } from 'vitest';
import { createHeaderSource } from '../../src/compose/headers.ts';

const first = { attempt: 1, refresh: false };
const refresh = { attempt: 1, refresh: true };

describe('createHeaderSource', () => {
  it('takes headers in every form, in lower case', async () => {
    for (const given of [{ 'X-A': '1' }, new Headers({ 'X-A': '1' }), [['X-A', '1']] as const]) {
      expect(await createHeaderSource(given).read(first)).toEqual({ 'x-a': '1' });
    }
    expect(await createHeaderSource(undefined).read(first)).toEqual({});
  });

  it('calls a function for each attempt', async () => {
    let calls = 0;
    const source = createHeaderSource(() => ({ n: String((calls += 1)) }));
    expect([await source.read(first), await source.read(first)]).toEqual([{ n: '1' }, { n: '2' }]);
    expect(source.canRefresh).toBe(true);
    expect(createHeaderSource({ n: '1' }).canRefresh).toBe(false);
  });

  it('refreshes once for all that ask at the same time', async () => {
    const asked: boolean[] = [];
    const source = createHeaderSource(async (context) => {
      asked.push(context.refresh);
      return { token: String(asked.length) };
    });
    const all = await Promise.all([source.read(refresh), source.read(refresh), source.read(first)]);
    expect(all).toEqual([{ token: '1' }, { token: '1' }, { token: '1' }]);
    expect(asked).toEqual([true]);
    await source.read(refresh);
    expect(asked).toEqual([true, true]);
  });

  it('can refresh again after a refresh that failed', async () => {
    let calls = 0;
    const source = createHeaderSource(async () => {
      calls += 1;
      if (calls === 1) throw new Error('The token endpoint is down.');
      return { token: 'new' };
    });
    await expect(source.read(refresh)).rejects.toThrow('down');
    expect(await source.read(refresh)).toEqual({ token: 'new' });
  });

  it('refuses a header that HTTP does not allow, without telling its value', () => {
    const source = createHeaderSource({ 'x-a': 'secret\n' + 'ключ' });
    expect(() => source.read(first)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
    expect(() => source.read(first)).not.toThrow(/secret/);
  });
});
