import { act, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  ThinkingIndicator,
  ThinkingIndicatorElapsed,
  ThinkingIndicatorItem,
  ThinkingIndicatorItems,
  ThinkingIndicatorLabel,
  ThinkingIndicatorMark,
  ThinkingIndicatorRoot,
  ThinkingIndicatorStep,
  ThinkingIndicatorSteps,
} from '../../../src/components.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { part } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

itConforms('ThinkingIndicator', <ThinkingIndicator delayMs={0} startedAt={1} />, {
  slot: 'thinking-indicator',
  tag: 'div',
});
itConforms('ThinkingIndicatorRoot', <ThinkingIndicatorRoot />, { slot: 'thinking-indicator', tag: 'div' });
itConforms('ThinkingIndicatorMark', <ThinkingIndicatorMark />, { slot: 'thinking-indicator-mark', tag: 'span' });
itConforms('ThinkingIndicatorLabel', <ThinkingIndicatorLabel />, { slot: 'thinking-indicator-label', tag: 'span' });
itConforms('ThinkingIndicatorElapsed', <ThinkingIndicatorElapsed />, {
  slot: 'thinking-indicator-elapsed',
  tag: 'span',
});
itConforms('ThinkingIndicatorItems', <ThinkingIndicatorItems />, { slot: 'thinking-indicator-items', tag: 'ul' });
itConforms('ThinkingIndicatorSteps', <ThinkingIndicatorSteps />, { slot: 'thinking-indicator-steps', tag: 'ol' });
itConforms('ThinkingIndicatorItem', <ThinkingIndicatorItem />, {
  slot: 'thinking-indicator-item',
  tag: 'li',
  wrap: (item) => <ul>{item}</ul>,
});
itConforms('ThinkingIndicatorStep', <ThinkingIndicatorStep />, {
  slot: 'thinking-indicator-step',
  tag: 'li',
  wrap: (item) => <ol>{item}</ol>,
});

describe('ThinkingIndicator', () => {
  it('shows nothing of what is over before the delay, and keeps its place meanwhile', () => {
    const clock = createFakeClock();
    const { container } = render(<ThinkingIndicator clock={clock} delayMs={250} />);
    const root = container.firstElementChild;
    act(() => clock.advance(249));
    expect(root?.textContent).toBe('');
    act(() => clock.advance(1));
    expect(root?.textContent).toBe('Thinking');
  });

  it('tells the time once it has lasted, each second', () => {
    const clock = createFakeClock(10_000);
    const { container } = render(<ThinkingIndicator clock={clock} delayMs={0} startedAt={10_000} />);
    act(() => clock.advance(1_000));
    expect(container.textContent).toBe('Thinking');
    act(() => clock.advance(1_000));
    expect(container.textContent).toBe('Thinking2 s');
    act(() => clock.advance(63_000));
    expect(container.textContent).toBe('Thinking1 min 5 s');
  });

  it('leaves no timer behind', () => {
    const clock = createFakeClock();
    const { unmount, rerender } = render(<ThinkingIndicator clock={clock} startedAt={1_000_000} />);
    act(() => clock.advance(5_000));
    rerender(<ThinkingIndicator clock={clock} startedAt={1_000_000} active={false} />);
    expect(clock.timers).toBe(0);
    rerender(<ThinkingIndicator clock={clock} startedAt={1_000_000} />);
    unmount();
    expect(clock.timers).toBe(0);
  });

  it('names the newest phase that is on, what it looks at, and how far it is', () => {
    const phases = [
      part('status', { label: 'Planning', status: 'done' }),
      part('status', { label: 'Searching 2 queries', items: ['tides', 'moon', 'tides'], progress: 0.5 }),
    ];
    render(<ThinkingIndicator phases={phases} delayMs={0} />);
    expect(screen.getByText('Searching 2 queries, 50% done')).toBeTruthy();
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['tides', 'moon']);
    expect(screen.queryByText('Planning')).toBeNull();
  });

  it('says the state of a phase that has no label', () => {
    render(<ThinkingIndicator phases={[part('status', { state: 'retrieving' })]} delayMs={0} />);
    expect(screen.getByText('retrieving')).toBeTruthy();
  });

  it('lists every phase with its state in words as steps', () => {
    const phases = [
      part('status', { label: 'Plan', status: 'done' }),
      part('status', { label: 'Search', status: 'failed' }),
      part('status', { label: 'Write', status: 'active' }),
    ];
    render(<ThinkingIndicator phases={phases} variant="steps" delayMs={0} />);
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'PlanDone',
      'SearchFailed',
      'WriteIn progress',
    ]);
  });

  it('formats by the locale', () => {
    const phases = [part('status', { label: 'Suche', progress: 0.4 })];
    render(
      <ThinkingIndicator phases={phases} delayMs={0} locale="de" labels={{ thinkingProgress: '{percent} fertig' }} />,
    );
    expect(screen.getByText(/^Suche, 40\s%\sfertig$/)).toBeTruthy();
  });

  it('is no live region: what it says is announced elsewhere', () => {
    const { container } = render(<ThinkingIndicator delayMs={0} />);
    expect(container.querySelector('[aria-live], [role=status], [role=alert], [aria-busy]')).toBeNull();
  });
});
