// Conversations as a chat holds them, to build requests from.
import type { Conversation, Message, Part } from '../../src/message/message.ts';
import type { TurnInput } from '../../src/protocol/adapter.ts';

type Loose<P> = P extends Part ? Omit<P, 'id'> & { id?: string } : never;

export function said(role: Message['role'], ...parts: readonly (string | Loose<Part>)[]): Message {
  return {
    id: `${role}-${parts.length}`,
    role,
    parts: parts.map((part, index) => {
      const id = `p${index}`;
      return typeof part === 'string'
        ? { type: 'text', id, text: part, status: 'complete' }
        : ({ id, ...part } as Part);
    }),
    status: 'complete',
    createdAt: 0,
    metadata: {},
    version: 0,
  };
}

export function turn(...messages: readonly Message[]): TurnInput {
  const conversation: Conversation = { id: 'c1', messages, branches: [] };
  return { conversation, trigger: 'send', turn: 'turn-1' };
}

/** A question about the weather, answered with thinking, a tool call and its result. */
export const toolTurn: TurnInput = turn(
  said('system', 'Be brief.'),
  said('user', 'Weather?', { type: 'file', mediaType: 'image/png', base64: 'aGk=', name: 'sky.png' }),
  said(
    'assistant',
    { type: 'reasoning', text: 'Look it up.', status: 'complete', signature: 'sig' },
    'One moment.',
    {
      type: 'tool',
      callId: 'c-1',
      name: 'weather',
      by: 'client',
      status: 'complete',
      argsText: '{"city":"Paris"}',
      args: { city: 'Paris' },
      result: { temp: 18 },
    },
    'It is 18 degrees.',
  ),
  said('user', 'Thanks'),
);
