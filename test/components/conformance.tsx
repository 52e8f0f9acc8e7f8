// The laws that every component and every part keeps. One call in a component's test file checks them all.
import { act, render } from '@testing-library/react';
import { createRef, StrictMode, type ElementType, type ReactElement, type ReactNode } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';

export interface ConformanceOptions {
  /** The part's `data-slot`; its class is the same with `rv-` before it. */
  readonly slot: string;
  /** The tag it renders, in lower case. */
  readonly tag: string;
  /** Where it can stand, such as a list for an item. */
  readonly wrap?: (element: ReactElement) => ReactElement;
}

type AnyComponent = ElementType<Record<string, unknown>>;

/** `element` is the component with the props it needs; a reference, a class and attributes are added to it. */
export function itConforms(name: string, element: ReactElement, options: ConformanceOptions): void {
  const { slot, tag, wrap = (child) => child } = options;
  const Component = element.type as AnyComponent;
  const props = element.props as Record<string, unknown>;
  const make = (more: Record<string, unknown> = {}): ReactElement => wrap(<Component {...props} {...more} />);
  const find = (within: ParentNode): Element => {
    const found = within.querySelector(`[data-slot="${slot}"]`);
    if (found === null) throw new Error(`${name} renders no [data-slot="${slot}"]`);
    return found;
  };

  describe(`${name} keeps the laws of a part`, () => {
    it(`renders a ${tag} and gives its ref the element`, () => {
      const ref = createRef<Element>();
      const { container } = render(make({ ref }));
      expect(ref.current).toBe(find(container));
      expect(ref.current?.tagName.toLowerCase()).toBe(tag);
    });

    it('has its own class, and the caller’s after it', () => {
      const { container } = render(make({ className: 'mine' }));
      const { classList } = find(container);
      expect([...classList].slice(0, 2)).toEqual(['rv', `rv-${slot}`]);
      expect([...classList].at(-1)).toBe('mine');
    });

    it('hands attributes on and keeps its slot', () => {
      const { container } = render(make({ 'data-testid': 'it', title: 'tip', 'data-slot': 'other' }));
      expect(find(container).getAttribute('data-testid')).toBe('it');
      expect(find(container).getAttribute('title')).toBe('tip');
    });

    it('lets an element replace its own', () => {
      const ref = createRef<Element>();
      const inner = createRef<HTMLElement>();
      const { container } = render(make({ ref, render: <section ref={inner} className="theirs" lang="en" /> }));
      const node = find(container);
      expect(node.tagName).toBe('SECTION');
      expect(node.classList.contains('theirs')).toBe(true);
      expect(node.classList.contains(`rv-${slot}`)).toBe(true);
      expect(node.getAttribute('lang')).toBe('en');
      expect(ref.current).toBe(node);
      expect(inner.current).toBe(node);
    });

    it('lets a function render it', () => {
      const ref = createRef<Element>();
      const { container } = render(
        make({ ref, render: (given: Record<string, unknown>) => <section {...given} lang="en" /> }),
      );
      expect(find(container).tagName).toBe('SECTION');
      expect(ref.current).toBe(find(container));
    });

    it('renders on a server and hydrates in silence, also in StrictMode', () => {
      const whole: ReactNode = <StrictMode>{make()}</StrictMode>;
      const container = document.createElement('div');
      document.body.append(container);
      container.innerHTML = renderToString(whole);
      find(container);
      const complaints: unknown[] = [];
      let root: Root | undefined;
      act(() => {
        root = hydrateRoot(container, whole, { onRecoverableError: (error) => complaints.push(error) });
      });
      expect(complaints).toEqual([]);
      find(container);
      act(() => root?.unmount());
      container.remove();
    });

    it('has no inline style in server markup, which a strict content policy would drop', () => {
      expect(renderToString(make())).not.toMatch(/\sstyle=/);
    });
  });
}
