import { describe, expect, it } from 'vitest';
import { aiSdkData } from '../../src/protocol/ai-sdk-data.ts';
import { toolTurn } from '../support/conversations.ts';
import { drive, driveBytes, textOf, toolsOf, unknownKinds } from '../support/drive-adapter.ts';
import { eachRecording } from '../support/recordings.ts';
import { framesOf, utf8 } from '../support/split.ts';

const adapter = aiSdkData();
const run = (...lines: readonly string[]) => drive(adapter, framesOf('lines', [utf8(lines.join('\n'))]));
const done = 'd:{"finishReason":"stop"}';

describe('aiSdkData', () => {
  describe('recorded streams', () => {
    eachRecording(['ai-sdk-data-v1/ai4-full.txt'], (name, text) => {
      it(`reads ${name}`, () => {
        const { message, chunks, faults } = driveBytes(adapter, 'lines', text);
        expect([faults, unknownKinds(chunks)]).toEqual([[], []]);
        expect(message).toMatchObject({
          status: 'complete',
          finishReason: 'stop',
          serverId: 'msg-OS0Ruj0NaRDLhykMgIUA5DhP',
          usage: { input: 8, output: 10 },
          metadata: { annotations: [{ a: 1 }] },
        });
        expect(toolsOf(message)).toEqual([['weather', { city: 'Paris' }, 'complete', { t: 18 }]]);
        expect(message.parts).toMatchObject([
          { type: 'data', data: { phase: 'init' } },
          { type: 'reasoning', text: 'think', signature: 'sig==' },
          { type: 'text', text: 'Let me check.' },
          { type: 'tool' },
          { type: 'source', url: 'https://e.com', title: 'T' },
          { type: 'text', text: '18°C\n' },
          { type: 'file', mediaType: 'text/plain', base64: 'aGk=' },
        ]);
      });
    });

    eachRecording(['ai-sdk-data-v1/ai4-error.txt'], (name, text) => {
      it(`reads ${name}`, () => {
        const { message } = driveBytes(adapter, 'lines', text);
        expect(message).toMatchObject({
          status: 'failed',
          error: { message: 'boom: db down' },
          parts: [{ data: 'x' }],
        });
      });
    });
  });

  it('ends with `d:` and is cut without it', () => {
    expect(run('0:"a"', done).message).toMatchObject({ status: 'complete', finishReason: 'stop' });
    expect(run('0:"a"')).toMatchObject({ ending: 'cut', message: { status: 'interrupted' } });
  });

  it('goes on with the text of a step that is continued, and begins a new one otherwise', () => {
    const step = (isContinued: boolean) => `e:{"finishReason":"length","isContinued":${isContinued}}`;
    expect(run('f:{}', '0:"a"', step(true), 'f:{}', '0:"b"', done).message.parts).toMatchObject([{ text: 'ab' }]);
    expect(run('f:{}', '0:"a"', step(false), 'f:{}', '0:"b"', done).message.parts).toMatchObject([
      { text: 'a' },
      { text: 'b' },
    ]);
  });

  it('takes the counts of the message where its steps had none', () => {
    const usage = '{"promptTokens":1,"completionTokens":null}';
    expect(run(`d:{"finishReason":"stop","usage":${usage}}`).message.usage).toEqual({ input: 1 });
  });

  it('keeps hidden thoughts, and waits for a call that nobody answered', () => {
    const { message } = run('i:{"data":"hidden"}', '9:{"toolCallId":"t","toolName":"f","args":{}}', done);
    expect(message.parts).toMatchObject([
      { type: 'reasoning', redacted: 'hidden' },
      { type: 'tool', by: 'client', status: 'called' },
    ]);
    expect(message.finishReason).toBe('tool-calls');
  });

  it('reports what does not fit, skips blank lines and goes on', () => {
    const { faults, chunks, message } = run('', 'oops', '0:7', '0:{', 'z:1', '0:"a"', done);
    expect(faults.map(({ field }) => field)).toEqual(['code', 'text', 'data']);
    expect(unknownKinds(chunks)).toEqual(['z']);
    expect(textOf(message)).toBe('a');
  });

  it('sends messages as version 4 has them', () => {
    expect(aiSdkData({ body: { x: 1 } }).request(toolTurn).body).toEqual({
      id: 'c1',
      x: 1,
      messages: [
        { id: 'system-1', role: 'system', content: 'Be brief.', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          id: 'user-2',
          role: 'user',
          content: 'Weather?',
          parts: [{ type: 'text', text: 'Weather?' }],
          experimental_attachments: [{ name: 'sky.png', contentType: 'image/png', url: 'data:image/png;base64,aGk=' }],
        },
        {
          id: 'assistant-4',
          role: 'assistant',
          content: 'One moment.\nIt is 18 degrees.',
          parts: [
            {
              type: 'reasoning',
              reasoning: 'Look it up.',
              details: [{ type: 'text', text: 'Look it up.', signature: 'sig' }],
            },
            { type: 'text', text: 'One moment.' },
            {
              type: 'tool-invocation',
              toolInvocation: {
                toolCallId: 'c-1',
                toolName: 'weather',
                args: { city: 'Paris' },
                state: 'result',
                result: { temp: 18 },
              },
            },
            { type: 'step-start' },
            { type: 'text', text: 'It is 18 degrees.' },
          ],
        },
        { id: 'user-1', role: 'user', content: 'Thanks', parts: [{ type: 'text', text: 'Thanks' }] },
      ],
    });
  });
});
