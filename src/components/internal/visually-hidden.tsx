// Text for assistive technology alone.
import { createSlot, type SlotComponent, type SlotProps } from './element.ts';

export const VisuallyHidden: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'visually-hidden',
);
