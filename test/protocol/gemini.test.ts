import { describe, expect, it } from 'vitest';
import { gemini } from '../../src/protocol/gemini.ts';
import { drive, sse, toolsOf } from '../support/drive-adapter.ts';
import { framesOf, utf8 } from '../support/split.ts';

const run = (...values: readonly unknown[]) => drive(gemini(), framesOf('sse', [utf8(sse(...values))]));
const said = (parts: readonly object[], more: object = {}) => ({ candidates: [{ content: { parts }, ...more }] });

describe('gemini', () => {
  it.each(['STOP', 'FUNCTION_CALL', 'MAX_TOKENS'])(
    'waits for a client call where the server names %s',
    (finishReason) => {
      const { message } = run(
        said([{ text: 'a' }]),
        said([{ functionCall: { name: 'f', args: { a: 1 } } }], { finishReason }),
      );
      expect(message).toMatchObject({ status: 'complete', finishReason: 'tool-calls' });
      expect(toolsOf(message)).toEqual([['f', { a: 1 }, 'called']]);
    },
  );

  it.each(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS', 'MALFORMED_RESPONSE'])(
    'fails where the model broke off with %s, because what it was about to do is missing',
    (finishReason) => {
      const { message } = run(said([{ text: 'Let me look.' }]), said([], { finishReason }));
      expect(message).toMatchObject({
        status: 'failed',
        parts: [{ text: 'Let me look.' }],
        error: { code: 'failed', remoteCode: finishReason, retryable: true },
      });
    },
  );

  it('does not offer to try again what was at fault', () => {
    const { message } = run({ error: { code: 400, message: 'No such field', status: 'INVALID_ARGUMENT' } });
    expect(message).toMatchObject({
      status: 'failed',
      error: { message: 'No such field', remoteCode: 'INVALID_ARGUMENT', status: 400, retryable: false },
    });
  });

  it('reads when to come back from the details of an error', () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7.5s' }];
    const body = [{ error: { code: 429, message: 'Slow down', status: 'RESOURCE_EXHAUSTED', details } }];
    expect(gemini().reject?.({ status: 429, headers: {}, body: JSON.stringify(body) })).toEqual({
      type: 'error',
      code: 'RESOURCE_EXHAUSTED',
      message: 'Slow down',
      status: 429,
      retryable: true,
      retryAfter: 7.5,
      details,
    });
  });
});
