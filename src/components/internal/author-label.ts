// Who speaks, as a label.
import type { LabelKey } from '../../labels/labels.ts';
import type { Role } from '../../message/message.ts';

export const authorLabel: Readonly<Record<Role, Extract<LabelKey, `author${string}`>>> = {
  user: 'authorUser',
  assistant: 'authorAssistant',
  system: 'authorSystem',
};
