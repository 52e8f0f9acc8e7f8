import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/message/message.ts';
import { endMessage, reduceMessage } from '../../src/message/reduce.ts';
import type { Adapter, Ending } from '../../src/protocol/adapter.ts';
import { dify } from '../../src/protocol/dify.ts';
import { gemini } from '../../src/protocol/gemini.ts';
import { ollama } from '../../src/protocol/ollama.ts';
import { eachRecording, framed, recordingsIn } from '../support/recordings.ts';
import { byteByByte, cutAt, framesOf } from '../support/split.ts';
import { readTurn } from './run-turn.ts';

/** What a reader of the recording says it holds. Nothing here was taken from what an adapter made of it. */
interface Wanted {
  readonly folder: string;
  readonly file: string;
  /** The whole text, or how it begins and ends and how long it is. */
  readonly text: string | { readonly begins: string; readonly ends: string; readonly length: number };
  readonly reasoning?: string;
  readonly tools?: readonly (readonly [name: string, args: unknown, result?: unknown])[];
  readonly usage?: Message['usage'];
  readonly model?: string;
  readonly finish?: Message['finishReason'];
  readonly error?: string;
  /** Where no finish came. */
  readonly ending?: Ending;
  readonly sources?: readonly string[];
  readonly files?: readonly string[];
  readonly phases?: readonly (readonly [label: string | undefined, status: string])[];
  readonly approval?: string;
}

const adapters: Readonly<Record<string, Adapter>> = {
  ollama: ollama({ model: 'm' }),
  gemini: gemini(),
  dify: dify({ user: 'u' }),
};

const wanted: readonly Wanted[] = [
  {
    folder: 'ollama',
    file: 'docs-chat-tools.ndjson',
    text: '',
    tools: [['get_weather', { city: 'Tokyo' }]],
    usage: { input: 169, output: 15 },
    model: 'llama3.2',
    finish: 'tool-calls',
  },
  {
    folder: 'ollama',
    file: 'docs-generate-error.ndjson',
    text: ' Yes.Ican',
    model: 'gemma4',
    error: 'an error was encountered while running the model',
  },
  {
    folder: 'ollama',
    file: 'gpt-oss-generate-thinking.ndjson',
    text: 'Fluffy, hoppy, twitchy.',
    usage: { input: 11, output: 11 },
    model: 'deepseek-v3.1:671b',
    finish: 'stop',
  },
  {
    folder: 'ollama',
    file: 'siumai-thinking.jsonl',
    text: 'The answer is 42.',
    reasoning: 'Let me think about this... The answer is 42.',
    usage: { input: 10, output: 15 },
    model: 'deepseek-r1:1.5b',
    finish: 'stop',
  },
  { folder: 'gemini', file: 'basic-reply-short.sse', text: 'Cheyenne', ending: 'unconfirmed' },
  {
    folder: 'gemini',
    file: 'citations.sse',
    text: {
      begins: '1. **Definition:**\nQuantum mechanics',
      ends: 'MinutePhysics (YouTube Channel)',
      length: 2413,
    },
    sources: ['https://www.example.com'],
    ending: 'unconfirmed',
  },
  { folder: 'gemini', file: 'finish-safety.sse', text: 'No', finish: 'content-filter' },
  { folder: 'gemini', file: 'prompt-blocked.sse', text: '', finish: 'content-filter' },
  {
    folder: 'gemini',
    file: 'reasoning-gemini3.chunks.txt',
    text: 'There are **3** "r"s in strawberry.\n\nSt**r**awbe**rr**y',
    usage: { input: 9, output: 23 + 302, total: 334, reasoning: 302 },
    model: 'gemini-3-pro-preview',
    finish: 'stop',
  },
  {
    folder: 'gemini',
    file: 'search-grounding.sse',
    text: { begins: 'The current stock price', ends: 'Google Finance or TradingView.\n', length: 372 },
    usage: { input: 8, output: 106, total: 114 },
    sources: ['test_uri_1', 'test_uri_2'],
    phases: [[undefined, 'done']],
    ending: 'unconfirmed',
  },
  {
    folder: 'gemini',
    file: 'stream-cassette.sse',
    text: 'The capital of France is Paris.\n',
    usage: { input: 13, output: 8, total: 21 },
    model: 'gemini-2.0-flash-exp',
    finish: 'stop',
  },
  {
    folder: 'gemini',
    file: 'stream-tool-call-arguments.chunks.txt',
    text: '',
    tools: [
      ['getWeather', { location: 'Boston' }],
      ['getWeather', { location: 'San Francisco' }],
    ],
    usage: { input: 26, output: 23 + 132, total: 181, reasoning: 132 },
    model: 'gemini-3.1-pro-preview',
    finish: 'tool-calls',
  },
  {
    folder: 'gemini',
    file: 'tool-call-gemini3.chunks.txt',
    text: '',
    tools: [['weather', { location: 'San Francisco' }]],
    usage: { input: 29, output: 15 + 804, total: 848, reasoning: 804 },
    model: 'gemini-3-pro-preview',
    finish: 'tool-calls',
  },
  {
    folder: 'dify',
    file: 'docs-chat-messages-humanInputPause.sse',
    text: '',
    approval: 'Please review the draft.',
    finish: 'paused',
  },
  {
    folder: 'dify',
    file: 'docs-chat-messages-streamingResponseAgent.sse',
    text: 'Here is the image: ',
    reasoning: 'Thinking about calling a tool...',
    tools: [['dalle3', { prompt: 'a cute cat' }]],
    files: ['https://example.com/cat.png'],
    usage: { total: 50 },
    finish: 'stop',
  },
  {
    folder: 'dify',
    file: 'docs-chat-messages-streamingResponseBasic.sse',
    text: ' I',
    usage: { total: 10 },
    finish: 'stop',
  },
  {
    folder: 'dify',
    file: 'docs-chat-messages-streamingResponseWorkflow.sse',
    text: ' I',
    reasoning: 'The user greeted me, so',
    phases: [['LLM', 'done']],
    usage: { total: 50 },
    finish: 'stop',
  },
  {
    folder: 'dify',
    file: 'docs-completion-messages-streamingResponse.sse',
    text: " I'm",
    usage: { input: 1033, output: 135, total: 1168, cost: 0.001303 },
    finish: 'stop',
  },
  {
    folder: 'dify',
    file: 'docs-workflows-run-humanInputPause.sse',
    text: '',
    approval: 'Please review the draft.',
    finish: 'paused',
  },
  {
    folder: 'dify',
    file: 'docs-workflows-run-streamingResponse.sse',
    text: 'Bonjour',
    reasoning: 'Let me translate that.',
    phases: [['LLM Node', 'done']],
    usage: { total: 150 },
    finish: 'stop',
  },
  {
    folder: 'dify',
    file: 'hand-agent-multi-tool.sse',
    text: 'Here it is',
    reasoning: 'I will draw',
    tools: [
      ['dalle3', { prompt: 'cat' }, 'image created'],
      ['search', { q: 'cat' }, '3 hits'],
    ],
    files: ['https://e.com/cat.png'],
    usage: { input: 305, output: 97, total: 402 },
    finish: 'stop',
  },
  {
    folder: 'dify',
    file: 'hand-chatflow-pings.sse',
    text: '(moderated)',
    reasoning: 'think',
    phases: [['LLM', 'done']],
    sources: ['iPhone List'],
    usage: { input: 10, output: 2, total: 12, cost: 0.000016 },
    finish: 'stop',
  },
  { folder: 'dify', file: 'hand-error-after-partial.sse', text: 'par', error: 'Model quota exceeded' },
];

