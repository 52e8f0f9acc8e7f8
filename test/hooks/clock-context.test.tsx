import { act, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ConnectionBanner } from '../../src/components.ts';
import { ClockContext, useCountdown } from '../../src/hooks.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function Countdown({ until }: { readonly until: number }) {
  return <p>{useCountdown(until)}</p>;
}

describe('ClockContext', () => {
  it('is the clock of hooks that were given none', () => {
    const clock = createFakeClock();
    render(
      <ClockContext.Provider value={clock}>
        <Countdown until={clock.now() + 5_000} />
      </ClockContext.Provider>,
    );
    expect(screen.getByText('5')).toBeDefined();
    act(() => clock.advance(2_000));
    expect(screen.getByText('3')).toBeDefined();
  });

  it('is the clock of components below it', () => {
    const clock = createFakeClock();
    render(
      <ClockContext.Provider value={clock}>
        <ConnectionBanner state={{ status: 'offline' }} delayMs={400} />
      </ClockContext.Provider>,
    );
    expect(document.querySelector('[data-variant]')).toBeNull();
    act(() => clock.advance(400));
    expect(document.querySelector('[data-variant]')).not.toBeNull();
  });
});
