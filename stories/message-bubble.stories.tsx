import type { Meta, StoryObj } from '@storybook/react-vite';
import { MessageBubble } from '../src/index.ts';
import { playground, replacedBy, statesOf, unstyled } from './support/component-stories.tsx';
import { answer, answerText, message, question, text } from './support/samples.ts';

const meta = {
  title: 'Components/MessageBubble',
  component: MessageBubble,
  args: { message: answer },
} satisfies Meta<typeof MessageBubble>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Answer: Story = {};

export const Question: Story = { args: { message: question } };

export const Pending: Story = { args: { message: message({ id: 'a2', status: 'pending' }) } };

export const Streaming: Story = {
  args: {
    message: message({
      id: 'a3',
      status: 'streaming',
      parts: [text('a3/0', 'The Moon pulls on the near side of the Earth more strongly than on its cen', 'streaming')],
    }),
  },
};

export const WaitingBetweenWords: Story = {
  args: {
    message: message({
      id: 'a4',
      status: 'streaming',
      parts: [
        text('a4/0', 'Let me check the tables first.'),
        {
          id: 'a4/1',
          type: 'status',
          state: 'searching',
          label: 'Searching 3 queries',
          status: 'active',
          items: ['tide tables Brest 2026', 'lunar day length', 'spring tide dates'],
        },
      ],
    }),
  },
};

export const Unconfirmed: Story = { args: { message: { ...answer, status: 'unconfirmed' } } };

export const CutShort: Story = {
  args: {
    message: message({ id: 'a11', finishReason: 'length', parts: [text('a11/0', answerText.slice(0, 230))] }),
  },
};

export const Filtered: Story = {
  args: {
    message: message({ id: 'a12', finishReason: 'content-filter', parts: [text('a12/0', answerText.slice(0, 60))] }),
  },
};

export const Stopped: Story = {
  args: { message: message({ id: 'a5', status: 'stopped', parts: [text('a5/0', answerText.slice(0, 190))] }) },
};

export const Interrupted: Story = {
  args: {
    message: message({
      id: 'a6',
      status: 'interrupted',
      parts: [text('a6/0', answerText.slice(0, 240))],
      error: { code: 'closed-early', message: 'Stream closed early.', retryable: true },
    }),
  },
};

export const Failed: Story = {
  args: {
    message: message({
      id: 'a7',
      status: 'failed',
      parts: [text('a7/0', answerText.slice(0, 90))],
      error: { code: 'failed', message: 'The model is overloaded.', retryable: true },
    }),
  },
};

export const MemoryUpdated: Story = {
  args: {
    message: message({
      id: 'a8',
      parts: [
        text('a8/0', 'Noted: times in the 24-hour clock from now on.'),
        { id: 'a8/1', type: 'data', name: 'memory', data: { text: 'Prefers the 24-hour clock' } },
      ],
    }),
  },
};

export const RightToLeft: Story = {
  args: {
    message: message({
      id: 'a9',
      parts: [
        text('a9/0', 'القمر يجذب الجانب القريب من الأرض بقوة أكبر من جذبه لمركزها.\nولهذا يحدث المد مرتين في اليوم.'),
      ],
    }),
    author: 'المساعد',
  },
  decorators: [
    (Story) => (
      <div dir="rtl" lang="ar">
        <Story />
      </div>
    ),
  ],
};

export const LongContent: Story = {
  args: {
    message: message({ id: 'a10', parts: [text('a10/0', `Open ${'https://example.org/'.padEnd(240, 'a')} then`)] }),
  },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(MessageBubble, meta.args, {
  Answer,
  Question,
  Pending,
  Streaming,
  WaitingBetweenWords,
  Unconfirmed,
  CutShort,
  Filtered,
  Stopped,
  Interrupted,
  Failed,
  MemoryUpdated,
});

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(MessageBubble, meta.args, 'section');
