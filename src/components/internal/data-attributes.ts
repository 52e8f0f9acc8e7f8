// The data attributes that every component keeps to: the contract for style sheets, tests and tools.
import type { ConnectionStatus } from '../../connection/connection-state.ts';
import type { MessageStatus, PartType, Role } from '../../message/message.ts';

/** Attribute names and the values each may have. `''` stands for presence. */
export interface DataAttributes {
  /** Which part of which component an element is, in kebab case: `message-bubble`, `message-bubble-content`. */
  readonly 'data-slot': string;
  /** The status of the message, part or connection that an element shows. */
  readonly 'data-status'?:
    | MessageStatus
    | ConnectionStatus
    | 'active'
    | 'done'
    | 'called'
    | 'awaiting'
    | 'denied'
    | 'ready'
    | 'disabled';
  /** Who speaks. */
  readonly 'data-role'?: Role;
  /** Disclosures: whether their content is shown. A message list: whether its end is in view; its last rows: `tail`. */
  readonly 'data-state'?: 'open' | 'closed' | 'at-end' | 'away' | 'tail';
  /** Present while more is expected. */
  readonly 'data-streaming'?: '';
  /** Present on a citation and its source while the reader points at one of them. */
  readonly 'data-highlighted'?: '';
  /** Present on a composer while a file is dragged over it. */
  readonly 'data-dragging'?: '';
  /** What kind of message part an element shows. */
  readonly 'data-part'?: PartType;
  /** A component's look, where it has several. */
  readonly 'data-variant'?: string;
}

/** `''` for present, `undefined` for absent, as React wants it. */
export function present(condition: boolean): '' | undefined {
  return condition ? '' : undefined;
}
