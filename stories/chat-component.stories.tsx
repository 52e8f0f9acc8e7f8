import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { live } from './support/live.ts';
import { StoryChat } from './support/story-chat.tsx';

const meta = {
  title: 'Components/Chat',
  component: StoryChat,
  parameters: { layout: 'fullscreen' },
  decorators: [(Story) => <div style={{ blockSize: '36rem' }}>{Story()}</div>],
  args: { stream: { question: 'Why did the answer stop?', script: 'sources', tokensPerSecond: 400 } },
} satisfies Meta<typeof StoryChat>;

export default meta;
type Story = StoryObj<typeof meta>;

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
  play: live(async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('textbox'));
    await userEvent.keyboard('Why did the answer stop?{Enter}');
    const answer = await finished(canvasElement, 1);
    await expect(within(answer).getByRole('link', { name: /^Network FAQ/ })).toBeVisible();
    await expect(canvas.getByRole('textbox')).toHaveFocus();
    await expect(canvas.getByRole('textbox')).toHaveValue('');
  }),
};

/** A suggestion is a question. */
export const Suggestion: Story = {
  args: Empty.args ?? {},
  play: live(async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: /handbook/ }));
    await finished(canvasElement, 1);
  }),
};

/** A long answer with everything markdown has. */
export const LongContent: Story = {
  args: { stream: { question: 'everything', script: 'markdown', tokensPerSecond: 2000 } },
  play: live(async ({ canvasElement }) => {
    await userEvent.type(within(canvasElement).getByRole('textbox'), 'everything{Enter}');
    await finished(canvasElement, 1);
  }),
};

/** A server that fails in the middle: what arrived stays, with a way to try again. */
export const Failed: Story = {
  args: { stream: { question: 'tides', script: 'failing', tokensPerSecond: 400 } },
  play: live(async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(canvas.getByRole('textbox'), 'tides{Enter}');
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible(), { timeout: 10_000 });
    await expect(canvas.getByText(/there are three things to know/)).toBeVisible();
  }),
};
