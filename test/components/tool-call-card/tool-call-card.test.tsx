import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  ApprovalPrompt,
  ApprovalPromptButton,
  ApprovalPromptRoot,
  ToolCallCard,
  ToolCallCardCode,
  ToolCallCardContent,
  ToolCallCardError,
  ToolCallCardName,
  ToolCallCardRoot,
  ToolCallCardStatus,
  ToolCallCardTrigger,
} from '../../../src/components.ts';
import { part } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const call = part('tool', { name: 'tides', args: { port: 'Brest' }, argsText: '{"port":"Brest"}' });

itConforms('ToolCallCard', <ToolCallCard part={call} />, { slot: 'tool-call-card', tag: 'div' });
itConforms('ToolCallCardRoot', <ToolCallCardRoot />, { slot: 'tool-call-card', tag: 'div' });
itConforms('ToolCallCardTrigger', <ToolCallCardTrigger />, { slot: 'tool-call-card-trigger', tag: 'button' });
itConforms('ToolCallCardName', <ToolCallCardName />, { slot: 'tool-call-card-name', tag: 'span' });
itConforms('ToolCallCardStatus', <ToolCallCardStatus />, { slot: 'tool-call-card-status', tag: 'span' });
itConforms('ToolCallCardError', <ToolCallCardError />, { slot: 'tool-call-card-error', tag: 'p' });
itConforms('ToolCallCardContent', <ToolCallCardContent />, { slot: 'tool-call-card-content', tag: 'div' });
itConforms('ToolCallCardCode', <ToolCallCardCode />, { slot: 'tool-call-card-code', tag: 'pre' });
itConforms('ApprovalPrompt', <ApprovalPrompt part={part('approval')} />, { slot: 'approval-prompt', tag: 'div' });
itConforms('ApprovalPromptRoot', <ApprovalPromptRoot />, { slot: 'approval-prompt', tag: 'div' });
itConforms('ApprovalPromptButton', <ApprovalPromptButton />, { slot: 'approval-prompt-button', tag: 'button' });

describe('ToolCallCard', () => {
  it.each([
    ['streaming', 'Preparing'],
    ['called', 'Running'],
    ['awaiting', 'Needs your approval'],
    ['complete', 'Done'],
    ['failed', 'Failed'],
    ['denied', 'Denied'],
  ] as const)('26: says in words that it is %s', (status, words) => {
    render(<ToolCallCard part={{ ...call, status }} />);
    const card = screen.getByRole('group', { name: 'Tool tides' });
    expect(card.dataset['status']).toBe(status);
    expect(card.textContent).toContain(words);
    expect(card.querySelectorAll('svg:not([aria-hidden=true])')).toHaveLength(0);
  });

  it('16, 17, 28: folds arguments and result behind a button; they scroll by keyboard and run left to right', async () => {
    render(<ToolCallCard part={{ ...call, status: 'complete', result: 'High at 05:12' }} />);
    expect(screen.queryByText(/Brest/)).toBeNull();
    await userEvent.click(screen.getByRole('button'));
    const args = screen.getByRole('region', { name: 'Arguments' });
    expect(args.textContent).toBe('{\n  "port": "Brest"\n}');
    expect([args.tabIndex, args.dir]).toEqual([0, 'ltr']);
    expect(screen.getByRole('region', { name: 'Result' }).textContent).toBe('High at 05:12');
  });

  it('shows arguments as they arrive', () => {
    render(<ToolCallCard part={part('tool', { status: 'streaming', argsText: '{"po' })} defaultOpen />);
    expect(screen.getByRole('region', { name: 'Arguments' }).textContent).toBe('{"po');
  });

  it('shows a result that refers to itself without failing', () => {
    const result: Record<string, unknown> = {};
    result['self'] = result;
    render(<ToolCallCard part={{ ...call, status: 'complete', result }} defaultOpen />);
    expect(screen.getByRole('region', { name: 'Result' })).toBeTruthy();
  });

  it('says why it failed without being opened', () => {
    render(<ToolCallCard part={{ ...call, status: 'failed', error: 'No such port' }} />);
    expect(screen.getByText('No such port')).toBeTruthy();
  });

  describe('when it needs leave', () => {
    const asking = { ...call, status: 'awaiting', approval: { id: 'ok', message: 'Look it up?' } } as const;

    it('is open, so that the reader sees what for, and takes both answers', async () => {
      const answers: unknown[] = [];
      render(<ToolCallCard part={asking} onApprove={(...answer) => answers.push(answer)} />);
      expect(screen.getByRole('region', { name: 'Arguments' })).toBeTruthy();
      expect(screen.getByRole('group', { name: 'Look it up?' })).toBeTruthy();
      await userEvent.click(screen.getByRole('button', { name: 'Allow' }));
      await userEvent.click(screen.getByRole('button', { name: 'Deny' }));
      expect(answers).toEqual([
        ['ok', true],
        ['ok', false],
      ]);
    });

    it('asks without buttons where nobody takes the answer', () => {
      render(<ToolCallCard part={asking} />);
      expect(screen.queryByRole('button', { name: 'Allow' })).toBeNull();
    });
  });
});

describe('ApprovalPrompt', () => {
  it('shows what was answered in place of the buttons', () => {
    render(<ApprovalPrompt part={part('approval', { message: 'Go?', approved: false })} onApprove={() => undefined} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByText('Denied')).toBeTruthy();
  });
});
