import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  Announcer,
  MessageActions,
  type AnnouncerProps,
  type ConnectionState,
  type Message,
} from '../../../src/components.ts';
import { TransportError } from '../../../src/base/errors.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { message, part, text } from '../../support/messages.ts';

function setup(props: Partial<AnnouncerProps> = {}) {
  const clock = createFakeClock();
  const heard: string[] = [];
  const alerts: string[] = [];
  const make = (more: Partial<AnnouncerProps>) => <Announcer messages={[]} clock={clock} {...props} {...more} />;
  const { rerender, container } = render(make({}));
  const status = screen.getByRole('status');
  const alert = screen.getByRole('alert');
  const listen = (region: HTMLElement, into: string[]): void => {
    const said = region.textContent?.trim() ?? '';
    if (said !== '' && said !== into.at(-1)) into.push(said);
  };
  const update = (more: Partial<AnnouncerProps>): void => {
    rerender(make(more));
    for (let step = 0; step < 6; step += 1) {
      listen(status, heard);
      listen(alert, alerts);
      act(() => clock.advance(500));
    }
    listen(status, heard);
  };
  const tell = (messages: readonly Message[]): void => update({ messages });
  return { clock, container, status, alert, heard, alerts, update, tell };
}

const live = (words: string, facts: Partial<Message> = {}): Message =>
  text(words, { id: 'a', status: 'streaming', ...facts });
const whole = (words: string): Message => text(words, { id: 'a' });

