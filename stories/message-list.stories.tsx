import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { EmptyState, MessageList, type Message, type MessageListProps } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';
import { answer, message, question, sources, text } from './support/samples.ts';

const long: readonly Message[] = Array.from({ length: 60 }, (_, index) =>
  message({
    id: `long-${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
    parts: [
      text(
        `long-${index}/0`,
        index % 2 === 0
          ? `Question ${index / 2 + 1}: and what about harbour ${index / 2 + 1}?`
          : `Harbour ${(index + 1) / 2} has its high water ${index} minutes later, because the wave has to travel along the coast before it reaches the port. The range is smaller too.`,
      ),
    ],
  }),
);

const meta = {
  title: 'Components/MessageList',
  component: MessageList,
  args: { messages: [question, answer] },
  decorators: [
    (Story, { name }) => (name === 'States' ? <Story /> : <div style={{ blockSize: '32rem' }}>{Story()}</div>),
  ],
} satisfies Meta<typeof MessageList>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Conversation: Story = {};

export const Working: Story = {
  args: {
    messages: [
      question,
      message({
        id: 'w1',
        status: 'streaming',
        parts: [
          {
            id: 'w1/0',
            type: 'reasoning',
            text: 'Differential pull first.',
            status: 'complete',
            startedAt: 1_000,
            endedAt: 5_000,
          },
          {
            id: 'w1/1',
            type: 'tool',
            callId: 'c1',
            name: 'tide_tables',
            by: 'server',
            status: 'complete',
            argsText: '{}',
            result: { high: ['05:12', '17:38'] },
          },
          text('w1/2', 'In Brest, high water on the first of June comes at 05:12 and again at 17:3', 'streaming'),
          ...sources.slice(0, 2),
        ],
      }),
    ],
  },
};

export const Empty: Story = { args: { messages: [], empty: <EmptyState /> } };

export const LongContent: Story = {
  args: { messages: long },
  play: async ({ canvas, userEvent }) => {
    const region = canvas.getByRole('region', { name: 'Conversation' });
    await expect(region.scrollTop).toBeGreaterThan(500);
    await userEvent.pointer({ target: region });
    region.scrollTo({ top: 0, behavior: 'instant' });
    await canvas.findByRole('button', { name: 'Jump to the latest message' });
  },
};

export const Waiting: Story = { args: { messages: [question, message({ id: 'p1', status: 'pending' })] } };

export const Interrupted: Story = {
  args: {
    messages: [
      question,
      message({
        id: 'i1',
        status: 'interrupted',
        parts: [text('i1/0', 'In Brest, high water comes at 05:12 and again at')],
        error: { code: 'closed-early', message: 'Stream closed early.', retryable: true },
      }),
    ],
  },
};

export const WithEarlier: Story = { args: { messages: long.slice(0, 4), onLoadEarlier: () => undefined } };

export const Playground: Story = playground;

/** Every state on one sheet, each in a window of its own. */
export const States: Story = {
  ...statesOf(
    (props: MessageListProps) => (
      <div className="sheet-window">
        <MessageList {...props} />
      </div>
    ),
    meta.args,
    { Conversation, Working, Waiting, Interrupted, Empty, LongContent, WithEarlier },
  ),
};

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(MessageList, meta.args, 'section');
