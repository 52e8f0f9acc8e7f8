import { fireEvent, render } from '@testing-library/react';
import { createRef, forwardRef, type ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import { chain, createSlot, useJoinedRef } from '../../../src/components/internal/element.ts';

const Part = createSlot('button', 'some-part', { type: 'button', title: 'tip' });

describe('createSlot', () => {
  it('has defaults that the caller replaces', () => {
    const { container } = render(<Part title="mine" />);
    const node = container.querySelector('button');
    expect([node?.type, node?.title]).toEqual(['button', 'mine']);
  });

  it('has a name in developer tools', () => {
    expect(Part.displayName).toBe('SomePart');
  });

  it('runs the handlers of both, the replacing element’s first', () => {
    const ran: string[] = [];
    const { container } = render(
      <Part onClick={() => ran.push('part')} render={<button onClick={() => ran.push('element')}>go</button>} />,
    );
    fireEvent.click(container.firstElementChild as Element);
    expect(ran).toEqual(['element', 'part']);
  });

  it('joins styles, the element’s over the part’s', () => {
    const { container } = render(
      <Part style={{ color: 'red', margin: 1 }} render={<button style={{ color: 'blue' }}>go</button>} />,
    );
    const { color, margin } = (container.firstElementChild as HTMLElement).style;
    expect([color, margin]).toEqual(['blue', '1px']);
  });

  it('renders into a component that forwards its ref', () => {
    const Fancy = forwardRef<HTMLButtonElement, { readonly children?: string }>((props, ref) => (
      <button {...props} ref={ref} lang="en" />
    ));
    const ref = createRef<HTMLButtonElement>();
    render(<Part ref={ref} render={<Fancy>words</Fancy>} />);
    expect([ref.current?.lang, ref.current?.textContent]).toEqual(['en', 'words']);
  });
});

describe('chain', () => {
  it('leaves ours out where the caller prevented the default', () => {
    const ran: string[] = [];
    const ours = (): void => void ran.push('ours');
    chain<{ defaultPrevented: boolean }>(() => ran.push('theirs'), ours)({ defaultPrevented: false });
    chain<{ defaultPrevented: boolean }>(() => ran.push('theirs'), ours)({ defaultPrevented: true });
    expect(ran).toEqual(['theirs', 'ours', 'theirs']);
  });
});

describe('useJoinedRef', () => {
  it('keeps its identity, so that no owner is told twice', () => {
    const told: (Element | null)[] = [];
    const first = (node: Element | null): void => void told.push(node);
    const second = createRef<HTMLParagraphElement>();
    function Two({ title }: { readonly title: string }): ReactElement {
      return <p title={title} ref={useJoinedRef<HTMLParagraphElement>(first, second)} />;
    }
    const { rerender } = render(<Two title="a" />);
    rerender(<Two title="b" />);
    expect(told).toHaveLength(1);
    expect(second.current?.title).toBe('b');
  });
});
