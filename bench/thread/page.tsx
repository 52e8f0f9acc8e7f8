// The page that shows one candidate. The runner outside says when, reads the CPU and presses the keys.
import type { ComponentType } from 'react';
import { mount, type Mounted, type ViewProps } from './candidate.ts';
import { answer, type BenchMessage, thread } from './messages.ts';

type CandidateModule = { readonly default: ComponentType<ViewProps> };

// Loaded when named, so that no candidate bears another's stylesheet.
const candidates: Readonly<Record<string, () => Promise<CandidateModule>>> = {
  rivulet: () => import('./candidates/rivulet.tsx'),
  plain: () => import('./candidates/plain.tsx'),
  copilotkit: () => import('./candidates/copilotkit.tsx'),
  'assistant-ui': () => import('./candidates/assistant-ui.tsx'),
  'ant x': () => import('./candidates/ant-x.tsx'),
  streamdown: () => import('./candidates/streamdown.tsx'),
};

declare global {
  interface Window {
    /** Loads the candidate's code, so that it is not part of what is measured. */
    load(candidate: string): Promise<void>;
    /** Resolves when a thread of this length has been painted and nothing more happens at once. */
    mountThread(length: number): Promise<void>;
    /** Streams an answer, so many characters an animation frame. */
    streamAnswer(chars: number, charsPerFrame: number): Promise<void>;
    /** Streams by the clock until told to stop. Returns how late each key was on the screen, in milliseconds. */
    streamWhileTyping(tokensPerSecond: number, keys: number): Promise<readonly number[]>;
  }
}

let View: ComponentType<ViewProps>;
let shown: Mounted;
let messages: readonly BenchMessage[];

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** After the frame's rendering: a message posted in it is delivered when it has been painted. */
async function painted(): Promise<void> {
  await frame();
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

window.load = async (candidate) => {
  const load = candidates[candidate];
  if (load === undefined) throw new Error(`no candidate is called ${candidate}`);
  ({ default: View } = await load());
};

window.mountThread = async (length) => {
  messages = thread(length);
  const root = document.body.appendChild(document.createElement('main'));
  shown = await mount(View, root, { messages, streaming: false });
  // Candidates that measure rows, or fill them in later, do so in the frames that follow.
  for (let count = 0; count < 20; count += 1) await painted();
  if (!document.body.innerText.includes(`Point ${length - 1}`)) throw new Error('the last message is not shown');
};

function grow(text: string, streaming: boolean): Promise<void> {
  const last: BenchMessage = { id: 'answer', role: 'assistant', text };
  return shown.show({ messages: [...messages, last], streaming });
}

window.streamAnswer = async (chars, charsPerFrame) => {
  const text = answer(chars);
  for (let count = charsPerFrame; count <= chars; count += charsPerFrame) {
    await frame();
    await grow(text.slice(0, count), count < chars);
  }
  await painted();
};

const charsPerToken = 4;

window.streamWhileTyping = async (tokensPerSecond, keys) => {
  const text = answer(60_000);
  const field = document.querySelector<HTMLTextAreaElement>('textarea');
  if (field === null) throw new Error('there is nothing to type in');
  field.focus();
  const late: number[] = [];
  // The event's own time is the browser process's: what waited for the main thread counts.
  document.addEventListener(
    'keydown',
    (event) => {
      const before = field.value.length;
      void painted().then(() => {
        if (field.value.length <= before) throw new Error('the key was not written');
        late.push(performance.now() - event.timeStamp);
      });
    },
    { capture: true },
  );
  const start = performance.now();
  let count = 0;
  while (late.length < keys) {
    await frame();
    const due = Math.floor(((performance.now() - start) / 1000) * tokensPerSecond) * charsPerToken;
    if (due === count) continue;
    count = due;
    if (count > text.length) throw new Error('the answer ended before the keys did');
    await grow(text.slice(0, count), true);
  }
  return late;
};
