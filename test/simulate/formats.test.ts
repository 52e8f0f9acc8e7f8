// Every format by the adapter that reads it, over real HTTP: what a script says is what the conversation holds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatOptions, type ConfigurableChat, createChat } from '../../src/compose/create-chat.ts';
import type { Message } from '../../src/message/message.ts';
import {
  type Adapter,
  autoProtocol,
  delta,
  typed,
  agentMemory,
  genie,
  openaiChat,
  anthropic,
  ollama,
  gemini,
  aiSdk,
  openaiResponses,
  agUi,
  langgraph,
  dify,
  aiSdkData,
} from '../../src/protocols.ts';
import { parseFaults } from '../../src/simulate/fault-text.ts';
import { type RunningSimulator, startSimulator } from '../../src/simulate/node-host.ts';
import { type SimulationOptions, simulationQuery } from '../../src/simulate/options.ts';
import { type ScriptName, scripts } from '../../src/simulate/scripts.ts';
import { createRandom } from '../../src/simulate/random.ts';
import type { TurnOutcome } from '../../src/store/chat.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { webSocketTransport } from '../../src/transport/websocket.ts';
import { protocols } from '../support/protocols.ts';

interface Case {
  readonly name: string;
  /** Below the host. */
  readonly path: string;
  readonly query?: string;
  readonly adapter: Adapter;
  readonly transport?: () => Transport;
  /** How a whole answer ends. Default `complete`. */
  readonly whole?: 'unconfirmed';
  /** How an answer without any text ends. Default: as `whole`. */
  readonly empty?: 'interrupted';
  /** How an answer ends whose connection was lost. Default `interrupted`. */
  readonly lost?: 'complete' | 'unconfirmed';
  /** How an answer ends whose body ended too soon, but cleanly. Default: as `lost`. */
  readonly short?: 'unconfirmed';
  /** The titles of the sources it can tell of the script's six. */
  readonly sources?: 'all' | 'urls';
  readonly reasoning?: true;
  /** Who runs the script's tool. A client's ends the turn. */
  readonly tools?: 'server' | 'client';
  readonly memory?: true;
  /** Messages of a WebSocket. */
  readonly socket?: true;
}

const cases: readonly Case[] = [
  { name: 'delta', path: '/delta/api/stream', adapter: delta(), short: 'unconfirmed' },
  { name: 'typed over SSE', path: '/typed/stream', adapter: typed() },
  {
    name: 'typed over a WebSocket',
    path: '/typed/ws',
    adapter: typed({ socket: true }),
    transport: () => webSocketTransport(),
    socket: true,
  },
  { name: 'agent-memory', path: '/agent-memory/chat', adapter: agentMemory(), tools: 'server', memory: true },
  { name: 'genie', path: '/genie/AutoAgent', adapter: genie(), sources: 'all' },
  { name: 'genie in batches', path: '/genie/AutoAgent', query: 'frames=batch', adapter: genie(), sources: 'all' },
  { name: 'genie in gzip frames', path: '/genie/AutoAgent', query: 'frames=gzip', adapter: genie(), sources: 'all' },
  {
    name: 'genie as numbered text',
    path: '/genie/AutoAgent',
    query: 'frames=sequence',
    adapter: genie(),
    whole: 'unconfirmed',
    short: 'unconfirmed',
    empty: 'interrupted',
  },
  {
    name: 'genie’s search tool',
    path: '/genie/v1/tool/deepsearch',
    adapter: genie({ endpoint: 'search' }),
    sources: 'all',
  },
  {
    name: 'openai-chat',
    path: '/openai-chat/v1/chat/completions',
    adapter: openaiChat(),
    sources: 'urls',
    reasoning: true,
    tools: 'client',
  },
  {
    name: 'anthropic',
    path: '/anthropic/v1/messages',
    adapter: anthropic(),
    sources: 'all',
    reasoning: true,
    tools: 'server',
  },
  { name: 'ollama', path: '/ollama/api/chat', adapter: ollama({ model: 'm' }), reasoning: true, tools: 'client' },
  {
    name: 'ollama’s generate',
    path: '/ollama/api/generate',
    adapter: ollama({ model: 'm', endpoint: 'generate' }),
    reasoning: true,
  },
  {
    name: 'gemini',
    path: '/gemini/v1beta/models/m:streamGenerateContent',
    adapter: gemini(),
    sources: 'all',
    reasoning: true,
    tools: 'client',
  },
  {
    name: 'ai-sdk',
    path: '/ai-sdk/api/chat',
    adapter: aiSdk(),
    sources: 'all',
    reasoning: true,
    tools: 'server',
    memory: true,
  },
  {
    name: 'ai-sdk with streams that are kept',
    path: '/ai-sdk/api/chat',
    adapter: aiSdk({ resumable: true }),
    lost: 'complete',
    sources: 'all',
    reasoning: true,
    tools: 'server',
    memory: true,
  },
  {
    name: 'openai-responses',
    path: '/openai-responses/v1/responses',
    adapter: openaiResponses(),
    sources: 'all',
    reasoning: true,
    tools: 'server',
  },
  {
    name: 'openai-responses in the background',
    path: '/openai-responses/v1/responses',
    adapter: openaiResponses({ background: true }),
    lost: 'complete',
    sources: 'all',
    reasoning: true,
    tools: 'server',
  },
  { name: 'ag-ui', path: '/ag-ui/agent', adapter: agUi(), reasoning: true, tools: 'server', memory: true },
  {
    name: 'langgraph',
    path: '/langgraph',
    adapter: langgraph(),
    whole: 'unconfirmed',
    lost: 'unconfirmed',
    short: 'unconfirmed',
    reasoning: true,
    tools: 'server',
  },
  {
    name: 'langgraph without a thread',
    path: '/langgraph',
    adapter: langgraph({ thread: null }),
    whole: 'unconfirmed',
    short: 'unconfirmed',
    reasoning: true,
    tools: 'server',
  },
  {
    name: 'dify',
    path: '/dify/v1',
    adapter: dify({ user: 'u' }),
    lost: 'complete',
    sources: 'all',
    reasoning: true,
    tools: 'server',
  },
  { name: 'dify’s completion app', path: '/dify/v1', adapter: dify({ user: 'u', app: 'completion' }) },
  {
    name: 'ai-sdk-data',
    path: '/ai-sdk-data/api/chat',
    adapter: aiSdkData(),
    sources: 'urls',
    reasoning: true,
    tools: 'server',
  },
  {
    name: 'dify’s workflow app',
    path: '/dify/v1',
    adapter: dify({ user: 'u', app: 'workflow' }),
    lost: 'complete',
    reasoning: true,
  },
  {
    name: 'ai-sdk over a WebSocket',
    path: '/ai-sdk/ws',
    adapter: aiSdk({ socket: true }),
    transport: () => webSocketTransport(),
    socket: true,
    sources: 'all',
    reasoning: true,
    tools: 'server',
    memory: true,
  },
  {
    name: 'ai-sdk over a WebSocket that is kept',
    path: '/ai-sdk/ws',
    adapter: aiSdk({ socket: true, resumable: true }),
    transport: () => webSocketTransport(),
    socket: true,
    lost: 'complete',
    sources: 'all',
    reasoning: true,
    tools: 'server',
    memory: true,
  },
];

