// The kit's own icons, by name.
import { forwardRef, type ReactElement, type SVGAttributes } from 'react';
import type { SlotComponent } from './element.ts';
import { check, copy, cross, download } from './icon-paths.ts';
import { IconShape } from './icon-shape.tsx';

/** Outlines as SVG path data. */
const paths = {
  check: check as string,
  cross: cross as string,
  chevronDown: 'M4 6l4 4 4-4',
  chevronStart: 'M10 4L6 8l4 4',
  chevronEnd: 'M6 4l4 4-4 4',
  arrowUp: 'M8 13V3.5M3.75 7.5L8 3.25l4.25 4.25',
  arrowDown: 'M8 3v9.5M3.75 8.5L8 12.75l4.25-4.25',
  stop: 'M5 5h6v6H5z',
  warning: 'M8 2.5l6 10.75H2zM8 6.5v3.25M8 11.6v.01',
  error: 'M8 14A6 6 0 108 2a6 6 0 000 12zM8 5v3.75M8 10.9v.01',
  offline: 'M2 2l12 12M3.2 7.4a7 7 0 012.6-1.7M8.6 5.02A7 7 0 0112.8 7.4M5.4 9.9a4 4 0 014.3-.9M8 12.6v.01',
  copy: copy as string,
  redo: 'M13 8a5 5 0 11-1.5-3.6M13 2.5v3h-3',
  edit: 'M3 13l.6-2.9L10.8 3l2.2 2.2-7.1 7.2z',
  thumbUp: 'M2.5 7.5H5V13H2.5zM5 8l2.5-5.25c1 0 1.6.8 1.4 1.75L8.5 6.5h4L11.6 13H5',
  thumbDown: 'M2.5 8.5H5V3H2.5zM5 8l2.5 5.25c1 0 1.6-.8 1.4-1.75L8.5 9.5h4L11.6 3H5',
  attach: 'M12.5 7.5L8 12a2.8 2.8 0 01-4-4l5-5a1.9 1.9 0 012.7 2.7l-5 5a.9.9 0 01-1.3-1.3L9.5 5.3',
  file: 'M4 2.5h5l3 3v8H4zM9 2.5v3h3',
  tool: 'M9.9 2.6a3.5 3.5 0 00-3.6 4.9l-3.9 3.9a1.3 1.3 0 001.9 1.9l3.9-3.9a3.5 3.5 0 004.9-3.6l-2 1.6-1.9-.6-.5-1.9z',
  download: download as string,
  memory: 'M8 2.5a5.5 5.5 0 105.5 5.5M8 5v3l2 1.5M10.5 2.5h3v3',
  clock: 'M8 14A6 6 0 108 2a6 6 0 000 12zM8 5v3.25l2 1.5',
  circle: 'M8 13A5 5 0 108 3a5 5 0 000 10z',
} as const;

export type IconName = keyof typeof paths;

export interface IconProps extends SVGAttributes<SVGSVGElement> {
  readonly name: IconName;
}

/** Icons that point along the text are mirrored where it runs from right to left. */
const mirrored: ReadonlySet<IconName> = /* @__PURE__ */ new Set<IconName>(['chevronStart', 'chevronEnd', 'redo']);

export const Icon: SlotComponent<IconProps, SVGSVGElement> = /* @__PURE__ */ forwardRef<SVGSVGElement, IconProps>(
  function Icon({ name, ...rest }, ref): ReactElement {
    return (
      <IconShape
        fill={name === 'stop' ? 'currentColor' : 'none'}
        {...rest}
        ref={ref}
        path={paths[name]}
        isMirrored={mirrored.has(name)}
      />
    );
  },
);
