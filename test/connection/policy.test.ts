import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
import { closeError, isBusy, judgeEnd, judgeError, judgeStatus, retryAfterMs } from '../../src/connection/policy.ts';

const rejected = (headers: Record<string, string>) =>
  new TransportError('http-status', 'refused', { status: 503, details: { status: 503, headers, body: '' } });

describe('judgeStatus', () => {
  it.each([400, 403, 404, 409, 410, 413, 422, 402, 418])('calls %i fatal', (status) => {
    expect(judgeStatus(status)).toBe('fatal');
  });
  it.each([408, 425, 429, 500, 502, 503, 504, 529])('retries %i', (status) => {
    expect(judgeStatus(status)).toBe('retry');
  });
  it('has nothing to go on with after 204', () => expect(judgeStatus(204)).toBe('over'));
  it('wants fresh credentials after 401', () => expect(judgeStatus(401)).toBe('refresh'));
});

describe('judgeError', () => {
  const judge = (code: 'wrong-content-type' | 'redirected', method: string, resuming: boolean) =>
    judgeError(new TransportError(code, 'x'), { method, resuming });

  it('calls a wrong content type fatal on a first POST, and retries it on a GET and while resuming', () => {
    expect(judge('wrong-content-type', 'POST', false)).toBe('fatal');
    expect(judge('wrong-content-type', 'GET', false)).toBe('retry');
    expect(judge('wrong-content-type', 'POST', true)).toBe('retry');
  });
  it('calls a redirect that lost its POST fatal', () => expect(judge('redirected', 'POST', false)).toBe('fatal'));
});

describe('judgeEnd', () => {
  const verdict = (code: number) => judgeEnd({ kind: 'close', code, reason: '', clean: true }).verdict;

  it('takes an end of file and a clean close for the same', () => {
    expect(judgeEnd({ kind: 'eof' }).verdict).toBe('end');
    expect([1000, 1005].map(verdict)).toEqual(['end', 'end']);
  });
  it.each([1001, 1006, 1011, 1012, 1013, 4408, 4429, 3000])('retries a close with %i', (code) => {
    expect(verdict(code)).toBe('retry');
  });
  it.each([1002, 1003, 1007, 1008, 1009, 1010, 4400, 4403, 4404, 4499])('calls a close with %i fatal', (code) => {
    expect(verdict(code)).toBe('fatal');
  });
  it('wants fresh credentials after 4401', () => expect(verdict(4401)).toBe('refresh'));
});

describe('closeError', () => {
  const error = (code: number) => closeError({ kind: 'close', code, reason: 'why', clean: false });

  it('names what the code means and keeps the code', () => {
    expect(error(1006)).toMatchObject({ code: 'connect-failed', retryable: true, remoteCode: '1006', excerpt: 'why' });
    expect(error(1008)).toMatchObject({ code: 'failed', retryable: false, remoteCode: '1008' });
    expect(error(4401)).toMatchObject({ code: 'unauthorized' });
    expect(error(4429)).toMatchObject({ code: 'rate-limited', retryable: true });
  });
  it('keeps the reason out of the message', () => expect(error(1008).message).not.toContain('why'));
});

describe('isBusy', () => {
  it('is true for 429, 503 and their socket closes', () => {
    expect(isBusy(new TransportError('http-status', 'x', { status: 429 }))).toBe(true);
    expect(isBusy(new TransportError('http-status', 'x', { status: 503 }))).toBe(true);
    expect(isBusy(closeError({ kind: 'close', code: 4429, reason: '', clean: true }))).toBe(true);
    expect(isBusy(closeError({ kind: 'close', code: 1013, reason: '', clean: true }))).toBe(true);
    expect(isBusy(new TransportError('http-status', 'x', { status: 500 }))).toBe(false);
  });
});

describe('retryAfterMs', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  it('reads seconds', () => expect(retryAfterMs(rejected({ 'retry-after': '7' }), now)).toBe(7_000));
  it('reads a date, measured from the reply itself where the reply tells its time', () => {
    const until = 'Thu, 01 Jan 2026 12:00:30 GMT';
    expect(retryAfterMs(rejected({ 'retry-after': until }), now)).toBe(30_000);
    expect(retryAfterMs(rejected({ 'retry-after': until, date: 'Thu, 01 Jan 2026 12:00:10 GMT' }), now)).toBe(20_000);
  });
  it('takes a date that has passed for now', () => {
    expect(retryAfterMs(rejected({ 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }), now)).toBe(0);
  });
  it('knows no minimum where none was given or none can be read', () => {
    expect(retryAfterMs(rejected({}), now)).toBeUndefined();
    expect(retryAfterMs(rejected({ 'retry-after': 'soon' }), now)).toBeUndefined();
  });
  it('prefers what the transport already read', () => {
    const error = new TransportError('http-status', 'x', { status: 429, retryAfterMs: 1_500 });
    expect(retryAfterMs(error, now)).toBe(1_500);
  });
});
