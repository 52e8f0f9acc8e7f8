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
});
