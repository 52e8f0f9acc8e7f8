// What every candidate is to the page: a thread and a field to type in, that can be shown anew with other messages.
import { type ComponentType, createElement, useLayoutEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { BenchMessage } from './messages.ts';

export interface ViewProps {
  readonly messages: readonly BenchMessage[];
  /** The last message is an answer that still grows. */
  readonly streaming: boolean;
}

export interface Mounted {
  /** Resolves when the messages are in the DOM. */
  show(props: ViewProps): Promise<void>;
}

export function mount(View: ComponentType<ViewProps>, root: HTMLElement, first: ViewProps): Promise<Mounted> {
  let set: (props: ViewProps) => void = () => {};
  let committed: () => void = () => {};
  function Host() {
    const [props, setProps] = useState(first);
    useLayoutEffect(() => {
      set = setProps;
      committed();
    }, [props]);
    return createElement(View, props);
  }
  const update = (start: () => void) =>
    new Promise<void>((resolve) => {
      committed = resolve;
      start();
    });
  return update(() => createRoot(root).render(createElement(Host))).then(() => ({
    show: (props) => update(() => set(props)),
  }));
}
