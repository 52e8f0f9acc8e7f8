import { describe, expect, it } from 'vitest';
import { amendMessage, reduceMessage } from '../../src/message/reduce.ts';
import { continueMessage } from '../../src/message/round.ts';
import { gemini } from '../../src/protocol/gemini.ts';
import { turn } from '../support/conversations.ts';
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

  describe('signatures', () => {
    const stop = { finishReason: 'STOP' };
    /** What a request gives back of an answer. */
    const givenBack = (...values: readonly unknown[]) => {
      const { body } = gemini().request(turn(run(...values).message)) as { body: { contents: object[] } };
      return body.contents;
    };

    it('gives one back with the text that it ended', () => {
      expect(
        givenBack(said([{ text: 'Hel' }]), said([{ text: 'lo' }]), said([{ text: '', thoughtSignature: 'S' }], stop)),
      ).toEqual([{ role: 'model', parts: [{ text: 'Hello', thoughtSignature: 'S' }] }]);
    });

    it.each([
      ['an empty part', { text: '', thoughtSignature: 'S' }],
      ['a part of its own', { thoughtSignature: 'S' }],
    ])('gives one back that comes on %s after a thought', (_, part) => {
      const answer = [said([{ text: 'Hm', thought: true }]), said([part], stop)];
      expect(givenBack(...answer)).toEqual([{ role: 'model', parts: [{ text: '', thoughtSignature: 'S' }] }]);
      expect(run(...answer).chunks.filter(({ type }) => type === 'unknown')).toEqual([]);
    });

    it('gives one back that comes after a call, before what the call returned', () => {
      const { message } = run(
        said([{ functionCall: { name: 'f', args: {} }, thoughtSignature: 'C' }]),
        said([{ text: '', thoughtSignature: 'S' }], stop),
      );
      const call = message.parts.find((part) => part.type === 'tool');
      const answered = reduceMessage(
        continueMessage(amendMessage(message, { type: 'tool-result', id: call?.callId ?? '', result: 1 }, 0)),
        [{ type: 'text', delta: 'Done.' }],
        0,
      );
      const { contents } = gemini().request(turn(answered)).body as { contents: object[] };
      expect(contents).toMatchObject([
        {
          role: 'model',
          parts: [
            { functionCall: { name: 'f' }, thoughtSignature: 'C' },
            { text: '', thoughtSignature: 'S' },
          ],
        },
        { role: 'user', parts: [{ functionResponse: { name: 'f' } }] },
        { role: 'model', parts: [{ text: 'Done.' }] },
      ]);
    });

    it('gives signed thoughts and pictures back, which some models refuse to go on without', () => {
      const picture = { mimeType: 'image/png', data: 'aGk=' };
      expect(
        givenBack(
          said([
            { text: 'Hm', thought: true },
            { text: '', thought: true, thoughtSignature: 'T' },
          ]),
          said([{ inlineData: picture, thoughtSignature: 'P' }], stop),
        ),
      ).toEqual([
        {
          role: 'model',
          parts: [
            { text: 'Hm', thought: true, thoughtSignature: 'T' },
            { inlineData: picture, thoughtSignature: 'P' },
          ],
        },
      ]);
    });
  });

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
