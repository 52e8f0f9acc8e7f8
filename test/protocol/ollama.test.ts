import { describe, expect, it } from 'vitest';
import { ollama } from '../../src/protocol/ollama.ts';
import { drive, toolsOf } from '../support/drive-adapter.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = ollama({ model: 'm' });
const run = (...lines: readonly object[]) =>
  drive(adapter, framesOf('ndjson', [utf8(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))]));
const call = (args: unknown) => ({
  message: { tool_calls: [{ function: { name: 'f', arguments: args } }] },
  done: false,
});
const done = (done_reason: string) => ({ message: { content: '' }, done: true, done_reason });

describe('ollama', () => {
  describe('the end', () => {
    it('waits for a client call, whatever the server names its reason', () => {
      const { message } = run(call({ a: 1 }), done('length'));
      expect(message).toMatchObject({ status: 'complete', finishReason: 'tool-calls' });
    });

    it('is an error where a line says so, as a text or as an object', () => {
      expect(run({ error: 'no memory' }).message.error).toMatchObject({ message: 'no memory' });
      expect(run({ error: { message: 'no memory', code: 'oom' } }).message.error).toMatchObject({
        message: 'no memory',
        remoteCode: 'oom',
      });
    });
  });

  it('reads arguments that are text, and keeps the call where they are no JSON', () => {
    const { message, faults } = run(call('{"a":1}'), call('{"a'), done('stop'));
    expect(toolsOf(message)).toEqual([
      ['f', { a: 1 }, 'called'],
      ['f', undefined, 'failed'],
    ]);
    expect(faults).toEqual([]);
  });

  it('reads an error body that holds an object', () => {
    const body = JSON.stringify({ error: { message: 'No such model.', code: 'model_not_found' } });
    expect(adapter.reject?.({ status: 404, headers: {}, body })).toMatchObject({
      status: 404,
      message: 'No such model.',
      code: 'model_not_found',
    });
  });
});
