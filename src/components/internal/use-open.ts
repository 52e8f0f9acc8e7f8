'use client';
// Whether something is open: the caller's to keep, or the component's own.
import { useState } from 'react';

export interface OpenOption {
  /** Whether it is open, where you keep that yourself. */
  readonly open?: boolean | undefined;
  readonly defaultOpen?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
}

/** `automatic` holds until the reader chooses. */
export function useOpen(
  { open, defaultOpen, onOpenChange }: OpenOption,
  automatic = false,
): [boolean, (open: boolean) => void] {
  const [chosen, setChosen] = useState(defaultOpen);
  const choose = (next: boolean): void => {
    setChosen(next);
    if (next !== (open ?? chosen ?? automatic)) onOpenChange?.(next);
  };
  return [open ?? chosen ?? automatic, choose];
}
