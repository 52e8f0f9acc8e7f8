import type { Meta, StoryObj } from '@storybook/react-vite';
import 'katex/dist/katex.min.css';
import { expect, fn, waitFor } from 'storybook/test';
import { highlight } from '../src/highlight.ts';
import { MarkdownText, MessageBubble, StreamingMarkdown } from '../src/index.ts';
import { math } from '../src/math.ts';
import { mermaid } from '../src/mermaid.ts';
import {
  arabic,
  chinese,
  chineseCode,
  cited,
  diagrams,
  everything,
  formulas,
  highlighted,
  longCode,
  wideTable,
} from './support/markdown-samples.ts';
import { message, sources, text } from './support/samples.ts';

/** A library is loaded when its plugin is first shown. */
const loading = { timeout: 30_000 };

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

export const Highlighted: Story = {
  args: { children: highlighted, plugins: [highlight()] },
  play: async ({ canvasElement }) => {
    const keywords = () => [...canvasElement.querySelectorAll('.rv-code-keyword')].map((each) => each.textContent);
    await waitFor(() => expect(keywords()).toContain('const'), loading);
    await waitFor(() => expect(canvasElement.querySelectorAll('.rv-code-deleted')).not.toHaveLength(0), loading);
  },
};

/** The line that is being written has its colours too. */
export const HighlightedStreaming: Story = {
  args: { children: highlighted.slice(0, 330), streaming: true, caret: true, plugins: [highlight()] },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('.rv-code-comment')).not.toBeNull(), loading);
  },
};

export const Formulas: Story = {
  args: { children: formulas, plugins: [math()] },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.katex')).toHaveLength(5), loading);
    await expect(canvasElement).toHaveTextContent('A tide table costs $5, a good one $10.');
  },
};

/** What is not closed shows its source. */
export const FormulaStreaming: Story = {
  args: { children: formulas.slice(0, 66), streaming: true, plugins: [math()] },
  play: async ({ canvasElement }) => {
    await expect(canvasElement.querySelector('.math-open')).toHaveTextContent('F = G\\frac{m_1');
    await expect(canvasElement).not.toHaveTextContent('$');
  },
};

export const Diagrams: Story = {
  args: { children: diagrams, plugins: [mermaid(), highlight()] },
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('[role=img]')).toHaveLength(2), loading);
    await expect(canvas.getByRole('img', { name: 'From the Moon to the tide table' })).toBeVisible();
    await expect(canvas.getByRole('group', { name: 'Code, mermaid' })).toHaveTextContent('moon[Moon -->');
  },
};

export const DiagramWithCode: Story = {
  args: { children: diagrams.slice(0, diagrams.indexOf('And who')), plugins: [mermaid()] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Show code' }, loading));
    await expect(canvas.getByRole('group', { name: 'Code, mermaid' })).toBeVisible();
  },
};

/** Nothing is fetched before the reader asks for it. */
export const ImageOnAClick: Story = {
  args: {
    children: 'Low water, seen from the pier:\n\n![The harbour at low water](https://images.example.net/harbour.jpg)',
    allowImages: 'click',
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByRole('button', { name: 'Load image' })).toBeVisible();
    await expect(canvasElement.querySelector('img')).toBeNull();
  },
};

/** `[1]` leads to its source; pointing at one of them highlights the other. */
export const Citations: Story = {
  render: () => (
    <MessageBubble
      message={message({ id: 'm2', role: 'assistant', parts: [text('m2/0', cited), ...sources.slice(0, 3)] })}
      parts={{ text: MarkdownText }}
    />
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    const [first] = canvas.getAllByRole('link', { name: /^Source 1: / });
    await expect(first).toHaveAttribute('href', sources[0]?.url);
    await userEvent.hover(first as HTMLElement);
    await expect(canvasElement.querySelectorAll('[data-highlighted]')).toHaveLength(2);
    await userEvent.unhover(first as HTMLElement);
    await expect(canvasElement).toHaveTextContent('stays text [9], and so does [1] in code');
  },
};

export const CitationFollowed: Story = {
  args: { children: cited, sources: sources.slice(0, 3), onCitation: fn() },
  play: async ({ args, canvas, canvasElement, userEvent }) => {
    canvasElement.addEventListener('click', (event) => event.preventDefault());
    const [link] = canvas.getAllByRole('link', { name: /^Source 2: / });
    await userEvent.click(link as HTMLElement);
    await expect(args.onCitation).toHaveBeenCalledWith(sources[1], 2);
  },
};

export const ChineseWithPlugins: Story = {
  args: { children: chineseCode, plugins: [highlight(), math()] },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.katex')).toHaveLength(2), loading);
    await expect(canvasElement).toHaveTextContent('价格为 $5 的潮汐表');
    await waitFor(() => expect(canvasElement.querySelector('.rv-code-comment')).not.toBeNull(), loading);
  },
};

export const ArabicWithPlugins: Story = {
  args: { children: `${arabic}\nالقانون هو $F = ma$، والسعر $5.\n`, plugins: [highlight(), math()] },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.katex')).toHaveLength(1), loading);
  },
};
