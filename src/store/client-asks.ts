// What in an answer is the client's to give: results of calls, answers to approval requests.
import type { Message } from '../message/message.ts';

export function hasCall(message: Message, callId: string): boolean {
  return message.parts.some((part) => part.type === 'tool' && part.callId === callId);
}

/** Whether the turn that began with `base` brought something that only the client can answer. */
export function asksClient(message: Message, base: Message | undefined): boolean {
  const before = new Set(base?.parts.map(({ id }) => id));
  return message.parts.some((part) => {
    if (before.has(part.id)) return false;
    if (part.type === 'tool') return part.by === 'client' || part.approval?.approved !== undefined;
    return part.type === 'approval';
  });
}

export function approvalIn(message: Message, approvalId: string): { readonly tool?: string } | undefined {
  for (const part of message.parts) {
    if (part.type === 'approval' && part.approvalId === approvalId) return {};
    if (part.type === 'tool' && part.approval?.id === approvalId) return { tool: part.callId };
  }
  return undefined;
}
