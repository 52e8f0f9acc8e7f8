'use client';
// Copies a text and says whether that worked.
import { useState, type ReactElement } from 'react';
import { useWording } from '../internal/labels-context.tsx';

export interface CopyButtonProps {
  readonly label: string;
  /** Read when the button is pressed. */
  readonly text: () => string;
}

type CopyStatus = 'idle' | 'copied' | 'failed';

export function CopyButton({ label, text }: CopyButtonProps): ReactElement {
  const { say } = useWording();
  const [status, setStatus] = useState<CopyStatus>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setStatus('copied');
    } catch {
      setStatus('failed');
    }
  };
  return (
    <button type="button" data-status={status} onClick={copy} onBlur={() => setStatus('idle')}>
      {status === 'idle' ? label : say(status === 'copied' ? 'copied' : 'copyFailed')}
    </button>
  );
}
