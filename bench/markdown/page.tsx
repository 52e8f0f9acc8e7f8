// The page that streams one document into one candidate. The runner outside reads the CPU at each checkpoint.
import { type CalmResult, watchCalm, wordsOf } from './calm.ts';
import { heavyTexts } from '../../test/support/markdown/hostile.ts';
import { mount } from './candidates.tsx';
import { type DocumentKind, documentOf } from './documents.ts';

export interface HeavyRun {
  readonly candidate: string;
  readonly name: string;
  /** How many characters of the text are there at each frame. */
  readonly lengths: readonly number[];
  /** After this long no further frame is begun. */
  readonly enoughMs: number;
}

export interface StreamRun {
  readonly candidate: string;
  readonly kind: DocumentKind;
  readonly chars: number;
  readonly charsPerFrame: number;
  /** Character counts at which `checkpoint` is called. */
  readonly checkpoints: readonly number[];
}

declare global {
  interface Window {
    /** Reads the CPU; `false` ends the run. */
    checkpoint(chars: number): Promise<boolean>;
    stream(run: StreamRun): Promise<readonly number[]>;
    calm(candidate: string, kind: DocumentKind, chars: number): Promise<CalmResult>;
    /** The longest frame, in milliseconds. */
    heavy(run: HeavyRun): Promise<number>;
  }
}

/** After the frame's rendering: a message posted in it is delivered when it has been painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** Streams and returns how long each frame kept the main thread, in milliseconds. */
window.stream = async ({ candidate, kind, chars, charsPerFrame, checkpoints }) => {
  const text = documentOf(kind, chars);
  const root = document.body.appendChild(document.createElement('main'));
  const mounted = mount(candidate, root);
  await mounted.show('', true);
  await frame();
  await window.checkpoint(0);
  const frames: number[] = [];
  let next = 0;
  for (let shown = charsPerFrame; ; shown += charsPerFrame) {
    await frame();
    const started = performance.now();
    await mounted.show(text.slice(0, shown), shown < text.length);
    await painted();
    frames.push(performance.now() - started);
    const due = checkpoints[next];
    if (due !== undefined && shown >= due) {
      next += 1;
      if (!(await window.checkpoint(due))) break;
    }
    if (shown >= text.length) break;
  }
  return frames;
};

window.calm = async (candidate, kind, chars) => {
  const text = documentOf(kind, chars).trimEnd();
  const oracle = document.createElement('main');
  await mount('react-markdown', oracle).show(text, false);
  const root = document.body.appendChild(document.createElement('main'));
  const mounted = mount(candidate, root);
  // Some of the renderers show a text later than they are given it: each has a frame's time.
  const show = async (text: string, streaming: boolean) => {
    await mounted.show(text, streaming);
    await frame();
  };
  return watchCalm({ show }, root, text, wordsOf(oracle));
};

window.heavy = async ({ candidate, name, lengths, enoughMs }) => {
  const text = heavyTexts[name] ?? '';
  const root = document.body.appendChild(document.createElement('main'));
  const mounted = mount(candidate, root);
  await mounted.show('', true);
  // What is compiled at the first use is not the text's fault.
  await mounted.show(documentOf('mixed', 2000), true);
  await mounted.show('', true);
  let longest = 0;
  const begun = performance.now();
  for (const length of lengths) {
    if (performance.now() - begun > enoughMs) break;
    await frame();
    const started = performance.now();
    await mounted.show(text.slice(0, length), length < text.length);
    await painted();
    longest = Math.max(longest, performance.now() - started);
  }
  return longest;
};
