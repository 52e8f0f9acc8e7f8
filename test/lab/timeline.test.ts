import { describe, expect, it } from 'vitest';
import { createTimeline, describeBatch, statusSpans } from '../../stories/support/lab/timeline.ts';

describe('createTimeline', () => {
  it('numbers and dates what happens', () => {
    let now = 5_000;
    const timeline = createTimeline(() => now);
    timeline.add('request', 'POST /chat');
    now += 120;
    timeline.add('head', '200');
    expect(timeline.events).toMatchObject([
      { index: 1, ms: 0, kind: 'request' },
      { index: 2, ms: 120, kind: 'head' },
    ]);
  });

  it('says of the newest event what came of it', () => {
    const timeline = createTimeline(() => 0);
    timeline.note({ status: 'open' });
    timeline.add('head', '200');
    timeline.note({ status: 'open' });
    timeline.note({ said: [{ urgency: 'polite', text: 'Responding' }] });
    timeline.note({ said: [{ urgency: 'assertive', text: 'Failed' }] });
    expect(timeline.events[0]).toMatchObject({ status: 'open', said: [{ text: 'Responding' }, { text: 'Failed' }] });
  });
});

describe('statusSpans', () => {
  it('is how long each state lasted up to an event', () => {
    const events = [
      { index: 1, kind: 'request', ms: 0, text: '', status: 'connecting' },
      { index: 2, kind: 'head', ms: 300, text: '', status: 'open' },
      { index: 3, kind: 'frames', ms: 900, text: '' },
      { index: 4, kind: 'lost', ms: 1_000, text: '', status: 'waiting' },
    ] as const;
    expect(statusSpans(events, 4)).toEqual([
      { status: 'connecting', fromMs: 0, toMs: 300 },
      { status: 'open', fromMs: 300, toMs: 1_000 },
      { status: 'waiting', fromMs: 1_000, toMs: 1_000 },
    ]);
    expect(statusSpans(events, 3).at(-1)).toEqual({ status: 'open', fromMs: 300, toMs: 900 });
    expect(statusSpans([], 0)).toEqual([]);
  });
});

describe('describeBatch', () => {
  it('is one line, whatever the read holds', () => {
    const message = (data: string) => ({ kind: 'message', event: 'token', data, id: undefined }) as const;
    expect(describeBatch({ frames: [message('{"token":"a"}')], bytes: 13 })).toBe('token {"token":"a"}');
    expect(describeBatch({ frames: [message('x'.repeat(200)), message('b')], bytes: 201 })).toMatch(
      /^token x+… and 1 more$/,
    );
    expect(describeBatch({ frames: [], bytes: 5 })).toBe('5 bytes');
    expect(describeBatch({ frames: [], bytes: 0, end: { kind: 'eof' } })).toBe('end of file');
  });
});
