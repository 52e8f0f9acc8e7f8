// The ways of a reader through a conversation, told once, in the words that every user interface of the kit uses: the
// components and the hooks alone are put to the same.
import { expect, userEvent, waitFor, within } from 'storybook/test';
import type { StoryChatOptions } from './use-story-chat.ts';

export interface Journey {
  readonly stream: StoryChatOptions;
  play(canvasElement: HTMLElement): Promise<void>;
}

const patience = { timeout: 10_000 };

type Canvas = ReturnType<typeof within> & { readonly element: HTMLElement };

function look(element: HTMLElement): Canvas {
  return { ...within(element), element };
}

/** By its element: what is waited for is looked for at every change of the page, and roles are slow to find. */
function article({ element }: Canvas, index: number): HTMLElement {
  const found = element.querySelectorAll('article')[index];
  if (found === undefined) throw new Error(`There are not ${index + 1} messages`);
  return found;
}

/** The answer, once it is in that state. */
function answerThat(canvas: Canvas, status: string, index = 1): Promise<HTMLElement> {
  return waitFor(() => {
    const element = article(canvas, index);
    if (element.dataset['status'] !== status) throw new Error(`It is ${String(element.dataset['status'])}`);
    return element;
  }, patience);
}

/** Once there is enough of it to read. */
function answerLonger(canvas: Canvas, characters: number): Promise<HTMLElement> {
  return waitFor(() => {
    const element = article(canvas, 1);
    if ((element.textContent ?? '').length < characters) throw new Error('Nothing to read yet');
    return element;
  }, patience);
}

async function ask(canvas: Canvas, question: string): Promise<void> {
  const field = canvas.getByRole('textbox', { name: 'Your message' });
  await userEvent.click(field);
  await userEvent.paste(question);
  await userEvent.keyboard('{Enter}');
}

const sources = { question: 'Why did it stop?', script: 'sources' } as const;

export const firstMessage: Journey = {
  stream: { ...sources, tokensPerSecond: 400 },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'Why did it stop?');
    await expect(within(article(canvas, 0)).getByText('Why did it stop?')).toBeVisible();
    const answer = await answerThat(canvas, 'complete');
    await expect(answer).toHaveTextContent('On “Why did it stop?”, the handbook is clear');
    await expect(within(answer).getByRole('link', { name: /^Network FAQ/ })).toBeVisible();
  },
};

export const readingAbove: Journey = {
  stream: { question: 'everything', script: 'burst', length: 6_000, tokensPerSecond: 600 },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'everything');
    await answerLonger(canvas, 1_800);
    const viewport = canvas.getByRole('region', { name: 'Conversation' });
    await waitFor(() => expect(viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop).toBeLessThan(25));
    await userEvent.pointer({ target: viewport });
    viewport.scrollTo({ top: 0, behavior: 'instant' });
    const jump = await waitFor(() => {
      const names = [...element.querySelectorAll('button')].map((one) => one.ariaLabel ?? one.textContent ?? '');
      const place = names.findIndex((name) => name.startsWith('Jump to the latest message'));
      if (place < 0) throw new Error('There is no way back to the end');
      return element.querySelectorAll('button')[place] as HTMLElement;
    }, patience);
    const height = viewport.scrollHeight;
    await waitFor(() => expect(viewport.scrollHeight).toBeGreaterThan(height), patience);
    await expect(viewport.scrollTop).toBe(0);
    await userEvent.click(jump);
    await waitFor(
      () => expect(viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop).toBeLessThan(25),
      patience,
    );
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }));
  },
};

export const stopAndRetry: Journey = {
  stream: { ...sources, tokensPerSecond: 60 },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'Why did it stop?');
    await waitFor(() => expect(article(canvas, 1)).toHaveTextContent(/On “Why did/), patience);
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }));
    const stopped = await answerThat(canvas, 'stopped');
    await expect(stopped).toHaveTextContent(/On “Why did/);
    await userEvent.click(within(stopped).getByRole('button', { name: 'Answer again' }));
    await expect(await answerThat(canvas, 'streaming')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }));
  },
};

