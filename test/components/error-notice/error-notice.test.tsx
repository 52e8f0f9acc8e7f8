import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  ErrorNotice,
  ErrorNoticeAction,
  ErrorNoticeDetails,
  ErrorNoticeRoot,
  ErrorNoticeText,
  MessageBubble,
} from '../../../src/components.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { text } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const lost = { code: 'connect-failed', retryable: true };

itConforms('ErrorNotice', <ErrorNotice error={lost} onRetry={() => undefined} />, { slot: 'error-notice', tag: 'div' });
itConforms('ErrorNoticeRoot', <ErrorNoticeRoot />, { slot: 'error-notice', tag: 'div' });
itConforms('ErrorNoticeText', <ErrorNoticeText />, { slot: 'error-notice-text', tag: 'div' });
itConforms('ErrorNoticeDetails', <ErrorNoticeDetails />, { slot: 'error-notice-details', tag: 'div' });
itConforms('ErrorNoticeAction', <ErrorNoticeAction />, { slot: 'error-notice-action', tag: 'button' });

describe('ErrorNotice', () => {
  it.each([
    ['connect-failed', undefined, 'The server could not be reached'],
    ['closed-early', undefined, 'The answer was interrupted. What arrived is kept.'],
    ['idle-timeout', undefined, 'The server took too long'],
    ['unauthorized', 401, 'You need to sign in again'],
    ['http-status', 401, 'You need to sign in again'],
    ['http-status', 429, 'Too many requests. Try again in a moment.'],
    ['http-status', 500, 'The server reported an error'],
    ['refused', undefined, 'The request was refused'],
    ['buffer-exceeded', undefined, 'The answer was larger than allowed'],
    ['something-new', undefined, 'Something went wrong'],
  ])('says what %s %s means to a reader', (code, status, words) => {
    render(<ErrorNotice error={{ code, retryable: true, ...(status !== undefined && { status }) }} />);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('shows the server’s own words, and nobody else’s', () => {
    const { rerender, container } = render(<ErrorNotice error={{ ...lost, message: 'Rivulet: fetch threw' }} />);
    expect(container.textContent).not.toContain('fetch');
    rerender(<ErrorNotice error={{ code: 'failed', retryable: true, message: 'Overloaded' }} />);
    expect(screen.getByText('Overloaded')).toBeTruthy();
  });

  it('6: offers to try again, and to go on', async () => {
    const asked: string[] = [];
    render(<ErrorNotice error={lost} onRetry={() => asked.push('retry')} onResume={() => asked.push('resume')} />);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
    expect(asked).toEqual(['retry', 'resume']);
  });

  it('counts down where the server named a time', () => {
    const clock = createFakeClock(0);
    render(<ErrorNotice error={{ code: 'rate-limited', retryable: true, retryAt: 2_000 }} clock={clock} />);
    expect(screen.getByText('The server asks to wait 2 seconds')).toBeTruthy();
    act(() => clock.advance(2_000));
    expect(screen.queryByText(/asks to wait/)).toBeNull();
  });

  it('stands beside the partial text of the message that failed', () => {
    const message = text('What arrived', { status: 'interrupted' });
    render(<MessageBubble message={message} onRetry={() => undefined} onResume={() => undefined} />);
    const bubble = screen.getByRole('article');
    expect(bubble.textContent).toContain('What arrived');
    expect(bubble.querySelector('[data-slot=error-notice]')?.getAttribute('data-status')).toBe('interrupted');
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Continue', 'Try again']);
  });
});
