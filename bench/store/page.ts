// One answer of 2,000 tokens in a conversation of a given length, along one of three paths; says what a token cost.
import { createElement, type ReactNode, useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Clock } from '../../src/base/clock.ts';
import { createChat } from '../../src/compose/create-chat.ts';
import { useChatStream, type Chat } from '../../src/hooks/use-chat-stream.ts';
import type { Message } from '../../src/message/message.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import type { ScriptStep } from '../../src/transport/script.ts';
import { scriptedTransport } from '../../src/transport/scripted.ts';

/** `hook`: bytes to a component that shows the newest answer. `bytes`, `records`: to a subscriber that reads `messages`. */
export type Path = 'hook' | 'bytes' | 'records';

export interface Cost {
  /** Microseconds a token. */
  readonly us: number;
  /** The most messages that were other objects after a token than before it. */
  readonly changed: number;
}

declare global {
  interface Window {
    cost(path: Path, length: number, counts: boolean): Promise<Cost>;
  }
}

const tokens = Array.from({ length: 2_000 }, (_, index) => (index % 9 === 8 ? '\n' : `t${index % 97} `));
const whole = tokens.join('');
const encoder = new TextEncoder();
const records = tokens.map((token) => encoder.encode(`event: token\ndata: ${JSON.stringify({ token })}\n\n`));

const words = 'A sentence of the kind that people write to each other. '.repeat(11).slice(0, 600);
const history = (length: number): readonly Message[] =>
  Array.from({ length }, (_, index) => ({
    id: `m${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
    parts: [{ id: `m${index}/text`, type: 'text', text: words, status: 'complete' }],
    status: 'complete',
    createdAt: index,
    metadata: {},
    version: 0,
  }));
/** Made once: what a conversation costs to make is no token's cost. */
const histories = new Map<number, readonly Message[]>();

/** Frames come when they are asked for; nothing else waits here. */
function frameClock(): Clock & { frame(): void } {
  let due: (() => void) | undefined;
  return {
    now: () => 1,
    after: () => () => undefined,
    nextFrame(run) {
      due = run;
      return () => (due = undefined);
    },
    frame() {
      const run = due;
      due = undefined;
      run?.();
    },
  };
}

let rendered = 0;

function Newest({ chat }: { readonly chat: Chat }): ReactNode {
  const { messages } = useChatStream({ chat });
  const part = messages.at(-1)?.parts[0];
  useLayoutEffect(() => void (rendered += 1));
  return createElement('p', null, part?.type === 'text' ? part.text : '');
}

window.cost = async (path, length, counts) => {
  const clock = frameClock();
  let began = 0;
  let ms = 0;
  const begin = (): void => void (began = performance.now());
  const end = (): void => void (ms = performance.now() - began);

  async function* steps(): AsyncGenerator<ScriptStep> {
    begin();
    for (const token of tokens) {
      yield { event: 'token', data: JSON.stringify({ token }) };
      // Resumed when the token has been read and folded: now it is painted.
      clock.frame();
    }
    end();
    yield { event: 'done', data: '{}' };
  }

  function reply(): Response {
    let next = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          if (next === 0) begin();
          else clock.frame();
          // React renders what a store publishes in a microtask; the next token comes after it.
          if (path === 'hook') await undefined;
          const record = records[next++];
          if (record !== undefined) {
            controller.enqueue(record);
            return;
          }
          end();
          controller.enqueue(encoder.encode('event: done\ndata: {}\n\n'));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  const initialMessages = histories.get(length) ?? history(length - 2);
  histories.set(length, initialMessages);
  const chat = createChat({
    url: 'http://localhost/chat',
    protocol: namedEvents(),
    ...(path === 'records'
      ? { transport: scriptedTransport({ steps: steps() }, { clock }) }
      : { fetch: async () => reply() }),
    platform: { clock },
    initialMessages,
  });
  let published = 0;
  let changed = 0;
  let before: readonly Message[] = [];
  const look = (): void => {
    const { messages } = chat.getSnapshot().conversation;
    published += 1;
    if (!counts) return;
    // The question and its answer are new at first.
    if (before.length === messages.length)
      changed = Math.max(changed, messages.filter((message, index) => message !== before[index]).length);
    before = messages;
  };
  if (path !== 'hook' || counts) chat.subscribe(look);
  const root = path === 'hook' ? createRoot(document.querySelector('#root') as Element) : undefined;
  if (root) flushSync(() => root.render(createElement(Newest, { chat })));
  rendered = 0;
  const { message } = await chat.send('Go on');
  root?.unmount();
  const part = message?.parts[0];
  if (part?.type !== 'text' || part.text !== whole) throw new Error('The answer is not what was sent.');
  const seen = path === 'hook' ? rendered : published;
  if (seen < tokens.length) throw new Error(`Only ${seen} of ${tokens.length} tokens were seen.`);
  return { us: (ms * 1_000) / tokens.length, changed };
};
