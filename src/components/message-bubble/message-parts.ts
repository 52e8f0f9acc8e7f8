// How an application replaces what a message is made of: one component for each type of part.
import type { ComponentType } from 'react';
import type { Message, PartOf, PartType } from '../../message/message.ts';

/** What the component of one part is given. */
export interface PartProps<T extends PartType> {
  readonly part: PartOf<T>;
  readonly message: Message;
  /** Answers an approval, where the bubble was given a way to. */
  readonly onApprove?: Approve | undefined;
}

/** Answers the question with this id. */
export type Approve = (approvalId: string, approved: boolean) => void;

/** What the component of several parts that are shown as one is given. */
export interface PartGroupProps<T extends PartType> {
  /** In the order in which they came. */
  readonly parts: readonly PartOf<T>[];
  readonly message: Message;
}

/** `null` hides a part; a missing one keeps its default. Hand in the same object every time, or every row renders again. */
export interface MessageParts {
  /** Plain text by default, line breaks kept. */
  readonly text?: ComponentType<PartProps<'text'>> | null;
  readonly refusal?: ComponentType<PartProps<'refusal'>> | null;
  readonly reasoning?: ComponentType<PartProps<'reasoning'>> | null;
  readonly tool?: ComponentType<PartProps<'tool'>> | null;
  readonly approval?: ComponentType<PartProps<'approval'>> | null;
  readonly file?: ComponentType<PartProps<'file'>> | null;
  /** All sources of the message, once, after the text. */
  readonly source?: ComponentType<PartGroupProps<'source'>> | null;
  /** All phases of the message, once, while the reader waits. */
  readonly status?: ComponentType<PartGroupProps<'status'>> | null;
  /** By name. `memory` has a default line; what has no component here is not shown. */
  readonly data?: Readonly<Record<string, ComponentType<PartProps<'data'>> | null>>;
}
