// What the composer is made of.
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';

export const ChatInputRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'chat-input',
);

/** The visible box around field and buttons. */
export const ChatInputFrame: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'chat-input-frame',
);

export const ChatInputField: SlotComponent<SlotProps<'textarea'>, HTMLTextAreaElement> = /* @__PURE__ */ createSlot(
  'textarea',
  'chat-input-field',
  { rows: 1, dir: 'auto', enterKeyHint: 'send' },
);

export const ChatInputBar: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'chat-input-bar',
);

export const ChatInputFiles: SlotComponent<SlotProps<'ul'>, HTMLUListElement> = /* @__PURE__ */ createSlot(
  'ul',
  'chat-input-files',
  { role: 'list' },
);

export const ChatInputAttach: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'chat-input-attach',
  { type: 'button', 'data-variant': 'icon' },
  'rv-button',
);

/** Send and Stop: one element, so that the focus stays on it when it changes. */
export const ChatInputAction: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'chat-input-action',
  { type: 'button', 'data-variant': 'solid' },
  'rv-button',
);

export const ChatInputNotes: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'chat-input-notes',
);
