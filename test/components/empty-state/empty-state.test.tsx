import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  EmptyState,
  EmptyStateHint,
  EmptyStateRoot,
  EmptyStateSuggestion,
  EmptyStateSuggestions,
  EmptyStateTitle,
} from '../../../src/components.ts';
import { itConforms } from '../conformance.tsx';

itConforms('EmptyState', <EmptyState />, { slot: 'empty-state', tag: 'div' });
itConforms('EmptyStateRoot', <EmptyStateRoot />, { slot: 'empty-state', tag: 'div' });
itConforms('EmptyStateTitle', <EmptyStateTitle />, { slot: 'empty-state-title', tag: 'div' });
itConforms('EmptyStateHint', <EmptyStateHint />, { slot: 'empty-state-hint', tag: 'p' });
itConforms('EmptyStateSuggestions', <EmptyStateSuggestions />, { slot: 'empty-state-suggestions', tag: 'ul' });
itConforms('EmptyStateSuggestion', <EmptyStateSuggestion />, { slot: 'empty-state-suggestion', tag: 'button' });

describe('EmptyState', () => {
  it('welcomes in the words of its labels, or in yours', () => {
    const { rerender } = render(<EmptyState />);
    expect(screen.getByRole('heading', { name: 'How can I help?', level: 2 })).toBeTruthy();
    rerender(<EmptyState heading="Ask the harbour" hint={null} />);
    expect(screen.getByRole('heading', { name: 'Ask the harbour' })).toBeTruthy();
    expect(screen.queryByText('Ask a question to begin.')).toBeNull();
  });

  it('hands the chosen suggestion on', async () => {
    const chosen: string[] = [];
    render(<EmptyState suggestions={['Why?', 'How?']} onSuggestion={(suggestion) => chosen.push(suggestion)} />);
    await userEvent.click(screen.getByRole('button', { name: 'How?' }));
    expect(chosen).toEqual(['How?']);
  });
});
