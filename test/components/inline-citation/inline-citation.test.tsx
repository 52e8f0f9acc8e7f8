import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { InlineCitation, SourceHighlight, SourcesList } from '../../../src/components.ts';
import { part } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const tides = part('source', { id: 's1', title: 'Tides', url: 'https://tides.example' });
const moon = part('source', { id: 's2', title: 'Moon', url: 'https://moon.example' });

itConforms('InlineCitation', <InlineCitation index={1} source={tides} />, { slot: 'inline-citation', tag: 'a' });

describe('InlineCitation', () => {
  it('27: is a link, named by its number and its source', () => {
    render(<InlineCitation index={2} source={tides} />);
    const link = screen.getByRole('link', { name: 'Source 2: Tides' });
    expect(link.textContent).toBe('2');
    expect(link.getAttribute('href')).toBe('https://tides.example');
  });

  it('is a plain number until its source has arrived, or where it leads nowhere', () => {
    const { rerender, container } = render(<InlineCitation index={3} />);
    expect([screen.queryByRole('link'), container.textContent]).toEqual([null, '3']);
    rerender(<InlineCitation index={3} source={{ ...tides, url: 'javascript:x' }} />);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('highlights its source, and the source its citation', async () => {
    const { container } = render(
      <SourceHighlight>
        <InlineCitation index={1} source={tides} />
        <InlineCitation index={2} source={moon} />
        <SourcesList sources={[tides, moon]} />
      </SourceHighlight>,
    );
    const marked = () =>
      [...container.querySelectorAll('[data-highlighted]')].map((one) => one.getAttribute('data-slot'));
    await userEvent.hover(screen.getByRole('link', { name: 'Source 2: Moon' }));
    expect(marked()).toEqual(['inline-citation', 'sources-list-item']);
    await userEvent.unhover(screen.getByRole('link', { name: 'Source 2: Moon' }));
    expect(marked()).toEqual([]);
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('1');
    expect(marked()).toHaveLength(2);
  });

  it('works alone, without anything around it', async () => {
    render(<InlineCitation index={1} source={tides} />);
    await userEvent.hover(screen.getByRole('link'));
    expect(document.querySelector('[data-highlighted]')).toBeNull();
  });
});
