// What a block of code is made of.
import { createAction, type ActionProps } from '../internal/action.tsx';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';

export const CodeBlockRoot: SlotComponent<SlotProps<'figure'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'figure',
  'code-block',
);

export const CodeBlockHeader: SlotComponent<SlotProps<'figcaption'>, HTMLElement> = /* @__PURE__ */ createSlot(
  'figcaption',
  'code-block-header',
);

export const CodeBlockLanguage: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'code-block-language',
);

export const CodeBlockAction: SlotComponent<ActionProps, HTMLButtonElement> =
  /* @__PURE__ */ createAction('code-block-action');

/** Scrolls by keyboard, and reads left to right in any text. */
export const CodeBlockContent: SlotComponent<SlotProps<'pre'>, HTMLPreElement> = /* @__PURE__ */ createSlot(
  'pre',
  'code-block-content',
  { role: 'group', dir: 'ltr', tabIndex: 0 },
);

export const CodeBlockFold: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'code-block-fold',
  { type: 'button' },
  'rv-button',
);
