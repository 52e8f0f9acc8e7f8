// A button that is an icon with a name, in whichever component it stands.
import { forwardRef } from 'react';
import { displayNameOf, useSlot, type SlotComponent, type SlotProps } from './element.ts';
import { Icon, type IconName } from './icons.tsx';

export interface ActionProps extends SlotProps<'button'> {
  /** Its name, and what the pointer is told. */
  readonly label: string;
  /** Children replace it. */
  readonly icon?: IconName | undefined;
}

export function createAction(slot: string): SlotComponent<ActionProps, HTMLButtonElement> {
  const Action = forwardRef<HTMLButtonElement, ActionProps>(({ label, icon, children, ...rest }, ref) =>
    useSlot(
      'button',
      slot,
      {
        type: 'button',
        'data-variant': 'icon',
        'aria-label': label,
        title: label,
        ...rest,
        children: children ?? (icon === undefined ? null : <Icon name={icon} />),
      },
      ref,
      'rv-button',
    ),
  );
  Action.displayName = displayNameOf(slot);
  return Action;
}
