import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import type { Message } from '../../src/message/message.ts';
import { aiSdk } from '../../src/protocols.ts';
import { type RunningSimulator, startSimulator } from '../../src/simulate/node-host.ts';

let host: RunningSimulator;
beforeAll(async () => {
  host = await startSimulator();
});
afterAll(() => host.close());

async function ask() {
  const chat = createChat({
    url: `${host.url}/ai-sdk/api/chat?script=approval&preset=instant`,
    protocol: aiSdk({ resumable: true }),
  });
  await chat.send('Tell them');
  const answer = (): Message => chat.getSnapshot().conversation.messages.at(-1) as Message;
  const told = () =>
    answer().parts.map((part) => (part.type === 'text' ? part.text : part.type === 'tool' ? part.status : part.type));
  return { chat, answer, told };
}

describe('a script that asks before it acts', () => {
  it('stops at the question', async () => {
    const { chat, told } = await ask();
    expect(chat.getSnapshot().status).toBe('awaiting');
    expect(told()).toEqual(['You asked “Tell them”. I have written the message.', 'awaiting']);
  });

  it('acts and goes on once it may', async () => {
    const { chat, told, answer } = await ask();
    await chat.approve('ask-call-1', true);
    expect(told()).toEqual(['You asked “Tell them”. I have written the message.', 'complete', 'It is sent.']);
    expect(answer().status).toBe('complete');
  });

  it('does nothing more once it may not', async () => {
    const { chat, told, answer } = await ask();
    await chat.approve('ask-call-1', false);
    expect(told()).toEqual(['You asked “Tell them”. I have written the message.', 'denied']);
    expect(answer().status).toBe('complete');
  });
});
