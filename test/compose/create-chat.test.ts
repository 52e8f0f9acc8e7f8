import { describe, expect, it } from 'vitest';
import { TransportError } from '../../src/base/errors.ts';
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

  describe('when making the request throws', () => {
    const cause = new Error('No token for Bearer secret.');
    const thrower = () => {
      throw cause;
    };
    it.each<[string, Partial<ChatOptions>]>([
      ['headers', { headers: thrower }],
      ['headers', { headers: () => Promise.reject(cause) }],
      ['prepareRequest', { prepareRequest: thrower }],
      ['body', { prepareRequest: (draft) => ({ ...draft, body: { toJSON: thrower } as never }) }],
      ['request', { protocol: { ...protocol, request: thrower } }],
    ])('fails the turn at once, and names `%s`', async (option, options) => {
      const { chat, transport } = setup(options);
      const { status, error } = await chat.send('Hi');
      expect(status).toBe('failed');
      expect(error).toMatchObject({ code: 'option-failed', field: option, retryable: false, cause });
      expect(error?.message).toContain(`\`${option}\` threw`);
      expect(error?.message).not.toContain('secret');
      expect(transport.requests).toHaveLength(0);
    });

    it('keeps what arrived, and asks for no other answer in its place', async () => {
      let asked = 0;
      const headers = () => ((asked += 1) === 1 ? {} : thrower());
      const resumable = namedEvents({ resumable: true });
      const clock = createFakeClock();
      const transport = scriptedTransport(
        { steps: [{ event: 'token', data: '{"token":"half"}', id: '1' }, 'lost'] },
        { clock },
      );
      const { chat } = setup({
        headers,
        transport,
        platform: { clock },
        protocol: resumable,
        onInterrupted: 'restart',
      });
      const sent = chat.send('Hi');
      await clock.pass(2_000);
      const { status, error, message } = await sent;
      expect({ status, asked }).toEqual({ status: 'interrupted', asked: 2 });
      expect(message?.parts).toMatchObject([{ type: 'text', text: 'half' }]);
      expect(error).toMatchObject({ code: 'option-failed', field: 'headers', cause });
    });

    it('tries again where the function throws an error of the kit that says so', async () => {
      let asked = 0;
      const clock = createFakeClock();
      const down = new TransportError('connect-failed', 'The token service was not reached.', { retryable: true });
      const headers = async () => ((asked += 1) < 3 ? Promise.reject(down) : {});
      const { chat } = setup({ headers, platform: { clock }, transport: scriptedTransport(done, { clock }) });
      const sent = chat.send('Hi');
      await clock.pass(1);
      expect(chat.getSnapshot().connection).toMatchObject({ status: 'waiting', cause: down });
      await clock.pass(10_000);
      await expect(sent).resolves.toMatchObject({ status: 'complete' });
      expect(asked).toBe(3);
    });

    it('says that the reader is to sign in where the function says so, after asking for fresh credentials once', async () => {
      const asked: boolean[] = [];
      const headers = ({ refresh }: { readonly refresh: boolean }) => {
        asked.push(refresh);
        throw new TransportError('unauthorized', 'The session is over.');
      };
      const { error } = await setup({ headers }).chat.send('Hi');
      expect(error?.code).toBe('unauthorized');
      expect(asked).toEqual([false, true]);
    });
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