export const offlineAndResumed: Journey = {
  stream: { ...sources, tokensPerSecond: 120, faults: [{ type: 'cut', at: 1_600, end: 'fin' }] },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'Why did it stop?');
    await answerLonger(canvas, 20);
    window.dispatchEvent(new Event('offline'));
    try {
      await canvas.findAllByText(/You are offline/, {}, patience);
    } finally {
      window.dispatchEvent(new Event('online'));
    }
    const answer = await answerThat(canvas, 'complete');
    await expect(answer).toHaveTextContent(
      /the handbook is clear: an answer is finished only when a record says so.*What went wrong in the past is described in incident 12/,
    );
    await expect(answer.textContent?.split('is clear:')).toHaveLength(2);
  },
};

export const busyServer: Journey = {
  stream: { ...sources, tokensPerSecond: 400, faults: [{ type: 'status', status: 503, retryAfter: '30' }] },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'Why did it stop?');
    const again = await canvas.findByRole('button', { name: 'Try now' }, patience);
    await expect(canvas.getAllByText(/The server is busy/)).not.toHaveLength(0);
    await userEvent.click(again);
    await answerThat(canvas, 'complete');
  },
};

export const toolApproval: Journey = {
  stream: { question: 'Tell them', script: 'approval', protocol: 'ai-sdk', tokensPerSecond: 400 },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'Tell them');
    const allow = await canvas.findByRole('button', { name: 'Allow' }, patience);
    await expect(canvas.queryByText('It is sent.')).toBeNull();
    await userEvent.click(allow);
    await expect(await canvas.findByText('It is sent.', {}, patience)).toBeVisible();
  },
};

export const editAndBranch: Journey = {
  stream: { question: 'Frist', script: 'greeting', tokensPerSecond: 400 },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'Frist');
    await answerThat(canvas, 'complete');
    await userEvent.click(within(article(canvas, 0)).getByRole('button', { name: 'Edit' }));
    const editor = canvas.getByRole('textbox', { name: 'Edit' });
    await userEvent.clear(editor);
    await userEvent.type(editor, 'First{Enter}');
    await waitFor(() => expect(article(canvas, 1)).toHaveTextContent(/You said: “First”/), patience);
    await answerThat(canvas, 'complete');
    await expect(canvas.queryByText('Frist')).toBeNull();
    await userEvent.click(within(article(canvas, 0)).getByRole('button', { name: 'Previous version' }));
    await expect(article(canvas, 1)).toHaveTextContent(/You said: “Frist”/);
  },
};

export const reloadAndResumed: Journey = {
  stream: { ...sources, tokensPerSecond: 100 },
  async play(element) {
    const canvas = look(element);
    await ask(canvas, 'Why did it stop?');
    await answerLonger(canvas, 60);
    await userEvent.click(canvas.getByRole('button', { name: 'Reload the page' }));
    const answer = await answerThat(canvas, 'complete');
    await expect(answer).toHaveTextContent(/What went wrong in the past is described in incident 12/);
    await expect(answer.textContent?.split('is clear:')).toHaveLength(2);
    await expect(canvas.getAllByRole('article')).toHaveLength(2);
  },
};

/** Each format in turn, by the switch. Some cannot say that an answer is whole. */
export const everyProtocol: Journey = {
  stream: { question: 'Hello', script: 'greeting', tokensPerSecond: 2_000 },
  async play(element) {
    const canvas = look(element);
    const choice = canvas.getByRole('combobox', { name: 'Protocol' });
    for (const option of [...choice.querySelectorAll('option')]) {
      await userEvent.selectOptions(choice, option);
      await ask(canvas, `Hello, ${option.text}`);
      const answer = await waitFor(() => {
        const last = article(canvas, 1);
        if (!['complete', 'unconfirmed'].includes(last.dataset['status'] ?? '')) throw new Error('Still answering');
        return last;
      }, patience);
      await expect(answer).toHaveTextContent(`You said: “Hello, ${option.text}”. How can I help?`);
    }
  },
};
