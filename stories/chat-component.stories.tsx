import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import type { ComponentType } from 'react';
import { Chat, type ChatOptions, type ChatViewProps, namedEvents } from '../src/index.ts';
import { backend } from './support/backend.ts';

const protocol = namedEvents({ resumable: true });

/** With options of its own; a chat that lives elsewhere is the other way to use it. */
type Props = ChatViewProps & ChatOptions;

const meta = {
  title: 'Components/Chat',
  component: Chat as ComponentType<Props>,
  parameters: { layout: 'fullscreen' },
  decorators: [(Story) => <div style={{ blockSize: '36rem' }}>{Story()}</div>],
  args: { ...backend('named-events/chat/stream', { script: 'sources', tokensPerSecond: 400 }), protocol },
} satisfies Meta<Props>;

export default meta;
type Story = StoryObj<Props>;

const finished = (canvasElement: HTMLElement, index: number) =>
  waitFor(
    () => {
      const article = within(canvasElement).getAllByRole('article')[index] as HTMLElement;
      if (article.dataset['status'] !== 'complete') throw new Error('still answering');
      return article;
    },
    { timeout: 10_000 },
  );

/** Nothing said yet, and a few questions to begin with. */
export const Empty: Story = {
  args: { suggestions: ['Why did the answer stop?', 'What does the handbook say about proxies?'] },
};

/** From an empty page to a read answer, by keyboard alone. */
export const AskByKeyboard: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('textbox'));
    await userEvent.keyboard('Why did the answer stop?{Enter}');
    const answer = await finished(canvasElement, 1);
    await expect(within(answer).getByRole('link', { name: /Network FAQ/ })).toBeVisible();
    await expect(canvas.getByRole('textbox')).toHaveFocus();
    await expect(canvas.getByRole('textbox')).toHaveValue('');
  },
};

/** A suggestion is a question. */
export const Suggestion: Story = {
  args: Empty.args ?? {},
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /handbook/ }));
    await finished(canvasElement, 1);
  },
};

/** A long answer with everything markdown has. */
export const LongAnswer: Story = {
  args: backend('named-events/chat/stream', { script: 'markdown', tokensPerSecond: 2000 }),
  play: async ({ canvasElement }) => {
    await userEvent.type(within(canvasElement).getByRole('textbox'), 'everything{Enter}');
    await finished(canvasElement, 1);
  },
};

/** Another version of an answer, and back to the first. */
export const Regenerated: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(canvas.getByRole('textbox'), 'Again{Enter}');
    const first = await finished(canvasElement, 1);
    await userEvent.click(within(first).getByRole('button', { name: 'Answer again' }));
    await waitFor(() => expect(canvas.getAllByRole('article')[1]).not.toBe(first));
    const second = await finished(canvasElement, 1);
    await userEvent.click(within(second).getByRole('button', { name: 'Previous version' }));
    const back = await finished(canvasElement, 1);
    await expect(within(back).getByRole('group', { name: 'Version 1 of 2' })).toBeVisible();
  },
};

/** A question put in other words, in its own place. */
export const Edited: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(canvas.getByRole('textbox'), 'Frist{Enter}');
    await finished(canvasElement, 1);
    const question = canvas.getAllByRole('article')[0] as HTMLElement;
    await userEvent.click(within(question).getByRole('button', { name: 'Edit' }));
    const editor = canvas.getByRole('textbox', { name: 'Edit' });
    await userEvent.clear(editor);
    await userEvent.type(editor, 'First{Enter}');
    await finished(canvasElement, 1);
    await expect(canvas.queryByText('Frist')).toBeNull();
  },
};

/** A server that fails in the middle: what arrived stays, with a way to try again. */
export const Failed: Story = {
  args: backend('named-events/chat/stream', { script: 'failing', tokensPerSecond: 400 }),
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(canvas.getByRole('textbox'), 'tides{Enter}');
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible(), { timeout: 10_000 });
    await expect(canvas.getByText(/there are three things to know/)).toBeVisible();
  },
};
