import { describe, expect, it } from 'vitest';
import { createChat } from '../../src/compose/create-chat.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { utf8 } from '../support/split.ts';

const token = (text: string, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: token\ndata: ${JSON.stringify({ token: text })}\n\n`;
const done = 'event: done\ndata: {}\n\n';

/** A resumable server whose attempts are the given texts; all but the last are cut. Gives the ids that it was asked to go on after. */
async function ask(...attempts: readonly string[]): Promise<{ text: string; status: string; after: unknown[] }> {
  const clock = createFakeClock();
  const after: unknown[] = [];
  const chat = createChat({
    url: 'https://example.test/chat',
    protocol: namedEvents({ resumable: true }),
    platform: { clock, random: () => 0 },
    fetch: async (_url, init) => {
      after.push(new Headers(init?.headers).get('last-event-id'));
      const text = attempts[after.length - 1] ?? '';
      const isLast = after.length >= attempts.length;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(utf8(text)),
        pull: (controller) => (isLast ? controller.close() : controller.error(new Error('cut'))),
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    },
  });
  const sent = chat.send('Go');
  for (let turn = 0; turn < attempts.length; turn += 1) {
    await settle();
    await clock.pass(200);
  }
  const { status, message } = await sent;
  const text = (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
  return { text, status, after };
}

describe('createChat, with a resumable server that sends some records without an id', () => {
  it('shows a record that inherits the id of the one before', async () => {
    expect(await ask(token('a', 1) + token('b') + token('c') + token('d', 2) + done)).toEqual({
      text: 'abcd',
      status: 'complete',
      after: [null],
    });
  });

  it('drops what the server sends again after a cut, with and without ids', async () => {
    const cut = token('a', 1) + token('b') + token('b') + token('c');
    const again = token('b') + token('b') + token('c') + token('d') + token('a', 1) + token('e', 2) + done;
    expect(await ask(cut, again)).toEqual({ text: 'abbcde', status: 'complete', after: [null, '1'] });
  });

  it('drops it after another cut in the middle of it', async () => {
    const cut = token('a', 1) + token('b') + token('c');
    const again = token('b') + token('c') + token('d', 2) + done;
    expect(await ask(cut, token('b'), again)).toEqual({ text: 'abcd', status: 'complete', after: [null, '1', '1'] });
  });

  it('keeps what comes instead of it', async () => {
    const cut = token('a', 1) + token('b') + token('c');
    expect(await ask(cut, token('d') + token('b') + done)).toEqual({
      text: 'abcdb',
      status: 'complete',
      after: [null, '1'],
    });
  });

  it('shows a new record that is equal to the first of those that a server did not keep', async () => {
    const cut = token('a', 1) + token('b') + token('c');
    // The server numbers what it keeps, and goes on with what comes now.
    const now = token('b') + token('d') + token('e', 2) + done;
    expect(await ask(cut, now)).toEqual({ text: 'abcbde', status: 'complete', after: [null, '1'] });
  });

  it('shows it where the end comes after it, because a server that sends again sends everything again', async () => {
    const cut = token('a', 1) + token('b') + token('c');
    expect(await ask(cut, token('b') + done)).toEqual({ text: 'abcb', status: 'complete', after: [null, '1'] });
  });

  it('shows each of several equal ones', async () => {
    const cut = token('a', 1) + token('b') + token('b') + token('c');
    expect(await ask(cut, token('b') + token('b') + token('b') + done)).toEqual({
      text: 'abbcbbb',
      status: 'complete',
      after: [null, '1'],
    });
  });
});
