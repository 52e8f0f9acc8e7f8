import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { MessageAction, MessageActions, MessageActionsBranch, MessageActionsRoot } from '../../../src/components.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { message, part, text } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const answer = text('Water');
const nothing = (): void => undefined;

itConforms('MessageActions', <MessageActions message={answer} onBranch={nothing} branch={{ index: 0, count: 2 }} />, {
  slot: 'message-actions',
  tag: 'div',
});
itConforms('MessageActionsRoot', <MessageActionsRoot />, { slot: 'message-actions', tag: 'div' });
itConforms('MessageActionsBranch', <MessageActionsBranch />, { slot: 'message-actions-branch', tag: 'div' });
itConforms('MessageAction', <MessageAction label="Pin" icon="check" />, { slot: 'message-action', tag: 'button' });

describe('MessageActions', () => {
  it('14: names every button, and the group', () => {
    render(
      <MessageActions
        message={answer}
        onRegenerate={nothing}
        onEdit={nothing}
        onFeedback={nothing}
        branch={{ index: 1, count: 3 }}
        onBranch={nothing}
      />,
    );
    expect(screen.getByRole('group', { name: 'Message actions' })).toBeTruthy();
    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      'Previous version',
      'Next version',
      'Copy',
      'Edit',
      'Answer again',
      'Good answer',
      'Bad answer',
    ]);
  });

  it('offers only what something answers to', () => {
    render(<MessageActions message={answer} onCopy={null} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('copies the words, all of them and nothing else, and says so for a while', async () => {
    const clock = createFakeClock();
    const copied: string[] = [];
    const parts = [part('text', { text: 'one' }), part('reasoning', { text: 'hm' }), part('text', { text: 'two' })];
    render(<MessageActions message={message({ parts })} onCopy={(words) => void copied.push(words)} clock={clock} />);
    await userEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(copied).toEqual(['one\n\ntwo']);
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy();
    act(() => clock.advance(2_000));
    expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy();
  });

  it('says that it could not copy', async () => {
    render(<MessageActions message={answer} onCopy={() => Promise.reject(new Error('denied'))} />);
    await userEvent.click(screen.getByRole('button'));
    expect(await screen.findByRole('button', { name: 'Could not copy' })).toBeTruthy();
  });

  it('tells which judgement stands, and takes it back', async () => {
    const judged: unknown[] = [];
    render(<MessageActions message={answer} feedback="good" onFeedback={(feedback) => judged.push(feedback)} />);
    const good = screen.getByRole('button', { name: 'Good answer' });
    expect(good.getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(good);
    await userEvent.click(screen.getByRole('button', { name: 'Bad answer' }));
    expect(judged).toEqual([undefined, 'bad']);
  });

  it('walks through versions and stops at the ends, where the button stays', async () => {
    const went: number[] = [];
    render(
      <MessageActions
        message={answer}
        onCopy={null}
        branch={{ index: 0, count: 2 }}
        onBranch={(to) => went.push(to)}
      />,
    );
    expect(screen.getByRole('group', { name: 'Version 1 of 2' })).toBeTruthy();
    const previous = screen.getByRole('button', { name: 'Previous version' });
    expect(previous.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(previous);
    await userEvent.click(screen.getByRole('button', { name: 'Next version' }));
    expect(went).toEqual([1]);
  });
});
