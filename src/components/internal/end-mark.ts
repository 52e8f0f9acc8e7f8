// What a reader is told of how an answer ended, where it is not simply whole.
import type { Message, MessageStatus } from '../../message/message.ts';
import type { LabelKey } from '../../labels/labels.ts';
import type { IconName } from './icons.tsx';

export interface EndMark {
  readonly icon: IconName;
  readonly label: Extract<LabelKey, `status${string}`>;
}

const byStatus: Partial<Record<MessageStatus, EndMark>> = {
  unconfirmed: { icon: 'circle', label: 'statusUnconfirmed' },
  stopped: { icon: 'stop', label: 'statusStopped' },
  interrupted: { icon: 'warning', label: 'statusInterrupted' },
  failed: { icon: 'error', label: 'statusFailed' },
};

/** The server says that it is over, and that there would have been more. */
const byReason: Partial<Record<NonNullable<Message['finishReason']>, EndMark>> = {
  length: { icon: 'circle', label: 'statusLength' },
  'content-filter': { icon: 'warning', label: 'statusFiltered' },
  paused: { icon: 'clock', label: 'statusPaused' },
  // A reason that nobody here knows may be any of these.
  other: { icon: 'circle', label: 'statusUnconfirmed' },
};

/** `undefined` for a message that is whole, or still grows. */
export function endMark({ status, finishReason }: MarkedMessage): EndMark | undefined {
  return status === 'complete' ? byReason[finishReason ?? 'stop'] : byStatus[status];
}

export type MarkedMessage = Pick<Message, 'status' | 'finishReason'>;
