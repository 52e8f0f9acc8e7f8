import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { useChatStream } from '../../src/hooks/use-chat-stream.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';

function Reader() {
  const { messages, status } = useChatStream({
    url: '/chat',
    protocol: namedEvents(),
    initialMessages: [
      {
        id: 'm',
        role: 'user',
        parts: [{ id: 'p', type: 'text', text: 'Hi', status: 'complete' }],
        status: 'complete',
        createdAt: 0,
        metadata: {},
        version: 0,
      },
    ],
  });
  return <p data-status={status}>{messages.length}</p>;
}

describe('useChatStream on a server', () => {
  it('renders what it starts with, without a DOM', () => {
    expect(typeof document).toBe('undefined');
    expect(renderToString(<Reader />)).toBe('<p data-status="ready">1</p>');
  });
});