describe('Announcer', () => {
  it('2: has its two regions at mount, empty and visually hidden', () => {
    const { status, alert } = setup({ messages: [text('Old')] });
    expect([status.textContent, alert.textContent]).toEqual(['', '']);
    expect(status.className).toContain('rv-visually-hidden');
    expect(alert.className).toContain('rv-visually-hidden');
  });

  it('3: says once a turn that it responds, and 1: never the tokens', () => {
    const { tell, heard } = setup();
    tell([message({ id: 'a', status: 'pending' })]);
    tell([live('The')]);
    tell([live('The Moon')]);
    expect(heard).toEqual(['Assistant is responding']);
  });

  it('4: reads a short answer once it is whole, without markdown', () => {
    const { tell, heard } = setup();
    tell([live('**The')]);
    tell([whole('**The Moon** pulls [water](https://x.example).\n\n- twice a `day`')]);
    expect(heard).toEqual(['Assistant is responding', 'The Moon pulls water. twice a day']);
  });

  it('4: tells the length of a long answer', () => {
    const { tell, heard } = setup();
    tell([live('x')]);
    tell([whole('tide '.repeat(120))]);
    expect(heard.at(-1)).toBe('Response complete, 120 words');
  });

  it('4: counts characters where words are not parted', () => {
    const { tell, heard } = setup({ locale: 'zh-CN' });
    tell([live('潮')]);
    tell([whole('潮汐'.repeat(300))]);
    expect(heard.at(-1)).toBe('Response complete, 600 characters');
  });

  it('tells that an answer was stopped or broke off', () => {
    const { tell, heard } = setup();
    tell([live('x')]);
    tell([text('x', { id: 'a', status: 'stopped' })]);
    tell([live('y', { id: 'b' })]);
    tell([text('y', { id: 'b', status: 'interrupted' })]);
    expect(heard).toEqual([
      'Assistant is responding',
      'Response stopped',
      'Assistant is responding',
      'Response interrupted',
    ]);
  });

  it('6: alerts of a failure, in words for a reader', () => {
    const { tell, alerts } = setup();
    tell([live('x')]);
    tell([
      text('x', { id: 'a', status: 'failed', error: { code: 'connect-failed', message: 'ECONN', retryable: true } }),
    ]);
    expect(alerts).toEqual(['Response failed. The server could not be reached']);
  });

  it('5: tells of tools, not more often than it may', () => {
    const { tell, heard, clock } = setup();
    const tool = (name: string, status: 'called' | 'complete' | 'awaiting' | 'failed') =>
      part('tool', { id: name, name, status });
    tell([message({ id: 'a', status: 'streaming', parts: [tool('search', 'called')] })]);
    tell([message({ id: 'a', status: 'streaming', parts: [tool('search', 'complete')] })]);
    expect(heard).toEqual(['Assistant is responding', 'Using search', 'search finished']);
    act(() => clock.advance(10_000));
    tell([
      message({
        id: 'a',
        status: 'streaming',
        parts: [tool('search', 'complete'), tool('one', 'called'), tool('two', 'called'), tool('three', 'called')],
      }),
    ]);
    expect(heard.slice(3)).toEqual(['Using one']);
  });

  it('tells of an answer that a limit cut short, also to those who only hear it', () => {
    const { tell, heard } = setup();
    tell([message({ id: 'x', status: 'streaming' })]);
    tell([text('So far', { id: 'x', finishReason: 'length' })]);
    expect(heard.at(-1)).toBe('So far. Cut short: the length limit was reached');
  });

  it('7: tells of the connection politely, and only of transitions', () => {
    const cause = new TransportError('closed-early', 'x');
    const { update, heard } = setup({ connection: { status: 'open', attempt: 1 } });
    const waiting = (attempt: number): ConnectionState => ({ status: 'waiting', attempt, retryAt: 1, cause });
    update({ connection: waiting(1) });
    update({ connection: { status: 'connecting', attempt: 2 } });
    update({ connection: waiting(2) });
    update({ connection: { status: 'open', attempt: 2 } });
    expect(heard).toEqual(['Reconnecting', 'Back online']);
  });

  it('8: says nothing of history, however it comes in', () => {
    const { tell, heard, alerts } = setup();
    tell([text('one'), text('two'), text('three', { status: 'failed' })]);
    tell([text('zero'), text('one')]);
    expect([heard, alerts]).toEqual([[], []]);
  });

  it('goes on with a turn that was already alive at mount', () => {
    const { tell, heard } = setup({ messages: [live('x')] });
    tell([whole('Done.')]);
    expect(heard).toEqual(['Done.']);
  });

  it('9: never marks a region busy, and reads it as a whole', () => {
    const { container, status } = setup();
    expect(container.querySelector('[aria-busy]')).toBeNull();
    expect(status.getAttribute('aria-atomic')).toBe('true');
  });

  it('clears what it said after seven seconds', () => {
    const { tell, status, clock } = setup();
    tell([live('x')]);
    expect(status.textContent).not.toBe('');
    act(() => clock.advance(7_000));
    expect(status.textContent).toBe('');
  });

  it('lets what comes at once be heard one after the other', () => {
    const { update, heard } = setup();
    update({ messages: [message({ id: 'a', status: 'streaming', parts: [part('tool', { name: 'search' })] })] });
    expect(heard).toEqual(['Assistant is responding', 'Using search']);
  });

  describe('by policy', () => {
    it('says nothing when off', () => {
      const { tell, heard } = setup({ announce: 'off' });
      tell([live('x')]);
      tell([whole('x')]);
      expect(heard).toEqual([]);
    });

    it('never reads the answer with `status`', () => {
      const { tell, heard } = setup({ announce: 'status' });
      tell([live('x')]);
      tell([whole('Short.')]);
      expect(heard).toEqual(['Assistant is responding', 'Response complete']);
    });

    it('reads whole sentences as they come with `sentences`', () => {
      const { tell, heard } = setup({ announce: 'sentences' });
      tell([live('The Moon pulls. The Ear')]);
      tell([live('The Moon pulls. The Earth turns. Ti')]);
      tell([whole('The Moon pulls. The Earth turns. Tides.')]);
      expect(heard).toEqual([
        'Assistant is responding',
        'The Moon pulls.',
        'The Earth turns.',
        'Tides.',
        'Response complete',
      ]);
    });
  });

  it('speaks for what is inside it', async () => {
    const { status, clock } = setup({
      children: <MessageActions message={text('words')} onCopy={() => undefined} />,
    });
    await userEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(status.textContent).toBe('Copied');
    act(() => clock.advance(10_000));
  });
});
