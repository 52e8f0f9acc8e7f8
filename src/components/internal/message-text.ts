// The prose of a message, without what surrounds it: what is copied, searched, and read out.
import type { Message } from '../../message/message.ts';

export function messageText(message: Message): string {
  const texts: string[] = [];
  for (const part of message.parts) {
    if ((part.type === 'text' || part.type === 'refusal') && part.text !== '') texts.push(part.text);
  }
  return texts.join('\n\n');
}
