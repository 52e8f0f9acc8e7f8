import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulate/handler.ts';
import { type AskOptions, askRequest, readRecords, readReply } from './client.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const base = 'https://simulated.example';

async function reply(options: AskOptions): Promise<string> {
  const { text } = await readReply(await createSimulator()(askRequest(base, options)));
  return text;
}

describe('createSimulator', () => {
  it('answers in named events that quote the question, each with a cursor', async () => {
    const { events, answer } = readRecords(await reply({ message: 'are you there?' }));
    expect(answer).toBe('Hello! You said: “are you there?”. How can I help?');
    expect(events.map((event) => event.event).filter((name) => name !== 'token')).toEqual(['thinking', 'done']);
    expect(events[0]?.data).toBe('{"status":"thinking","message":"Thinking"}');
    expect(events.at(-1)?.data).toBe('{"status":"completed"}');
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  it('sends every kind of step of a script, and ends with an error where the script does', async () => {
    const named = async (script: string) => {
      const { events } = readRecords(await reply({ script, ids: false }));
      return events
        .filter((event) => event.event !== 'token')
        .map((event) => `${event.event} ${event.data.slice(0, 40)}`);
    };
    expect(await named('sources')).toEqual([
      'thinking {"status":"retrieving","message":"Search',
      'sources {"count":6,"sources":[{"title":"Operati',
      'thinking {"status":"generating","message":"Writin',
      'done {"status":"completed"}',
    ]);
    expect(await named('failing')).toEqual([
      'thinking {"status":"thinking","message":"Thinking',
      'error {"error":"The model took too long"}',
    ]);
    expect(await named('empty')).toEqual(['done {"status":"completed"}']);
  });

  it('sends raw text in the plain variant', async () => {
    const { url } = askRequest(base, { script: 'echo', tokenChars: 5, resume: 'none' });
    const request = new Request(url.replace('named', 'plain'), {
      method: 'POST',
      body: '{"message":"two\\nlines {x}"}',
    });
    const { text } = await readReply(await createSimulator()(request));
    expect(text).toBe('data: two\ndata: l\n\ndata: ines \n\ndata: {x}\n\n');
  });

  it('sends the same bytes for the same seed and request, on another server and on the same one', async () => {
    const simulator = createSimulator();
    const options: AskOptions = { script: 'random', seed: 7, chunks: { by: 'random', size: 40 } };
    const first = await readReply(await simulator(askRequest(base, options)));
    const again = await readReply(await simulator(askRequest(base, options)));
    expect(again.text).toBe(first.text);
    expect(await reply(options)).toBe(first.text);
    expect(readRecords(await reply({ ...options, seed: 8 })).answer).not.toBe(readRecords(first.text).answer);
  });

  it('keeps the text whatever the pacing and the cutting', async () => {
    const plain = readRecords(await reply({ script: 'random', seed: 3 })).answer;
    const variants: AskOptions[] = [
      { tokenChars: 5 },
      { batch: 5 },
      { tokensPerSecond: 5_000, throttleMs: 50, jitter: 1 },
      { chunks: { by: 'bytes', size: 7 } },
      { chunks: { by: 'split-utf8' } },
      { chunks: { by: 'whole' } },
      { newline: 'crlf', bom: true },
      { newline: 'cr' },
    ];
    for (const variant of variants) {
      expect(readRecords(await reply({ script: 'random', seed: 3, ...variant })).answer).toBe(plain);
    }
  });

  it('gives a different second answer only where `vary` asks for it', async () => {
    const simulator = createSimulator();
    const answers = [];
    for (const vary of [false, false, true, true]) {
      const response = await simulator(askRequest(base, { script: 'random', length: 20, vary }));
      answers.push(readRecords((await readReply(response)).text).answer);
    }
    expect(answers[1]).toBe(answers[0]);
    expect(answers[3]).not.toBe(answers[2]);
  });

  it('refuses an option, a script or a fault that does not exist, by name', async () => {
    const simulator = createSimulator();
    for (const query of ['seed=much', 'script=nope', 'faults=cut:when=3', 'faults=explode', 'chunks=bytes:0']) {
      const response = await simulator(new Request(`${base}/named-events/chat/stream?${query}`, askRequest(base)));
      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(/seed|nope|when|explode|chunks/);
    }
  });

  it('refuses what is no question, and paths that nobody serves', async () => {
    const simulator = createSimulator({ base: '/api' });
    const post = (path: string, body: string) => simulator(new Request(base + path, { method: 'POST', body }));
    expect((await post('/api/named-events/chat/stream', '{"text":"hi"}')).status).toBe(422);
    expect((await post('/api/named-events/chat/stream', 'hi')).status).toBe(422);
    expect((await post('/named-events/chat/stream', '{"message":"hi"}')).status).toBe(404);
    expect((await post('/api/other', '{"message":"hi"}')).status).toBe(404);
  });

  it('lets every page read it, and lets it send any header', async () => {
    const simulator = createSimulator();
    const preflight = await simulator(
      new Request(`${base}/named-events/chat/stream`, {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example', 'access-control-request-headers': 'idempotency-key,last-event-id' },
      }),
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('idempotency-key,last-event-id');
    const response = await simulator(askRequest(base, { headers: { origin: 'https://app.example' } }));
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
    await response.body?.cancel();
  });

  it('uses the scripts and defaults of its owner', async () => {
    const simulator = createSimulator({
      defaults: { script: 'own', resume: 'none' },
      scripts: {
        *own({ question }) {
          yield { type: 'text', text: question.toUpperCase() };
          yield { type: 'finish', reason: 'stop' };
        },
      },
    });
    const { text } = await readReply(await simulator(askRequest(base, { message: 'loud' })));
    expect(readRecords(text)).toMatchObject({ answer: 'LOUD', lastId: undefined });
  });
});

describe('pacing', () => {
  it('waits for the head and sends a token when it is due', async () => {
    const clock = createFakeClock();
    const simulator = createSimulator({ clock });
    const options: AskOptions = { script: 'echo', message: 'abc', tokenChars: 1, latencyMs: 250, tokensPerSecond: 10 };
    const pending = simulator(askRequest(base, { ...options, pauses: 1 }));
    let response: Response | undefined;
    void pending.then((value) => (response = value));
    await clock.pass(249);
    expect(response).toBeUndefined();
    await clock.pass(1);
    const reader = (await pending).body?.getReader();
    const seen: string[] = [];
    void (async () => {
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
        seen.push(new TextDecoder().decode(next.value));
      }
    })();
    await clock.pass(99);
    expect(seen).toHaveLength(0);
    await clock.pass(1);
    expect(readRecords(seen.join('')).answer).toBe('a');
    await clock.pass(100);
    expect(readRecords(seen.join('')).answer).toBe('ab');
    await clock.pass(100);
    expect(readRecords(seen.join('')).answer).toBe('abc');
    expect(seen.at(-1)).toContain('event: done');
  });

  it('sends signs of life while it is silent', async () => {
    const clock = createFakeClock();
    const simulator = createSimulator({ clock });
    const response = await simulator(askRequest(base, { script: 'slow-thinking', pauses: 1, heartbeatMs: 500 }));
    const whole = readReply(response);
    await clock.pass(10_000);
    const { comments, events } = readRecords((await whole).text);
    expect(comments).toEqual(Array.from({ length: 12 }, () => 'heartbeat'));
    expect(events.filter((event) => event.event === 'thinking')).toHaveLength(4);
  });

  it('gathers tokens by number, by time, or by characters', async () => {
    const bodies = async (options: AskOptions) =>
      readRecords(await reply({ script: 'echo', message: 'abcdefghij', resume: 'none', ...options }))
        .events.filter((event) => event.event === 'token')
        .map((event) => event.data);
    expect(await bodies({ tokenChars: 5 })).toEqual(['{"token":"abcde"}', '{"token":"fghij"}']);
    expect(await bodies({ tokenChars: 2, batch: 3 })).toEqual([
      '{"tokens":["ab","cd","ef"]}',
      '{"tokens":["gh","ij"]}',
    ]);
    expect(await bodies({ tokenChars: 1, throttleMs: 50, tokensPerSecond: 100 })).toEqual([
      '{"token":"abcde"}',
      '{"token":"fghij"}',
    ]);
  });

  it('sends 10,000 tokens of a burst', async () => {
    const { events, answer } = readRecords(await reply({ script: 'burst' }));
    expect(events).toHaveLength(10_001);
    expect(answer.startsWith(' word word')).toBe(true);
  });
});

describe('chunks', () => {
  async function pieces(options: AskOptions): Promise<Uint8Array[]> {
    const response = await createSimulator()(askRequest(base, { message: 'é你😀', script: 'echo', ...options }));
    const read: Uint8Array[] = [];
    for await (const piece of response.body ?? []) read.push(piece);
    return read;
  }
  const isWhole = (bytes: Uint8Array): boolean => !new TextDecoder().decode(bytes).includes('\uFFFD');

  it('writes a record at a time unless told otherwise', async () => {
    expect(
      (await pieces({ tokenChars: 1 })).map((piece) => readRecords(new TextDecoder().decode(piece)).events.length),
    ).toEqual([1, 1, 1, 1]);
  });

  it('writes pieces of a given size', async () => {
    const sizes = (await pieces({ chunks: { by: 'bytes', size: 10 } })).map((piece) => piece.length);
    expect(sizes.slice(0, -1).every((size) => size === 10)).toBe(true);
  });

  it('writes pieces of random size', async () => {
    const sizes = (await pieces({ chunks: { by: 'random', size: 10 } })).map((piece) => piece.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    expect(new Set(sizes).size).toBeGreaterThan(3);
  });

  it('cuts inside every character of more than one byte', async () => {
    const split = await pieces({ chunks: { by: 'split-utf8' }, tokenChars: 5 });
    expect(split.filter((piece) => !isWhole(piece))).toHaveLength(4);
    expect(isWhole(split[0] ?? new Uint8Array())).toBe(false);
  });

  it('writes everything at once', async () => {
    expect(await pieces({ chunks: { by: 'whole' } })).toHaveLength(1);
  });
});
