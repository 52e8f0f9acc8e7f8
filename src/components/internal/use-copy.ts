'use client';
// Puts a text on the clipboard and says for a moment, to eye and ear, whether that worked.
import { useEffect, useRef, useState } from 'react';
import type { Cancel, Clock } from '../../base/clock.ts';
import { useClock } from '../../hooks/clock-context.ts';
import { useAnnounce } from './announce-context.tsx';
import type { Wording } from './labels-context.tsx';

/** How long a button says what it did. */
const toldMs = 2_000;

export type CopyOutcome = 'copied' | 'copyFailed';

export interface CopyOptions {
  readonly say: Wording<CopyOutcome>['say'];
  /** Default: the browser's clipboard. */
  readonly write?: ((text: string) => void | Promise<void>) | undefined;
  readonly clock?: Clock | undefined;
}

/** What became of the last copy, while it is said; and how to copy. `outcome` is the key of its label. */
export function useCopy({ say, write, clock: given }: CopyOptions): {
  readonly outcome: CopyOutcome | undefined;
  copy(text: string): Promise<void>;
} {
  const clock = useClock(given);
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<CopyOutcome | undefined>();
  const cancel = useRef<Cancel | undefined>(undefined);
  useEffect(() => () => cancel.current?.(), []);
  const tell = (said: CopyOutcome): void => {
    setOutcome(said);
    announce(say(said));
    cancel.current?.();
    cancel.current = clock.after(toldMs, () => setOutcome(undefined));
  };
  return {
    outcome,
    async copy(text) {
      try {
        await (write ?? writeToClipboard)(text);
        tell('copied');
      } catch {
        // Pages without the permission, or not served securely: the reader is told and can select by hand.
        tell('copyFailed');
      }
    },
  };
}

const writeToClipboard = (text: string): Promise<void> => navigator.clipboard.writeText(text);
