// The browser's own protocol in browser tests: input as devices give it, and what only the browser can pretend.
import { cdp } from 'vitest/browser';

export interface Devtools {
  send(method: string, params?: object): Promise<unknown>;
}

export function devtools(): Devtools {
  return cdp() as Devtools;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middle of an element or a range as input counts it: from the corner of the window, while the test runs in a frame that may be scaled. */
export function middleOf(element: Pick<Element, 'getBoundingClientRect'>): Point & { readonly scale: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  const frame = window.frameElement?.getBoundingClientRect();
  const scale = frame === undefined ? 1 : frame.width / window.innerWidth;
  return {
    x: Math.round((frame?.left ?? 0) + (left + width / 2) * scale),
    y: Math.round((frame?.top ?? 0) + (top + height / 2) * scale),
    scale,
  };
}

/** Waits for layout, resize observers and intersection observers to have had their say. */
export async function painted(frames = 4): Promise<void> {
  for (let frame = 0; frame < frames; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
