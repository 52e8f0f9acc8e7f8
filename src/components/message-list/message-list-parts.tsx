// The parts of a message list that are nothing but their elements.
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';

export const MessageListRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-list',
);

/** The one scroll container, reached and scrolled by keyboard. */
export const MessageListViewport: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-list-viewport',
  { role: 'region', tabIndex: 0 },
);

/** A log that is not live: tokens are never spoken one by one, the announcer speaks instead. */
export const MessageListLog: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-list-log',
  { role: 'log', 'aria-live': 'off' },
);

/** A list by its role: an `ol` may hold nothing but items, and these stand in runs. */
export const MessageListItems: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-list-items',
  { role: 'list' },
);

/** Some rows in a row, which the browser skips together while they are far away. Means nothing to a screen reader. */
export const MessageListRun: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-list-run',
  { role: 'presentation', 'data-group': '' },
);

export const MessageListItem: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-list-item',
  { role: 'listitem' },
);

export const MessageListJump: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'message-list-jump',
  { type: 'button', 'data-variant': 'outline' },
  'rv-button',
);

export const MessageListEarlier: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'message-list-earlier',
  { type: 'button' },
  'rv-button',
);