/** Kinds of records that may come out as `unknown`, each with its reason. */
const unknownAllowed: Readonly<Record<string, string>> = {};

describe('recorded streams', () => {
  it.each(Object.keys(adapters))('every recording of %s has its expectations', (folder) => {
    const files = wanted.filter((entry) => entry.folder === folder).map(({ file }) => `${folder}/${file}`);
    expect(files).toEqual(expect.arrayContaining([...recordingsIn(folder)]));
  });

  const texts = new Map<string, string>();
  eachRecording(
    wanted.map(({ folder, file }) => `${folder}/${file}`),
    (name, text) => texts.set(name, text),
  );

  it.each(wanted.filter(({ folder, file }) => texts.has(`${folder}/${file}`)))('$folder/$file', async (entry) => {
    const name = `${entry.folder}/${entry.file}`;
    const { framing, bytes } = framed(name, texts.get(name) ?? '');
    const adapter = adapters[entry.folder] as Adapter;
    const sevens = cutAt(
      bytes,
      Array.from({ length: Math.floor(bytes.length / 7) }, (_, index) => (index + 1) * 7),
    );
    const whole = await readTurn(adapter, framesOf(framing, [bytes]));
    expect(await readTurn(adapter, framesOf(framing, sevens))).toEqual(whole);
    expect(await readTurn(adapter, framesOf(framing, byteByByte(bytes)))).toEqual(whole);
    expect(whole.faults).toEqual([]);
    const unknown = whole.chunks.flatMap((chunk) => (chunk.type === 'unknown' ? [chunk.event ?? ''] : []));
    expect(unknown.filter((event) => !(event in unknownAllowed))).toEqual([]);

    expect(whole.ending).toBe(entry.ending);
    const message = messageOf(whole.chunks, whole.ending);
    const { text } = entry;
    const { begins, ends, length } = typeof text === 'string' ? { begins: text, ends: '', length: text.length } : text;
    const shown = joined(message, 'text');
    expect({ begins: shown.slice(0, begins.length), ends: shown.slice(shown.length - ends.length) }).toEqual({
      begins,
      ends,
    });
    expect(shown.length).toBe(length);
    expect(joined(message, 'reasoning')).toBe(entry.reasoning ?? '');
    expect(
      message.parts.flatMap((part) =>
        part.type === 'tool'
          ? [part.result === undefined ? [part.name, part.args] : [part.name, part.args, part.result]]
          : [],
      ),
    ).toEqual(entry.tools ?? []);
    expect(message.usage).toEqual(entry.usage);
    expect(message.model).toBe(entry.model);
    expect(message.finishReason).toBe(entry.finish);
    expect(message.error?.message).toBe(entry.error);
    expect(message.parts.flatMap((part) => (part.type === 'source' ? [part.url ?? part.title] : []))).toEqual(
      entry.sources ?? [],
    );
    expect(message.parts.flatMap((part) => (part.type === 'file' ? [part.url] : []))).toEqual(entry.files ?? []);
    expect(message.parts.flatMap((part) => (part.type === 'status' ? [[part.label, part.status]] : []))).toEqual(
      entry.phases ?? [],
    );
    expect(message.parts.find((part) => part.type === 'approval')?.message).toBe(entry.approval);
  });
});

function messageOf(chunks: Parameters<typeof reduceMessage>[1], ending: Ending | undefined): Message {
  const blank: Message = {
    id: 'a',
    role: 'assistant',
    parts: [],
    status: 'pending',
    createdAt: 0,
    metadata: {},
    version: 0,
  };
  const message = reduceMessage(blank, chunks, 0);
  return ending === undefined ? message : endMessage(message, ending === 'cut' ? 'interrupted' : ending, 0);
}

function joined(message: Message, type: 'text' | 'reasoning'): string {
  return message.parts.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
}
