import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  ConnectionBanner,
  ConnectionBannerAction,
  ConnectionBannerRoot,
  ConnectionBannerText,
  type ConnectionBannerProps,
  type ConnectionState,
} from '../../../src/components.ts';
import { TransportError } from '../../../src/base/errors.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { itConforms } from '../conformance.tsx';

const lost = new TransportError('closed-early', 'lost');
const busy = new TransportError('http-status', 'busy', { status: 503 });
const offline: ConnectionState = { status: 'offline' };
const open: ConnectionState = { status: 'open', attempt: 1 };

itConforms('ConnectionBanner', <ConnectionBanner state={offline} delayMs={0} />, {
  slot: 'connection-banner',
  tag: 'div',
});
itConforms('ConnectionBannerRoot', <ConnectionBannerRoot />, { slot: 'connection-banner', tag: 'div' });
itConforms('ConnectionBannerText', <ConnectionBannerText />, { slot: 'connection-banner-text', tag: 'span' });
itConforms('ConnectionBannerAction', <ConnectionBannerAction />, { slot: 'connection-banner-action', tag: 'button' });

function setup(state: ConnectionState, props: Partial<ConnectionBannerProps> = {}) {
  const clock = createFakeClock(0);
  const { container, rerender } = render(<ConnectionBanner state={state} clock={clock} delayMs={0} {...props} />);
  return {
    clock,
    text: () => container.querySelector('[data-slot=connection-banner-text]')?.textContent,
    go: (next: ConnectionState) => rerender(<ConnectionBanner state={next} clock={clock} delayMs={0} {...props} />),
  };
}

describe('ConnectionBanner', () => {
  it.each<[string, ConnectionState]>([
    ['idle', { status: 'idle' }],
    ['the first attempt', { status: 'connecting', attempt: 1 }],
    ['open', open],
    ['complete', { status: 'closed', reason: { kind: 'complete' } }],
    ['stopped', { status: 'closed', reason: { kind: 'stopped' } }],
  ])('shows nothing while all is well: %s', (_, state) => {
    expect(setup(state).text()).toBeUndefined();
  });

  it.each<[string, ConnectionState]>([
    ['You are offline. The answer goes on when you are back.', offline],
    ['Nothing has arrived for a while', { status: 'stalled', attempt: 1, lastByteAt: 0 }],
    ['Reconnecting', { status: 'connecting', attempt: 2 }],
    ['The connection was lost before the answer was whole', { status: 'interrupted', cause: lost }],
    ['The connection failed', { status: 'closed', reason: { kind: 'failed', error: lost } }],
    [
      'Too many open streams to this server. Close another tab or conversation.',
      { status: 'waiting', attempt: 1, retryAt: 0, cause: new TransportError('connection-limit', 'x') },
    ],
  ])('says %j', (words, state) => {
    expect(setup(state).text()).toBe(words);
  });

  it('counts down to the next try', () => {
    const { text, clock } = setup({ status: 'waiting', attempt: 1, retryAt: 2_500, cause: lost });
    expect(text()).toBe('Reconnecting in 3 seconds');
    act(() => clock.advance(2_000));
    expect(text()).toBe('Reconnecting in 1 second');
    act(() => clock.advance(1_000));
    expect(text()).toBe('Reconnecting');
  });

  it('tells a busy server from a lost one', () => {
    const { text } = setup({ status: 'waiting', attempt: 1, retryAt: 30_000, cause: busy });
    expect(text()).toBe('The server is busy. Next try in 30 seconds');
  });

  it('tries at once when asked', async () => {
    let tries = 0;
    setup({ status: 'waiting', attempt: 1, retryAt: 9_000, cause: lost }, { onRetry: () => (tries += 1) });
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    expect(tries).toBe(1);
  });

  it('does not show trouble that is over before it lasted', () => {
    const { text, clock, go } = setup(open, { delayMs: 500 });
    go({ status: 'stalled', attempt: 1, lastByteAt: 0 });
    act(() => clock.advance(499));
    expect(text()).toBeUndefined();
    go(open);
    act(() => clock.advance(10_000));
    expect(text()).toBeUndefined();
  });

  it('says for a while that it is back, but only after trouble that it showed', () => {
    const { text, clock, go } = setup(offline, { resumedMs: 3_000 });
    go(open);
    expect(text()).toBe('Back online');
    act(() => clock.advance(3_000));
    expect(text()).toBeUndefined();
  });

  it('leaves no timer behind', () => {
    const { clock, go } = setup({ status: 'waiting', attempt: 1, retryAt: 9_000, cause: lost });
    go(open);
    act(() => clock.advance(5_000));
    expect(clock.timers).toBe(0);
  });

  it('is no live region', () => {
    setup(offline);
    expect(document.querySelector('[role=status], [role=alert], [aria-live]')).toBeNull();
  });
});
