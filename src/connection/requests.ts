// What the next attempt asks for: the first request until something is to be resumed, then what the reader answered.
import type { RequestSource, Resumption } from './connection-state.ts';

export interface Requests {
  readonly source: RequestSource;
  readonly mode: 'first' | Resumption['mode'];
  /** Sending `source` (again) asks for nothing that was answered already. */
  readonly sendable: boolean;
  /** The reader has answered since the present attempt began. */
  readonly answered: boolean;
  /** An attempt begins: what was answered before is about another one. */
  begin(): void;
  /** A reply came, so that the same request would make a second answer. */
  replied(): void;
  /** The server said no before it answered. */
  refused(): void;
  /** `undefined`: it cannot be resumed. */
  answer(resumption: Resumption | undefined): void;
  /** Takes up what the reader answered; `false` where that was nothing to go on with. */
  adopt(): boolean;
}

export function createRequests(first: RequestSource, firstMode: Requests['mode'] = 'first'): Requests {
  let source = first;
  let mode = firstMode;
  let sendable = true;
  /** `null`: that it cannot be resumed. */
  let answer: Resumption | null | undefined;

  return {
    get source() {
      return source;
    },
    get mode() {
      return mode;
    },
    get sendable() {
      return sendable;
    },
    get answered() {
      return answer !== undefined;
    },
    begin() {
      answer = undefined;
    },
    replied() {
      sendable = false;
    },
    refused() {
      sendable = true;
    },
    answer(resumption) {
      answer = resumption ?? null;
    },
    adopt() {
      if (!answer) return false;
      ({ request: source, mode } = answer);
      answer = undefined;
      sendable = true;
      return true;
    },
  };
}
