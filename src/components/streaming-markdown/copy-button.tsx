'use client';
// Copies a text and says whether that worked.
import { memo, type NamedExoticComponent, type ReactElement } from 'react';
import { copyTexts } from '../../labels/texts.ts';
import { useWording } from '../internal/labels-context.tsx';
import { useCopy } from '../internal/use-copy.ts';

export interface CopyButtonProps {
  readonly label: string;
  /** Read when the button is pressed. */
  readonly text: () => string;
}

export const CopyButton: NamedExoticComponent<CopyButtonProps> = /* @__PURE__ */ memo(function CopyButton({
  label,
  text,
}: CopyButtonProps): ReactElement {
  const { say } = useWording(copyTexts);
  const { outcome, copy } = useCopy({ say });
  return (
    <button type="button" onClick={() => void copy(text())}>
      {outcome === undefined ? label : say(outcome)}
    </button>
  );
});
