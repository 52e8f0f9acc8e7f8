// What is measured: everyone reads the same answer from a reply of its own format, the way its documentation shows, and
// returns the text it ended with, so that a candidate that loses something is not taken for a fast one.
import { fetchEventSource } from '@microsoft/fetch-event-source';
import { StreamProcessor } from '@tanstack/ai/client';
import { fetchServerSentEvents } from '@tanstack/ai-client';
import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { createChat, fetchTransport, type Frame, type Message } from '../../src/core.ts';
import { namedEvents } from '../../src/protocols.ts';
import { bodyOf, type Formats, replyOf } from './answers.ts';

export interface Candidate {
  readonly name: string;
  readonly format: keyof Formats;
  /** `parsing`: bytes to records. `pipeline`: bytes to the message that a screen shows. */
  readonly kind: 'parsing' | 'pipeline';
  /** Returns the text of the answer, or for parsers the characters of all data. */
  run(pieces: readonly Uint8Array[]): Promise<string | number>;
}

const url = 'http://bench.invalid/chat';
const protocol = namedEvents();
const resumable = namedEvents({ resumable: true, idempotent: true });

export const candidates: readonly Candidate[] = [
  {
    name: 'eventsource-parser in a reader loop',
    format: 'namedEvents',
    kind: 'parsing',
    async run(pieces) {
      let chars = 0;
      const parser = createParser({ onEvent: ({ data }) => (chars += data.length) });
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      const reader = bodyOf(pieces).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return chars;
        parser.feed(decoder.decode(value, { stream: true }));
      }
    },
  },
  {
    // What a parser costs whose events outlive the call that they are made in, as frames do that are handed on by pulling.
    name: 'eventsource-parser, events kept',
    format: 'namedEvents',
    kind: 'parsing',
    async run(pieces) {
      let chars = 0;
      let events: EventSourceMessage[] = [];
      const parser = createParser({ onEvent: (event) => void events.push(event) });
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      const reader = bodyOf(pieces).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return chars;
        events = [];
        parser.feed(decoder.decode(value, { stream: true }));
        for (const { data } of events) chars += data.length;
      }
    },
  },
  {
    name: 'rivulet: fetchTransport',
    format: 'namedEvents',
    kind: 'parsing',
    async run(pieces) {
      const transport = fetchTransport({ fetch: async () => replyOf(pieces) });
      const { batches } = await transport.open({ url, signal: new AbortController().signal });
      let chars = 0;
      for await (const { frames } of batches) chars += charsOf(frames);
      return chars;
    },
  },
  {
    name: 'fetch-event-source',
    format: 'namedEvents',
    kind: 'parsing',
    async run(pieces) {
      let chars = 0;
      await fetchEventSource(url, {
        openWhenHidden: true,
        fetch: async () => replyOf(pieces),
        onmessage: ({ data }) => void (chars += data.length),
        onerror(error) {
          throw error;
        },
      });
      return chars;
    },
  },
  {
    name: 'rivulet: createChat',
    format: 'namedEvents',
    kind: 'pipeline',
    run: (pieces) => chat(pieces, protocol),
  },
  {
    name: 'rivulet: createChat, records with ids',
    format: 'namedEvents',
    kind: 'pipeline',
    run: (pieces) => chat(pieces, resumable),
  },
  {
    name: 'AI SDK: readUIMessageStream',
    format: 'aiSdk',
    kind: 'pipeline',
    async run(pieces) {
      const transport = new DefaultChatTransport({ api: url, fetch: async () => replyOf(pieces) });
      const stream = await transport.sendMessages({
        trigger: 'submit-message',
        chatId: 'c',
        messageId: undefined,
        messages: [],
        abortSignal: undefined,
      });
      let last: UIMessage | undefined;
      for await (const message of readUIMessageStream({ stream })) last = message;
      return (last?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
    },
  },
  {
    name: 'TanStack AI: StreamProcessor',
    format: 'agUi',
    kind: 'pipeline',
    async run(pieces) {
      const connection = fetchServerSentEvents(url, { fetchClient: async () => replyOf(pieces) });
      let last: readonly { readonly type: string; readonly content?: unknown }[] = [];
      const processor = new StreamProcessor({
        events: {
          onMessagesChange(messages) {
            last = messages.at(-1)?.parts ?? [];
          },
        },
      });
      await processor.process(connection.connect([]));
      return last.map((part) => (part.type === 'text' ? part.content : '')).join('');
    },
  },
];

async function chat(pieces: readonly Uint8Array[], spoken: typeof protocol): Promise<string> {
  const conversation = createChat({ url, protocol: spoken, fetch: async () => replyOf(pieces) });
  const { message } = await conversation.send('Go');
  return textOf(message);
}

/** Not in the loop itself, which is an async function's: the parser counts in a plain one, its callback, too. */
function charsOf(frames: readonly Frame[]): number {
  let chars = 0;
  for (const frame of frames) if (frame.kind === 'message') chars += frame.data?.length ?? 0;
  return chars;
}

function textOf(message: Message | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** As much of a page as fetch-event-source looks at. */
export function lendPage(): void {
  const page = Object.assign(new EventTarget(), { hidden: false });
  Object.assign(globalThis, { window: globalThis, document: page });
}
