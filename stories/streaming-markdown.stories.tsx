import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { MarkdownText, MessageBubble, StreamingMarkdown } from '../src/index.ts';
import { arabic, chinese, everything, longCode, wideTable } from './support/markdown-samples.ts';
import { message, text } from './support/samples.ts';

const meta = {
  title: 'Components/StreamingMarkdown',
  component: StreamingMarkdown,
  args: { children: everything },
} satisfies Meta<typeof StreamingMarkdown>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Everything: Story = {
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('checkbox', { name: 'Done' })).toBeChecked();
    await expect(canvas.getByText(/images\.example\.net/)).toBeVisible();
  },
};

/** Unfinished syntax is held back: no lone asterisk, no half link. */
export const Streaming: Story = {
  args: {
    children: '## What to bring\n\nA tide table, boots, and **somebody who knows the w',
    streaming: true,
    caret: true,
  },
  play: async ({ canvasElement }) => expect(canvasElement).not.toHaveTextContent('*'),
};

export const StreamingList: Story = {
  args: { children: '1. Read the time of low water.\n2. Subtract two ho', streaming: true, caret: true },
};

export const StreamingCode: Story = {
  args: { children: '```ts\nconst lunarDay = 24 + 50 / 60;\nexport const next = (hi', streaming: true, caret: true },
};

export const LongCode: Story = {
  args: { children: longCode },
  play: async ({ canvas, canvasElement, userEvent }) => {
    const more = canvas.getByRole('button', { expanded: false });
    await expect(canvasElement.querySelector('pre')?.clientHeight).toBeLessThan(500);
    await userEvent.click(more);
    await expect(canvasElement.querySelector('pre')?.clientHeight).toBeGreaterThan(5_000);
    await userEvent.click(canvas.getByRole('button', { expanded: true }));
  },
};

/** The table scrolls, not the page. */
export const WideTable: Story = {
  args: { children: wideTable },
  play: async ({ canvas, canvasElement }) => {
    const scroller = canvas.getByRole('group', { name: 'Table' });
    await expect(scroller.scrollWidth).toBeGreaterThan(scroller.clientWidth);
    await expect(canvasElement.scrollWidth).toBe(canvasElement.clientWidth);
  },
};

export const Chinese: Story = { args: { children: chinese } };

export const Arabic: Story = { args: { children: arabic } };

export const Empty: Story = { args: { children: '', streaming: true, caret: true } };

/** As tall as its words: the first and last element bring no margin of their own. */
export const InABubble: Story = {
  render: () => (
    <MessageBubble
      message={message({ id: 'm1', role: 'user', parts: [text('m1/0', 'Is `nextHigh()` right for **Brest**?')] })}
      parts={{ text: MarkdownText }}
    />
  ),
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('[data-slot=streaming-markdown]');
    const line = root?.querySelector('p');
    await expect(root?.clientHeight).toBe(line?.clientHeight);
  },
};
