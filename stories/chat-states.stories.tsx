// `Chat` as it stands in the states of a conversation, without a server: nothing here is sent.
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactElement, useEffect, useState } from 'react';
import { expect } from 'storybook/test';
import { Chat, type ChatViewProps, createChat, type Message, namedEvents } from '../src/index.ts';
import { scriptedTransport } from '../src/testing.ts';
import { answer, answerText, message, question, sources, text } from './support/samples.ts';

interface StillChatProps extends ChatViewProps {
  readonly messages: readonly Message[];
  /** What stands in the composer. */
  readonly draft?: string;
}

function StillChat({ messages, draft = '', ...view }: StillChatProps): ReactElement {
  const [chat] = useState(() =>
    createChat({
      url: '/chat',
      protocol: namedEvents(),
      transport: scriptedTransport({ steps: [] }),
      initialMessages: messages,
    }),
  );
  useEffect(() => chat.draft.set(draft), [chat, draft]);
  return <Chat {...view} chat={chat} />;
}

const meta = {
  title: 'Components/Chat/States',
  component: StillChat,
  parameters: { layout: 'fullscreen' },
  decorators: [
    (Story, { parameters }) => <div style={{ blockSize: String(parameters['height'] ?? '44rem') }}>{Story()}</div>,
  ],
  args: { messages: [] },
} satisfies Meta<typeof StillChat>;

export default meta;
type Story = StoryObj<typeof meta>;

const richAnswer = `Two bulges follow the Moon[1], and the Earth turns beneath both[2].

## In figures

| port | first high | second high | range, m |
| :--- | ---: | ---: | ---: |
| Brest | 04:12 | 16:37 | 5.9 |
| Saint-Malo | 06:05 | 18:29 | 11.2 |

\`\`\`ts
// The second tide comes half a lunar day later.
const lunarDayMs = 24 * 3_600_000 + 50 * 60_000;
export const nextHighTide = (last: Date): Date => new Date(last.getTime() + lunarDayMs / 2);
\`\`\`

- The Moon moves on while the Earth turns,
- so each day’s tides come **50 minutes** later.`;

/** Nothing said yet. */
export const Empty: Story = {
  args: { suggestions: ['Why are there two tides a day?', 'When is high water in Brest?', 'What is a neap tide?'] },
};

/** A question, and an answer with all that an answer may have. */
export const Answered: Story = {
  parameters: { height: '72rem' },
  args: {
    messages: [
      question,
      message({
        id: 'rich',
        parts: [
          {
            id: 'rich/r',
            type: 'reasoning',
            text: 'The Moon passes once, the bulges are two.',
            status: 'complete',
            startedAt: 1_000,
            endedAt: 5_000,
          },
          {
            id: 'rich/t',
            type: 'tool',
            callId: 'c1',
            name: 'tide_tables',
            title: 'Tide tables',
            by: 'server',
            status: 'complete',
            argsText: '{"port":"Brest"}',
            args: { port: 'Brest' },
            result: { high: ['04:12', '16:37'] },
          },
          text('rich/0', richAnswer),
          ...sources.slice(0, 2),
        ],
      }),
      message({ id: 'q2', role: 'user', parts: [text('q2/0', 'Thanks.\nAnd at Saint-Malo?')] }),
    ],
    draft: 'What about neap tides?',
  },
};

/** Asks before it acts. */
export const AwaitsApproval: Story = {
  args: {
    messages: [
      message({ id: 'q', role: 'user', parts: [text('q/0', 'Send the tables to the harbour master.')] }),
      message({
        id: 'a',
        parts: [
          text('a/0', 'I have them. Before anything is sent I need your word.'),
          {
            id: 'a/t',
            type: 'tool',
            callId: 'c1',
            name: 'send_email',
            title: 'Send an e-mail',
            by: 'server',
            status: 'awaiting',
            argsText: '',
            args: { to: 'harbour@brest.example', subject: 'Tides of June' },
            approval: { id: 'ap1', message: 'Send “Tides of June” to harbour@brest.example?' },
          },
        ],
      }),
    ],
  },
};

/** What arrived stays, and says what it is; the newest can be gone on with. */
export const Broken: Story = {
  args: {
    messages: [
      question,
      message({ ...answer, id: 'stopped', status: 'stopped', parts: [text('stopped/0', answerText.slice(0, 120))] }),
      message({ id: 'q2', role: 'user', parts: [text('q2/0', 'And now?')] }),
      message({
        id: 'failed',
        status: 'failed',
        parts: [],
        error: { code: 'rate-limited', message: 'x', retryable: true },
      }),
      message({ id: 'q3', role: 'user', parts: [text('q3/0', 'Again, please.')] }),
      message({
        id: 'broken',
        status: 'interrupted',
        parts: [text('broken/0', answerText.slice(0, 180))],
        error: { code: 'closed-early', message: 'x', retryable: true },
      }),
    ],
  },
};

/** The server paused: the reader can let the newest answer go on, in the same message. */
export const Paused: Story = {
  parameters: { height: '32rem' },
  args: {
    messages: [
      question,
      message({ id: 'paused', finishReason: 'paused', parts: [text('paused/0', answerText.slice(0, 120))] }),
      message({ id: 'q2', role: 'user', parts: [text('q2/0', 'Go on.')] }),
      message({ id: 'again', finishReason: 'paused', parts: [text('again/0', answerText.slice(0, 180))] }),
    ],
  },
  play: async ({ canvas, userEvent }) => {
    // Only the newest one has it, and the keyboard reaches it.
    const button = await canvas.findByRole('button', { name: 'Continue' });
    for (let left = 12; left > 0 && document.activeElement !== button; left -= 1) await userEvent.tab();
    await expect(button).toHaveFocus();
  },
};
