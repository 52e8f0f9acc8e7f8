import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  PlanList,
  PlanListDetail,
  PlanListItem,
  PlanListItems,
  PlanListProgress,
  PlanListRoot,
  PlanListTitle,
} from '../../../src/components.ts';
import { itConforms } from '../conformance.tsx';

const steps = [
  { id: '1', label: 'Find', status: 'done' },
  { id: '2', label: 'Read', status: 'failed', detail: 'No answer' },
  { id: '3', label: 'Compare', status: 'active' },
  { id: '4', label: 'Write', status: 'pending' },
] as const;

itConforms('PlanList', <PlanList steps={steps} />, { slot: 'plan-list', tag: 'section' });
itConforms('PlanListRoot', <PlanListRoot />, { slot: 'plan-list', tag: 'section' });
itConforms('PlanListTitle', <PlanListTitle />, { slot: 'plan-list-title', tag: 'div' });
itConforms('PlanListProgress', <PlanListProgress />, { slot: 'plan-list-progress', tag: 'span' });
itConforms('PlanListItems', <PlanListItems />, { slot: 'plan-list-items', tag: 'ol' });
itConforms('PlanListItem', <PlanListItem />, { slot: 'plan-list-item', tag: 'li', wrap: (item) => <ol>{item}</ol> });
itConforms('PlanListDetail', <PlanListDetail />, { slot: 'plan-list-detail', tag: 'span' });

describe('PlanList', () => {
  it('26: says the state of each step in words', () => {
    render(<PlanList steps={steps} />);
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'FindDone',
      'ReadFailedNo answer',
      'CompareIn progress',
      'WriteNot started',
    ]);
  });

  it('points out the step that is on', () => {
    render(<PlanList steps={steps} />);
    expect(document.querySelector('[aria-current=step]')?.textContent).toContain('Compare');
  });

  it('tells how far it is, under its heading', () => {
    render(<PlanList steps={steps} headingLevel={4} />);
    expect(screen.getByRole('heading', { name: 'Plan', level: 4 })).toBeTruthy();
    expect(screen.getByText('1 of 4 done')).toBeTruthy();
  });

  it('renders nothing without a step', () => {
    expect(render(<PlanList steps={[]} />).container.innerHTML).toBe('');
  });
});
