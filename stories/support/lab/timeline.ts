// The events of a story's streams, numbered in the order in which they happened. A number is all that a link needs: in
// the lab the same settings give the same events.
import type { ConnectionStatus, FrameBatch } from '../../../src/core.ts';

export type LabEventKind =
  | 'request'
  | 'head'
  | 'refused'
  | 'frames'
  | 'bytes'
  | 'left-out'
  | 'end'
  | 'lost'
  | 'aborted'
  | 'offline'
  | 'online'
  | 'stop'
  | 'allow'
  | 'deny'
  | 'state';

export interface LabEvent {
  /** From 1; at 0 nothing has happened. */
  readonly index: number;
  readonly kind: LabEventKind;
  /** Milliseconds since the story began. */
  readonly ms: number;
  /** A line for the log. */
  readonly text: string;
  /** What the connection changed to because of it. */
  readonly status?: ConnectionStatus;
  /** What live regions said because of it. */
  readonly said?: readonly Announcement[];
}

export interface Announcement {
  readonly urgency: 'polite' | 'assertive';
  readonly text: string;
}

export interface Timeline {
  readonly events: readonly LabEvent[];
  add(kind: LabEventKind, text: string): LabEvent;
  /** Says of the newest event what came of it. Before the first there is nothing to say it of. */
  note(consequence: { readonly status?: ConnectionStatus; readonly said?: readonly Announcement[] }): void;
}

export function createTimeline(now: () => number): Timeline {
  const start = now();
  const events: LabEvent[] = [];
  return {
    events,
    add(kind, text) {
      const event: LabEvent = { index: events.length + 1, kind, ms: Math.round(now() - start), text };
      events.push(event);
      return event;
    },
    note({ status, said = [] }) {
      const last = events.at(-1);
      if (last === undefined) return;
      events[events.length - 1] = {
        ...last,
        ...(status !== undefined && { status }),
        ...(said.length > 0 && { said: [...(last.said ?? []), ...said] }),
      };
    },
  };
}

/** How long each state of the connection lasted, to draw it. `until`: the time of the newest event. */
export interface StatusSpan {
  readonly status: ConnectionStatus;
  readonly fromMs: number;
  readonly toMs: number;
}

export function statusSpans(events: readonly LabEvent[], upTo: number): readonly StatusSpan[] {
  const spans: StatusSpan[] = [];
  const shown = events.slice(0, upTo);
  const end = shown.at(-1)?.ms ?? 0;
  for (const { status, ms } of shown) {
    if (status === undefined || spans.at(-1)?.status === status) continue;
    const last = spans.pop();
    if (last) spans.push({ ...last, toMs: ms });
    spans.push({ status, fromMs: ms, toMs: end });
  }
  return spans;
}

const longestExcerpt = 64;

/** One read in a line: the names of its records and the beginning of the first. */
export function describeBatch({ frames, bytes, end }: FrameBatch): string {
  if (end !== undefined) return end.kind === 'eof' ? 'end of file' : `closed with ${end.code}`;
  const records = frames.map((frame) => {
    switch (frame.kind) {
      case 'message':
        return frame.event === 'message' ? (frame.data ?? '') : `${frame.event} ${frame.data ?? ''}`;
      case 'comment':
        return `: ${frame.text}`;
      case 'retry':
        return `retry ${frame.ms}`;
      case 'binary':
        return `${frame.data.byteLength} bytes`;
    }
  });
  const [first = `${bytes} bytes`, ...others] = records;
  const excerpt = first.length > longestExcerpt ? `${first.slice(0, longestExcerpt)}…` : first;
  return others.length > 0 ? `${excerpt} and ${others.length} more` : excerpt;
}
