// How an icon is drawn: 16 units square, in strokes of the text's colour, never spoken.
import { forwardRef, type ReactElement, type SVGAttributes } from 'react';
import type { SlotComponent } from './element.ts';

export interface IconShapeProps extends SVGAttributes<SVGSVGElement> {
  /** The outline, as SVG path data. */
  readonly path: string;
  /** It points along the text: mirrored where that runs from right to left. */
  readonly isMirrored?: boolean;
}

export const IconShape: SlotComponent<IconShapeProps, SVGSVGElement> = /* @__PURE__ */ forwardRef<
  SVGSVGElement,
  IconShapeProps
>(function IconShape({ path, isMirrored = false, className, ...rest }, ref): ReactElement {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...rest}
      ref={ref}
      className={className === undefined ? 'rv rv-icon' : `rv rv-icon ${className}`}
      data-mirror={isMirrored ? '' : undefined}
    >
      <path d={path} />
    </svg>
  );
});
