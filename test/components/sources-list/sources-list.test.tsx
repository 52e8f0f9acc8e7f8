import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import {
  SourcesList,
  SourcesListHost,
  SourcesListItem,
  SourcesListItems,
  SourcesListLink,
  SourcesListMore,
  SourcesListNumber,
  SourcesListQuote,
  SourcesListRoot,
  SourcesListScore,
  SourcesListTitle,
} from '../../../src/components.ts';
import { part } from '../../support/messages.ts';
import { itConforms } from '../conformance.tsx';

const many = Array.from({ length: 8 }, (_, index) =>
  part('source', { id: `s${index}`, title: `Title ${index + 1}`, url: `https://www.example.org/${index + 1}` }),
);
const [first] = many;
const inList = { wrap: (item: ReactElement) => <ol>{item}</ol> };

itConforms('SourcesList', <SourcesList sources={many} />, { slot: 'sources-list', tag: 'section' });
itConforms('SourcesListRoot', <SourcesListRoot />, { slot: 'sources-list', tag: 'section' });
itConforms('SourcesListTitle', <SourcesListTitle />, { slot: 'sources-list-title', tag: 'div' });
itConforms('SourcesListItems', <SourcesListItems />, { slot: 'sources-list-items', tag: 'ol' });
itConforms('SourcesListItem', <SourcesListItem source={first as never} index={1} />, {
  slot: 'sources-list-item',
  tag: 'li',
  ...inList,
});
itConforms('SourcesListNumber', <SourcesListNumber />, { slot: 'sources-list-number', tag: 'span' });
itConforms('SourcesListLink', <SourcesListLink href="https://example.org">x</SourcesListLink>, {
  slot: 'sources-list-link',
  tag: 'a',
});
itConforms('SourcesListHost', <SourcesListHost />, { slot: 'sources-list-host', tag: 'span' });
itConforms('SourcesListScore', <SourcesListScore />, { slot: 'sources-list-score', tag: 'span' });
itConforms('SourcesListQuote', <SourcesListQuote />, { slot: 'sources-list-quote', tag: 'p' });
itConforms('SourcesListMore', <SourcesListMore />, { slot: 'sources-list-more', tag: 'button' });

describe('SourcesList', () => {
  it('renders nothing while there is no source', () => {
    expect(render(<SourcesList sources={[]} />).container.innerHTML).toBe('');
  });

  it('is named by how many there are', () => {
    const { rerender } = render(<SourcesList sources={many} />);
    expect(screen.getByRole('region', { name: '8 sources' })).toBeTruthy();
    rerender(<SourcesList sources={many.slice(0, 1)} />);
    expect(screen.getByRole('region', { name: '1 source' })).toBeTruthy();
  });

  it('shows five, and the rest on request: the button tells its state', async () => {
    render(<SourcesList sources={many} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(5);
    const more = screen.getByRole('button', { name: 'Show 3 more' });
    expect(more.getAttribute('aria-expanded')).toBe('false');
    await userEvent.click(more);
    expect(screen.getAllByRole('listitem')).toHaveLength(8);
    expect(screen.getByRole('button', { name: 'Show fewer' }).getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(more);
  });

  it('shows as many as `visible` says, and no button where that is all', () => {
    const { rerender } = render(<SourcesList sources={many} visible={2} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    rerender(<SourcesList sources={many} visible={8} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('keeps its items while more stream in', () => {
    const { rerender } = render(<SourcesList sources={many.slice(0, 2)} />);
    const before = screen.getAllByRole('listitem');
    rerender(<SourcesList sources={many.slice(0, 4)} />);
    expect(screen.getAllByRole('listitem').slice(0, 2)).toEqual(before);
  });

  it('follows the caller who keeps it open', async () => {
    const asked: boolean[] = [];
    render(<SourcesList sources={many} open={false} onOpenChange={(open) => asked.push(open)} />);
    await userEvent.click(screen.getByRole('button'));
    expect(asked).toEqual([true]);
    expect(screen.getAllByRole('listitem')).toHaveLength(5);
  });

  it('links beside the conversation, without telling where from', () => {
    render(<SourcesList sources={many.slice(0, 1)} />);
    const link = screen.getByRole('link', { name: 'Title 1' });
    expect(link.getAttribute('href')).toBe('https://www.example.org/1');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(screen.getByText('example.org')).toBeTruthy();
  });

  it.each(['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x'])(
    'makes no link of %j',
    (url) => {
      render(<SourcesList sources={[part('source', { title: 'Trap', url })]} />);
      expect(screen.queryByRole('link')).toBeNull();
      expect(screen.getByText('Trap')).toBeTruthy();
    },
  );

  it('shows quote and score of a source that has them', () => {
    const source = part('source', { title: 'Tides', quote: 'Twice a day', score: 0.874 });
    render(<SourcesList sources={[source]} scores />);
    const item = within(screen.getByRole('listitem'));
    expect(item.getByText('Twice a day')).toBeTruthy();
    expect(item.getByText('Relevance 87%')).toBeTruthy();
  });

  it('names a source without title by its host, and one with neither as untitled', () => {
    render(<SourcesList sources={[part('source', { url: 'https://tides.example/a' }), part('source')]} />);
    expect(screen.getByRole('link', { name: 'tides.example' })).toBeTruthy();
    expect(screen.getByText('Untitled source')).toBeTruthy();
  });
});
