import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactElement, useId } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { MarkdownText, MessageBubble, namedEvents, useChatStream } from '../src/index.ts';
import { backend } from './support/backend.ts';
import './support/conversation.css';

interface ConversationProps {
  /** What the simulated server answers with. */
  readonly script: string;
  readonly tokensPerSecond: number;
}

const protocol = namedEvents({ resumable: true });
const parts = { text: MarkdownText };

/** A conversation with the simulated server, over HTTP. */
function Conversation({ script, tokensPerSecond }: ConversationProps): ReactElement {
  const { messages, send, stop, isBusy } = useChatStream({
    ...backend('named-events/chat/stream', { script, tokensPerSecond }),
    protocol,
  });
  const field = useId();
  return (
    <div className="conversation">
      <div role="log" aria-live="off" aria-label="Conversation">
        {messages.map((message) => (
          <MessageBubble key={message.id} message={message} parts={parts} />
        ))}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const question = String(new FormData(form).get('question')).trim();
          if (isBusy || question === '') return;
          form.reset();
          void send(question);
        }}
      >
        <label htmlFor={field}>Your question</label>
        <input id={field} name="question" autoComplete="off" />
        {isBusy ? (
          <button type="button" onClick={stop}>
            Stop
          </button>
        ) : (
          <button type="submit">Ask</button>
        )}
      </form>
    </div>
  );
}

const meta = {
  title: 'Journeys/Chat',
  component: Conversation,
  args: { script: 'sources', tokensPerSecond: 80 },
} satisfies Meta<typeof Conversation>;

export default meta;
type Story = StoryObj<typeof meta>;

async function ask(canvasElement: HTMLElement, question: string) {
  const canvas = within(canvasElement);
  await userEvent.type(canvas.getByRole('textbox'), `${question}{Enter}`);
  return canvas;
}

/** Asks, and reads the whole answer as it streams in. */
export const AskAndRead: Story = {
  args: { tokensPerSecond: 400 },
  play: async ({ canvasElement, step }) => {
    const canvas = await ask(canvasElement, 'Why did the answer stop?');
    await step('the question stands at once', async () => {
      await expect(canvas.getByText('Why did the answer stop?')).toBeVisible();
    });
    await step('the answer ends as the server said it does', async () => {
      await waitFor(() => expect(canvas.getAllByRole('article')[1]).toHaveAttribute('data-status', 'complete'), {
        timeout: 10_000,
      });
      const answer = within(canvas.getAllByRole('article')[1] as HTMLElement);
      await expect(answer.getAllByText(/Why did the answer stop\?/)[0]).toBeVisible();
      await expect(answer.getByRole('link', { name: /Network FAQ/ })).toBeVisible();
    });
  },
};

/** A server that fails in the middle: what arrived stays. */
export const FailedMidMessage: Story = {
  args: { script: 'failing', tokensPerSecond: 400 },
  play: async ({ canvasElement }) => {
    const canvas = await ask(canvasElement, 'tides');
    await waitFor(() => expect(canvas.getAllByRole('article')[1]).toHaveAttribute('data-status', 'failed'), {
      timeout: 10_000,
    });
    await expect(canvas.getByText(/there are three things to know/)).toBeVisible();
  },
};

/** Stopping keeps the text. */
export const Stopped: Story = {
  args: { script: 'markdown', tokensPerSecond: 20 },
  play: async ({ canvasElement }) => {
    const canvas = await ask(canvasElement, 'the rest');
    const answer = await waitFor(
      () => {
        const article = canvas.getAllByRole('article')[1] as HTMLElement;
        if (article.getAttribute('data-status') !== 'streaming' || (article.textContent ?? '').length < 60)
          throw new Error('nothing to read yet');
        return article;
      },
      { timeout: 10_000 },
    );
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }));
    await expect(answer).toHaveAttribute('data-status', 'stopped');
  },
};
