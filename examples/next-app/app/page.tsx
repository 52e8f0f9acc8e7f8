import type { Message } from 'rivulet/core';
import { Conversation } from './conversation';

// Whatever a database holds. Ids and times come from there, so the server and the browser render the same.
const history: readonly Message[] = [
  {
    id: 'welcome-question',
    role: 'user',
    status: 'complete',
    createdAt: 1_760_000_000_000,
    metadata: {},
    version: 0,
    parts: [{ type: 'text', id: 'welcome-question-0', status: 'complete', text: 'Is this rendered on the server?' }],
  },
  {
    id: 'welcome-answer',
    role: 'assistant',
    status: 'complete',
    createdAt: 1_760_000_001_000,
    metadata: {},
    version: 0,
    parts: [
      {
        type: 'text',
        id: 'welcome-answer-0',
        status: 'complete',
        text: 'Yes: this **whole conversation** is in the page before any script has run.',
      },
    ],
  },
];

export default function Page() {
  return (
    <main>
      <h1>A conversation rendered on the server</h1>
      <Conversation history={history} />
    </main>
  );
}
