// A button that shows no word but has a name, in whichever component it stands.
import { forwardRef, type ReactNode } from 'react';
import { displayNameOf, useSlot, type SlotComponent, type SlotProps } from './element.ts';

export interface ActionProps extends SlotProps<'button'> {
  /** Its name, and what the pointer is told. */
  readonly label: string;
  /** What it shows: an icon, mostly. */
  readonly children?: ReactNode;
}

export function createAction(slot: string): SlotComponent<ActionProps, HTMLButtonElement> {
  const Action = forwardRef<HTMLButtonElement, ActionProps>(({ label, ...rest }, ref) =>
    useSlot(
      'button',
      slot,
      { type: 'button', 'data-variant': 'icon', 'aria-label': label, title: label, ...rest },
      ref,
      'rv-button',
    ),
  );
  Action.displayName = displayNameOf(slot);
  return Action;
}
