import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  ReasoningPanel,
  ReasoningPanelContent,
  ReasoningPanelRoot,
  ReasoningPanelTrigger,
} from '../../../src/components.ts';
import { part } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const thinking = part('reasoning', { id: 'r', text: 'Hm, tides.', status: 'streaming' });
const done = { ...thinking, status: 'complete', startedAt: 1_000, endedAt: 5_000 } as const;

itConforms('ReasoningPanel', <ReasoningPanel part={thinking} />, { slot: 'reasoning-panel', tag: 'div' });
itConforms('ReasoningPanelRoot', <ReasoningPanelRoot />, { slot: 'reasoning-panel', tag: 'div' });
itConforms('ReasoningPanelTrigger', <ReasoningPanelTrigger />, { slot: 'reasoning-panel-trigger', tag: 'button' });
itConforms('ReasoningPanelContent', <ReasoningPanelContent />, { slot: 'reasoning-panel-content', tag: 'div' });

describe('ReasoningPanel', () => {
  const trigger = (): HTMLElement => screen.getByRole('button');

  it('is open while it streams and closes itself once it is done', () => {
    const { rerender } = render(<ReasoningPanel part={thinking} />);
    expect(trigger().getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText('Hm, tides.')).toBeTruthy();
    rerender(<ReasoningPanel part={done} />);
    expect(trigger().getAttribute('aria-expanded')).toBe('false');
  });

  it('16, 17: opens by a button that tells its state; what is closed is not there', async () => {
    render(<ReasoningPanel part={done} />);
    expect(screen.queryByText('Hm, tides.')).toBeNull();
    const content = document.getElementById(trigger().getAttribute('aria-controls') ?? '');
    expect(content?.hidden).toBe(true);
    await userEvent.click(trigger());
    expect(trigger().getAttribute('aria-expanded')).toBe('true');
    expect(content?.hidden).toBe(false);
    expect(screen.getByText('Hm, tides.')).toBeTruthy();
  });

  it('stays closed where the reader closed it, however long it streams', async () => {
    const { rerender } = render(<ReasoningPanel part={thinking} />);
    await userEvent.click(trigger());
    rerender(<ReasoningPanel part={{ ...thinking, text: 'Hm, tides. More.' }} />);
    expect(trigger().getAttribute('aria-expanded')).toBe('false');
  });

  it('stays open where the reader is at work inside', () => {
    const { rerender } = render(<ReasoningPanel part={thinking} />);
    fireEvent.pointerDown(screen.getByText('Hm, tides.'));
    rerender(<ReasoningPanel part={done} />);
    expect(trigger().getAttribute('aria-expanded')).toBe('true');
  });

  it('tells how long it took', () => {
    render(<ReasoningPanel part={done} />);
    expect(screen.getByRole('button', { name: 'Reasoned for 4 seconds' })).toBeTruthy();
  });

  it('is the caller’s to open', async () => {
    const asked: boolean[] = [];
    render(<ReasoningPanel part={done} open={false} onOpenChange={(open) => asked.push(open)} />);
    await userEvent.click(trigger());
    expect(asked).toEqual([true]);
    expect(trigger().getAttribute('aria-expanded')).toBe('false');
  });

  it('shows children in place of the text', () => {
    render(
      <ReasoningPanel part={thinking}>
        <em>rich</em>
      </ReasoningPanel>,
    );
    expect(screen.getByText('rich').tagName).toBe('EM');
  });
});
