// Turns a part's props into its one DOM node: our class beside the caller's, our props under the caller's, and the
// element replaced where `render` says so. No state and no context, so parts made of it work in server components.
import {
  cloneElement,
  createElement,
  forwardRef,
  useMemo,
  version,
  type ComponentPropsWithoutRef,
  type ForwardRefExoticComponent,
  type HTMLAttributes,
  type ReactElement,
  type Ref,
  type RefAttributes,
} from 'react';

/** What `render` is handed: everything the element needs, its ref included. Spread it. */
export type RenderProps = HTMLAttributes<HTMLElement> & RefAttributes<HTMLElement>;

/**
 * Replaces the element of a part. An element is cloned with the part's props; its own props win, class names are
 * joined, and both sides' handlers run, the element's first. A function gets the props and returns the element.
 */
export type Render = ReactElement | ((props: RenderProps) => ReactElement | null);

export interface RenderOption {
  /** Replaces the element; the part's behaviour and attributes stay. */
  readonly render?: Render;
}

/** Tags that React knows, too: libraries of custom elements add theirs to the browser's map alone. */
export type TagName = keyof HTMLElementTagNameMap & keyof React.JSX.IntrinsicElements;

/** The props of a part that is a `Tag`. */
export type SlotProps<Tag extends TagName> = ComponentPropsWithoutRef<Tag> & RenderOption;

/** A component that forwards its ref to its one element. */
export type SlotComponent<Props, Element> = ForwardRefExoticComponent<Props & RefAttributes<Element>>;

type AnyProps = Record<string, unknown>;

/** The class of a slot, after the one that every part has and before the caller's. */
export function slotClass(slot: string, ...more: readonly (string | undefined)[]): string {
  let name = `rv rv-${slot}`;
  for (const one of more) if (one) name += ` ${one}`;
  return name;
}

/** The caller's handler, then ours, unless the caller prevented the default. */
export function chain<Event extends { readonly defaultPrevented: boolean }>(
  theirs: ((event: Event) => void) | undefined,
  ours: (event: Event) => void,
): (event: Event) => void {
  if (theirs === undefined) return ours;
  return (event) => {
    theirs(event);
    if (!event.defaultPrevented) ours(event);
  };
}

/** One ref for two owners; keeps its identity while both do. */
export function useJoinedRef<T>(a: Ref<T> | undefined, b: Ref<T> | undefined): Ref<T> | undefined {
  return useMemo(() => {
    if (!a || !b) return a || b || undefined;
    return (node: T | null) => {
      assignRef(a, node);
      assignRef(b, node);
    };
  }, [a, b]);
}

function assignRef<T>(ref: Ref<T>, node: T | null): void {
  if (typeof ref === 'function') ref(node);
  else if (ref) (ref as { current: T | null }).current = node;
}

/** Props on their way to an element: whatever it takes, and ours. */
export interface ElementProps extends RenderOption {
  readonly className?: string | undefined;
  readonly [name: string]: unknown;
}

/** `slot` names the part: it becomes `data-slot` and the class. */
export function useSlot<Element>(
  tag: TagName,
  slot: string,
  props: ElementProps,
  ref: Ref<Element> | undefined,
  ...classes: readonly string[]
): ReactElement | null {
  const { render, className, ...rest } = props;
  const joined = useJoinedRef(ref, refOf(render) as Ref<Element> | undefined);
  const own: AnyProps = { ...rest, className: slotClass(slot, ...classes, className), 'data-slot': slot };
  if (joined !== undefined) own['ref'] = joined;
  if (render === undefined) return createElement(tag, own);
  if (typeof render === 'function') return render(own as RenderProps);
  return cloneElement(render as ReactElement<AnyProps>, mergeProps(own, render.props as AnyProps));
}

/** React 19 keeps an element's ref among its props; reading it there warns in React 18, and the other way round. */
function refOf(render: Render | undefined): unknown {
  if (render === undefined || typeof render === 'function') return undefined;
  return Number.parseInt(version, 10) >= 19
    ? (render.props as AnyProps)['ref']
    : (render as unknown as { readonly ref?: unknown }).ref;
}

function mergeProps(ours: AnyProps, theirs: AnyProps): AnyProps {
  const merged: AnyProps = { ...ours };
  for (const [name, value] of Object.entries(theirs)) {
    const own = ours[name];
    if (name === 'className') merged[name] = own && value ? `${String(own)} ${String(value)}` : (value ?? own);
    else if (name === 'style' && own && value) merged[name] = { ...(own as object), ...(value as object) };
    else if (/^on[A-Z]/.test(name) && typeof own === 'function' && typeof value === 'function') {
      merged[name] = (...args: readonly unknown[]) => {
        (value as (...args: readonly unknown[]) => void)(...args);
        (own as (...args: readonly unknown[]) => void)(...args);
      };
    } else if (value !== undefined && name !== 'ref') merged[name] = value;
  }
  return merged;
}

/** A part that is nothing but its element. `defaults` stand until the caller says otherwise. */
export function createSlot<Tag extends TagName>(
  tag: Tag,
  slot: string,
  defaults?: Partial<ComponentPropsWithoutRef<Tag>> & { readonly [data: `data-${string}`]: string },
  ...classes: readonly string[]
): SlotComponent<SlotProps<Tag>, HTMLElementTagNameMap[Tag]> {
  const Slot = forwardRef<HTMLElement, ElementProps>((props, ref) =>
    useSlot(tag, slot, defaults === undefined ? props : { ...defaults, ...props }, ref, ...classes),
  );
  Slot.displayName = displayNameOf(slot);
  return Slot as unknown as SlotComponent<SlotProps<Tag>, HTMLElementTagNameMap[Tag]>;
}

/** `message-action` is `MessageAction` to React's tools. */
export function displayNameOf(slot: string): string {
  return slot.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
