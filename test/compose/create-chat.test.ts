import { describe, expect, it } from 'vitest';
import type { ChatOptions } from '../../src/compose/chat-options.ts';
import { createChat } from '../../src/compose/create-chat.ts';
import { dify } from '../../src/protocol/dify.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { fetchTransport } from '../../src/transport/fetch.ts';
import { type ScriptedTransport, scriptedTransport } from '../../src/transport/scripted.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const protocol = namedEvents();
const done = { steps: [{ event: 'done', data: '{}' }] };

function setup(options: Partial<ChatOptions> = {}): {
  chat: ReturnType<typeof createChat>;
  clock: ReturnType<typeof createFakeClock>;
  transport: ScriptedTransport;
} {
  const clock = createFakeClock();
  const transport = scriptedTransport(done, { clock });
  return {
    clock,
    transport,
    chat: createChat({ url: '/chat', protocol, transport, platform: { clock }, id: 'c1', ...options }),
  };
}

describe('createChat', () => {
  it('says at once what is missing', () => {
    expect(() => createChat({ protocol })).toThrow(/A chat needs `url`/);
    expect(() => createChat({ url: '/chat' } as ChatOptions)).toThrow(/A chat needs `protocol`/);
  });

  it('sends what the protocol drafts to the url, as JSON', async () => {
    const { chat, transport } = setup({ url: '/chat?tenant=1#top', credentials: 'include' });
    await chat.send('Hi');
    expect(transport.requests[0]?.request).toMatchObject({
      url: '/chat?tenant=1',
      method: 'POST',
      credentials: 'include',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: '{"conversation_id":"c1","message":"Hi"}',
    });
  });

  it('notifies only of what changed, the end among it', async () => {
    const { chat } = setup();
    const seen: (readonly unknown[])[] = [];
    chat.subscribe(() => {
      const { conversation, connection, queued } = chat.getSnapshot();
      seen.push([conversation, connection, queued]);
    });
    await chat.send('Hi');
    const repeated = seen.filter((facts, index) => facts.every((fact, part) => fact === seen[index - 1]?.[part]));
    expect(repeated).toEqual([]);
    expect(chat.getSnapshot()).toMatchObject({ status: 'ready', connection: { status: 'closed' } });
  });

  it('adds headers and body of the options and of the turn, the turn last', async () => {
    const { chat, transport } = setup({ headers: { Authorization: 'Bearer 1', 'X-A': '1' } });
    await chat.send('Hi', { headers: { 'x-a': '2' }, body: { temperature: 0 } });
    const request = transport.requests[0]?.request;
    expect(request?.headers).toMatchObject({ authorization: 'Bearer 1', 'x-a': '2' });
    expect(JSON.parse(request?.body ?? '')).toEqual({ conversation_id: 'c1', message: 'Hi', temperature: 0 });
  });

  it('asks for headers at each attempt', async () => {
    const clock = createFakeClock();
    const transport = scriptedTransport([{ refuse: { status: 401 } }, done], { clock });
    const headers = ({ refresh }: { readonly refresh: boolean }) => ({ authorization: refresh ? 'fresh' : 'stale' });
    const chat = createChat({ url: '/chat', protocol, transport, platform: { clock }, headers });
    await expect(chat.send('Hi')).resolves.toMatchObject({ status: 'complete' });
    expect(transport.requests.map(({ request }) => request.headers?.['authorization'])).toEqual(['stale', 'fresh']);
  });

  it('lets the caller change the draft', async () => {
    const { chat, transport } = setup({
      prepareRequest: (draft, { turn }) => ({
        ...draft,
        method: 'GET',
        path: 'stream',
        query: { turn },
        body: undefined,
      }),
      generateId: () => 'id',
    });
    await chat.send('Hi');
    const request = transport.requests[0]?.request;
    expect(request).toMatchObject({ url: '/chat/stream?turn=id', method: 'GET' });
    expect(request?.body).toBeUndefined();
  });

  describe('send never rejects', () => {
    const thrower = () => {
      throw new Error('broken');
    };
    it.each<[string, Partial<ChatOptions>, Parameters<ReturnType<typeof createChat>['send']>[0]]>([
      ['headers throws', { headers: thrower }, 'Hi'],
      ['headers rejects', { headers: async () => thrower() }, 'Hi'],
      ['prepareRequest throws', { prepareRequest: thrower }, 'Hi'],
      ['the body is no JSON', { prepareRequest: (draft) => ({ ...draft, body: { count: 1n } as never }) }, 'Hi'],
      ['fetch throws at once', { transport: fetchTransport({ fetch: thrower }) }, 'Hi'],
      ['the url is none', { url: 'http://[', transport: fetchTransport({ fetch: thrower }) }, 'Hi'],
      [
        'the protocol cannot send a file',
        { protocol: dify({ user: 'u' }) },
        { files: [{ mediaType: 'image/png', base64: '' }] },
      ],
    ])('where %s', async (_, options, input) => {
      const { chat, clock } = setup(options);
      const sent = chat.send(input);
      await clock.pass(200_000);
      const { status, error, message } = await sent;
      expect(status).toMatch(/^(failed|interrupted)$/);
      expect(message?.error?.code).toBe(error?.code);
      expect(chat.getSnapshot().error).toMatchObject({ code: error?.code });
    });
  });

  it('uses new options from the next turn on', async () => {
    const { chat, transport } = setup();
    await chat.send('one');
    chat.configure({ url: '/other', protocol, transport });
    await chat.send('two');
    expect(transport.requests.map(({ request }) => request.url)).toEqual(['/chat', '/other']);
  });

  it('gives each chat an id of its own', () => {
    const first = createChat({ url: '/chat', protocol });
    const second = createChat({ url: '/chat', protocol });
    expect(first.id).not.toBe(second.id);
  });
});