let host: RunningSimulator;
beforeAll(async () => {
  host = await startSimulator();
});
afterAll(() => host.close());

const hostile =
  '**bold** "quoted" \\ {"a":1}\n\ndata: x\nevent: done\n[DONE] 你好 👩‍👩‍👧‍👦 مرحبا \u2028 <b>&amp;\r\n0:"x"\nheartbeat';

function open(
  { path, query, adapter, transport }: Case,
  simulation: SimulationOptions,
  options: Partial<ChatOptions> = {},
): ConfigurableChat {
  const search = simulationQuery({ preset: 'instant', ...simulation });
  const url = `${host.url}${path}?${search}${query === undefined ? '' : `&${query}`}`;
  const own = transport?.();
  return createChat({
    url,
    protocol: adapter,
    retry: { baseMs: 1 },
    ...(own === undefined ? {} : { transport: own }),
    ...options,
  });
}

async function ask(format: Case, simulation: SimulationOptions, question = 'Why?'): Promise<TurnOutcome> {
  return await open(format, simulation).send(question);
}

function textOf(message: Message | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function partsOf<T extends Message['parts'][number]['type']>(
  message: Message | undefined,
  type: T,
): readonly Extract<Message['parts'][number], { readonly type: T }>[] {
  return (message?.parts ?? []).filter(
    (part): part is Extract<Message['parts'][number], { readonly type: T }> => part.type === type,
  );
}

function scriptText(name: ScriptName, type: 'text' | 'reasoning' = 'text', question = 'Why?'): string {
  const steps = [...scripts[name]({ question, random: createRandom(1), length: undefined })];
  return steps.map((step) => (step.type === type ? step.text : '')).join('');
}

/** Formats that know texts only send a result as JSON, some as a list of texts. */
function readResult(result: unknown): unknown {
  if (typeof result === 'string') return JSON.parse(result);
  return Array.isArray(result) ? readResult((result[0] as { readonly text: string }).text) : result;
}

function extentOf(message: Message | undefined, script: ScriptName): string {
  const [text, whole] = [textOf(message), scriptText(script)];
  if (text === whole) return 'the whole';
  return text !== '' && whole.startsWith(text) ? 'the beginning' : text;
}

const everyAdapter = protocols.map(({ adapter }) => adapter);

describe.each(cases)('$name', (format) => {
  const { whole = 'complete', lost = 'interrupted', short = lost } = format;

  it('carries any text, however it is cut', async () => {
    const variants: SimulationOptions[] = [
      {},
      { tokenChars: 5, batch: 4 },
      { tokenChars: 1, chunks: { by: 'split-utf8' } },
      { chunks: { by: 'bytes', size: 7 }, newline: 'crlf' },
    ];
    for (const variant of variants) {
      const { status, message } = await ask(format, { script: 'echo', ...variant }, hostile);
      expect({ status, text: textOf(message) }).toEqual({ status: whole, text: hostile });
    }
  });

  it('says that an empty answer is one', async () => {
    const { status, message } = await ask(format, { script: 'empty' });
    expect(textOf(message)).toBe('');
    expect(status).toBe(format.empty ?? whole);
  });

  it('tells what the script tells besides text, as far as it can', async () => {
    const sourced = await ask(format, { script: 'sources' });
    expect(sourced.status).toBe(whole);
    expect(textOf(sourced.message)).toBe(scriptText('sources'));
    const titles = partsOf(sourced.message, 'source').map(({ title }) => title);
    const urls = ['Network FAQ', 'Release notes', 'Incident 12', 'Retry policy'];
    const all = ['Operations handbook.pdf', ...urls, 'Interview notes.docx'];
    expect(titles).toEqual({ all, urls, none: [] }[format.sources ?? 'none']);

    const reasoned = await ask(format, { script: 'reasoning' });
    expect(reasoned.status).toBe(whole);
    expect(textOf(reasoned.message)).toBe(scriptText('reasoning'));
    const thoughts = partsOf(reasoned.message, 'reasoning').map(({ text }) => text);
    expect(thoughts.join('')).toBe(format.reasoning ? scriptText('reasoning', 'reasoning') : '');
  });

  it('runs the script’s tool on its side, or asks the client to', async () => {
    const { status, message } = await ask(format, { script: 'tools' });
    const calls = partsOf(message, 'tool').map(({ name, args, result, by }) => ({
      name,
      args,
      result: readResult(result),
      by,
    }));
    const call = { name: 'weather', args: { city: 'Oslo' } };
    const result = { celsius: 4, sky: 'rain' };
    const memories = partsOf(message, 'data').filter(({ name }) => name === 'memory');
    const waits = format.tools === 'client';
    expect({ status, calls, text: textOf(message), waits: message?.finishReason === 'tool-calls' }).toEqual({
      status: whole,
      calls: {
        none: [],
        server: [{ ...call, result, by: 'server' }],
        client: [{ ...call, result: undefined, by: 'client' }],
      }[format.tools ?? 'none'],
      text: waits ? '' : scriptText('tools'),
      waits,
    });
    expect(memories.map(({ data }) => data)).toEqual(format.memory ? [{ count: 2 }] : []);
  });

  it('keeps what came before a lost connection, and the rest where it can', async () => {
    const { status, message } = await ask(format, { script: 'markdown', faults: parseFaults('cut:at=2000,end=fin') });
    expect({ status, text: extentOf(message, 'markdown') }).toEqual({
      status: lost,
      text: lost === 'interrupted' ? 'the beginning' : 'the whole',
    });
  });

  it('does not call an answer whole whose body ended too soon', async () => {
    const { status, message } = await ask(format, { script: 'markdown', faults: parseFaults('cut:at=2000,end=eof') });
    expect({ status, text: extentOf(message, 'markdown') }).toEqual({
      status: short,
      text: short === 'complete' ? 'the whole' : 'the beginning',
    });
  });

  it('fails where the script does, with what was said before', async () => {
    const { status, message, error } = await ask(format, { script: 'failing' });
    expect(status).toBe('failed');
    expect(error?.excerpt).toBe('The model took too long');
    expect(textOf(message)).toBe(scriptText('failing'));
  });

  it('passes over records that nobody can read', async () => {
    const faults = parseFaults('malformed:record=4;oversize:record=7,bytes=5000');
    const { status, message } = await ask(format, { script: 'markdown', faults });
    expect({ status, text: extentOf(message, 'markdown') }).toEqual({ status: whole, text: 'the whole' });
  });

  it('is recognised among all formats', async () => {
    const protocol = autoProtocol(
      everyAdapter.map((adapter) => (adapter.name === format.adapter.name ? format.adapter : adapter)),
      { request: format.adapter },
    );
    for (const script of ['greeting', 'sources', 'reasoning', 'tools'] as const) {
      const { status, message } = await ask({ ...format, adapter: protocol }, { script });
      expect(message?.metadata['protocol']).toBe(format.adapter.name);
      expect(status).toBe(whole);
    }
  });
});

const overHttp = cases.filter(({ socket }) => socket === undefined);

describe.each(overHttp)('$name', (format) => {
  it('refuses in its own words', async () => {
    const { status, error } = await ask(format, { faults: parseFaults('status:status=403,until=all') });
    expect(status).toBe('failed');
    expect(error).toMatchObject({ status: 403, excerpt: 'The server is busy' });
  });

  it('sends the same bytes for the same question', async () => {
    const bodies: Promise<string>[] = [];
    const listen: typeof fetch = async (...given) => {
      const response = await fetch(...given);
      bodies.push(response.clone().text());
      return response;
    };
    for (let round = 0; round < 2; round += 1) {
      let count = 0;
      const generateId = (): string => `id-${(count += 1)}`;
      await open(format, { script: 'sources' }, { id: 'c', generateId, fetch: listen }).send('Why?');
      host.simulator.reset();
    }
    const [first, second] = await Promise.all(bodies);
    expect(first).toBe(second);
  });
});

const forClients = cases.filter(({ tools }) => tools === 'client');

describe.each(forClients)('$name', (format) => {
  it('goes on where the client has run the tool', async () => {
    const chat = open(format, { script: 'tools' });
    const { message } = await chat.send('Why?');
    const { callId = '' } = partsOf(message, 'tool')[0] ?? {};
    const { status, message: whole } = await chat.addToolResult(callId, { celsius: 4 });
    expect({ status, text: textOf(whole) }).toEqual({ status: 'complete', text: scriptText('tools') });
    expect(whole?.finishReason).toBe('stop');
  });
});

const resumable = cases.filter(({ lost = 'interrupted' }) => lost !== 'interrupted');

describe.each(resumable)('$name', (format) => {
  it('goes on with the same answer after each loss, and makes no second one', async () => {
    const turn = `resumed ${format.name}`;
    const faults = parseFaults('cut:at=1500,end=fin;cut:at=900,end=reset,attempt=2;cut:at=0,end=fin,attempt=3');
    const query = `turn=${encodeURIComponent(turn)}`;
    const { status, message } = await ask({ ...format, query }, { script: 'markdown', faults });
    expect({ status, text: extentOf(message, 'markdown') }).toEqual({ status: format.lost, text: 'the whole' });
    expect(host.simulator.turnStats(turn)).toMatchObject({ generations: 1, attempts: 4, overlaps: 0 });
  });
});

const stoppable = cases.filter(({ name }) =>
  ['openai-responses in the background', 'langgraph', 'dify'].includes(name),
);

describe.each(stoppable)('$name', (format) => {
  it('stops generating when the reader stops reading', async () => {
    const requests: string[] = [];
    const replies: Promise<number>[] = [];
    const listen: typeof fetch = async (input, init) => {
      requests.push(`${init?.method} ${new URL(input as string).pathname}`);
      const response = await fetch(input, init);
      replies.push(Promise.resolve(response.status));
      return response;
    };
    const chat = open(format, { script: 'markdown', preset: 'batched', tokensPerSecond: 200 }, { fetch: listen });
    const asked = chat.send('Why?');
    await expect.poll(() => textOf(chat.getSnapshot().conversation.messages.at(-1)), { interval: 5 }).not.toBe('');
    chat.stop();
    expect(await asked).toMatchObject({ status: 'stopped' });
    await expect.poll(() => requests.length).toBe(2);
    expect(requests[1]).toMatch(/^POST .*\/(cancel|stop)$/);
    await expect.poll(async () => await Promise.all(replies)).toEqual([200, 200]);
  });
});

describe('what a server does not keep', () => {
  it('knows no stream of a chat in which nothing runs', async () => {
    expect((await fetch(`${host.url}/ai-sdk/api/chat/nobody/stream`)).status).toBe(204);
  });

  it('does not give a foreground response again', async () => {
    const url = `${host.url}/openai-responses/v1/responses`;
    const asked = await fetch(`${url}?preset=instant`, { method: 'POST', body: '{"input":"Why?"}' });
    const id = /"resp_\w+"/.exec(await asked.text())?.[0].slice(1, -1) ?? '';
    expect(id).not.toBe('');
    expect((await fetch(`${url}/${id}?stream=true&starting_after=1`)).status).toBe(404);
  });
});

describe('genie as numbered text', () => {
  it('is put in order where records come late and twice', async () => {
    const format = { name: '', path: '/genie/AutoAgent', query: 'frames=sequence', adapter: genie() };
    const faults = parseFaults('swap:record=2,by=3;duplicate:record=5,later=2;swap:record=9,by=1');
    const { message } = await ask(format, { script: 'markdown', faults });
    expect(extentOf(message, 'markdown')).toBe('the whole');
  });
});
