// `Chat` in the hands of a reader: the keyboard alone, an input method, what is pasted and dropped, and what they hold on
// to while an answer streams. Input is the browser's own.
import { describe, expect, it, onTestFinished } from 'vitest';
import { page, server, userEvent } from 'vitest/browser';
import '../../../src/styles/styles.css';
import { openChat } from '../../support/chat-page.tsx';
import { devtools, middleOf, painted } from '../../support/devtools.ts';
import { part, text } from '../../support/messages.ts';

const focused = (): HTMLElement => document.activeElement as HTMLElement;

/** The element that shows where the focus is: the composer's frame stands for its field. */
function ringOf(element: HTMLElement): CSSStyleDeclaration {
  const frame = element.matches('textarea') ? element.closest('[data-slot=chat-input-frame]') : null;
  return getComputedStyle(frame ?? element);
}

async function tab(shift = false): Promise<string> {
  await userEvent.tab({ shift });
  const element = focused();
  expect(document.hasFocus() && element !== document.body).toBe(true);
  const { outlineStyle, outlineWidth } = ringOf(element);
  const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
  expect([name, outlineStyle, Number.parseFloat(outlineWidth) >= 2]).toEqual([name, 'solid', true]);
  const { top, bottom } = element.getBoundingClientRect();
  expect([name, bottom > 0 && top < window.innerHeight]).toEqual([name, true]);
  return name;
}

const markdown =
  'It is **tidal**: see [the tables](https://tides.example).\n\n```js\nconst tides = 2;\n```\n\nTwice a day.';

describe('Chat in a page', () => {
  it.each([360, 640, 900, 1200])('lets what is written stand on the edges of what is read, at %i px', async (width) => {
    const before = { width: window.innerWidth, height: window.innerHeight };
    onTestFinished(() => page.viewport(before.width, before.height));
    await page.viewport(width, 600);
    const { field, answer } = await openChat({}, [text('Because.', { id: 'a' })]);
    const edges = (element: Element | null) => {
      const { left, right } = element?.getBoundingClientRect() ?? { left: 0, right: 0 };
      return { left, right };
    };
    expect(edges(field.closest('[data-slot=chat-input-frame]'))).toEqual(edges(answer()));
  });
});

describe('Chat with the keyboard alone', () => {
  it('goes from a question to the copied answer, and the focus is never lost and always seen', async () => {
    const { field, accept, say, finish, transcript, attempts } = await openChat({ suggestions: ['Why?'] });
    expect([await tab(), await tab(), await tab()]).toEqual(['Conversation', 'Why?', 'Your message']);
    await userEvent.keyboard('Why{Shift>}{Enter}{/Shift}twice?{Enter}');
    await accept();
    expect(JSON.parse(String(attempts[0]?.request.body))).toMatchObject({ message: 'Why\ntwice?' });
    expect([focused(), field.value]).toEqual([field, '']);

    for (const piece of markdown.match(/[^]{1,9}/g) ?? []) {
      await say(piece);
      expect(focused()).toBe(field);
    }
    await finish();
    expect(focused()).toBe(field);
    await expect.element(page.getByText('Twice a day.')).toBeVisible();

    // Back from the composer, nearest first: what can be done about the answer, then what stands in it.
    expect([await tab(true), await tab(true)]).toEqual(['Answer again', 'Copy']);
    const copy = focused();
    expect(copy.closest('article')?.textContent).toContain('Twice a day.');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => copy.getAttribute('aria-label')).toBe('Copied');
    expect(focused()).toBe(copy);
    await tab();
    expect(await tab()).toBe('Your message');
    await userEvent.keyboard('{Control>}v{/Control}');
    await expect.poll(() => field.value).toBe(markdown);

    // And through all of the transcript, which arrows scroll.
    transcript.focus();
    const stops = [];
    while (focused() !== field) stops.push(await tab());
    expect([stops.slice(0, 3), stops.slice(-2)]).toEqual([
      ['Copy', 'Edit', 'the tables'],
      ['Answer again', 'Your message'],
    ]);
    expect(stops.slice(3, -2)).toContain('Copy code');
  });

  it('stops with Escape from wherever the focus is inside, and leaves it there', async () => {
    const { field, accept, say, chat, answer } = await openChat();
    await userEvent.click(field);
    await userEvent.keyboard('Why?{Enter}');
    await accept();
    await say('See [the tables](https://tides.example) for');
    await tab(true);
    expect(focused().textContent).toBe('the tables');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => answer().dataset['status']).toBe('stopped');
    expect(focused().textContent).toBe('the tables');
    expect(chat.getSnapshot().status).toBe('ready');
  });

  it('goes on with an answer that the server paused, in the same message, and only with the newest', async () => {
    const paused = { finishReason: 'paused' } as const;
    const { field, accept, say, finish, answer, attempts } = await openChat({}, [
      text('Why?', { id: 'q', role: 'user' }),
      text('Because', { id: 'a', ...paused }),
      text('And?', { id: 'r', role: 'user' }),
      text('Twice', { id: 'b', ...paused }),
    ]);
    await expect.poll(() => page.getByRole('button', { name: 'Continue' }).elements().length).toBe(1);
    field.focus();
    expect([await tab(true), await tab(true), await tab(true)]).toEqual(['Answer again', 'Copy', 'Continue']);
    await userEvent.keyboard('{Enter}');
    await accept();
    await say(' a day.');
    await finish();
    await expect.poll(() => answer().textContent).toContain('a day.');
    expect(answer().textContent).toContain('Twice');
    expect(attempts).toHaveLength(1);
    expect(page.getByRole('button', { name: 'Continue' }).elements()).toEqual([]);
    expect(focused()).not.toBe(document.body);
  });

  it('offers to try again or to go on under the newest answer alone, whose these would be', async () => {
    const error = { code: 'closed-early', message: 'The stream ended early.', retryable: true } as const;
    await openChat({}, [
      text('Why?', { id: 'q', role: 'user' }),
      text('Because', { id: 'a', status: 'interrupted', error }),
      text('And?', { id: 'r', role: 'user' }),
      text('Twice', { id: 'b', status: 'failed', error }),
    ]);
    await expect.poll(() => page.getByRole('button', { name: 'Try again' }).elements().length).toBe(1);
    expect(page.getByRole('button', { name: 'Continue' }).elements()).toEqual([]);
    expect(document.querySelectorAll('[data-slot=error-notice]')).toHaveLength(2);
    expect(document.querySelector('[data-slot=error-notice]')?.getAttribute('data-status')).toBe('interrupted');
  });

  it('puts a question in other words, and comes back to where it stood', async () => {
    const { accept, attempts, transcript } = await openChat({}, [
      text('Why?', { id: 'q', role: 'user' }),
      text('Because.', { id: 'a' }),
    ]);
    const edit = page.getByRole('button', { name: 'Edit' });
    (edit.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    const editor = page.getByRole('textbox', { name: 'Edit' });
    expect(focused()).toBe(editor.element());
    await userEvent.keyboard('{Escape}');
    await expect.element(editor).not.toBeInTheDocument();
    await expect.poll(() => focused().contains(edit.element())).toBe(true);
    expect(focused()).not.toBe(document.body);
    await tab();
    await tab();
    expect(focused()).toBe(edit.element());

    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard(' Twice?{Enter}');
    await accept();
    expect(JSON.parse(String(attempts[0]?.request.body))).toMatchObject({ message: 'Why? Twice?' });
    await expect.poll(() => transcript.contains(focused())).toBe(true);
  });

  it.each([
    ['a suggestion', 'Why?', []],
    ['trying again', 'Try again', [text('Why?', { role: 'user' }), text('Partly', { status: 'failed' })]],
  ])('keeps the focus in the conversation when a button is gone after it was used: %s', async (_, name, messages) => {
    const { transcript, accept } = await openChat({ suggestions: ['Why?'] }, messages);
    const button = page.getByRole('button', { name }).element() as HTMLElement;
    button.focus();
    await userEvent.keyboard('{Enter}');
    await accept();
    await expect.poll(() => button.isConnected).toBe(false);
    await expect.poll(() => transcript.contains(focused())).toBe(true);
  });
});

describe('Chat with an input method', () => {
  it('sends nothing while characters are being composed, and all of it after', async () => {
    const { field, accept, attempts } = await openChat();
    const events: string[] = [];
    for (const type of ['compositionstart', 'compositionend']) field.addEventListener(type, () => events.push(type));
    await userEvent.click(field);
    await devtools().send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
    expect([field.value, events]).toEqual(['ni hao', ['compositionstart']]);
    for (const key of ['Enter', 'Escape']) {
      // An input method takes the key: the page is told of it with the code 229.
      await devtools().send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: 229 });
      await devtools().send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: 229 });
    }
    expect(attempts).toEqual([]);
    await devtools().send('Input.insertText', { text: '你好' });
    await expect.poll(() => [field.value, events]).toEqual(['你好', ['compositionstart', 'compositionend']]);
    await userEvent.keyboard('{Enter}');
    await accept();
    expect(JSON.parse(String(attempts[0]?.request.body))).toMatchObject({ message: '你好' });
  });

  it('keeps the question that is being edited when Escape only ends a composition, and lets the answer go on', async () => {
    const { chat, accept, say } = await openChat({}, [text('Why?', { id: 'q', role: 'user' })]);
    void chat.send('More');
    await accept();
    await say('So');
    await page.getByRole('button', { name: 'Edit' }).first().click();
    const editor = page.getByRole('textbox', { name: 'Edit' });
    await devtools().send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await devtools().send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Escape', windowsVirtualKeyCode: 229 });
    await painted();
    await expect.element(editor).toBeVisible();
    expect(chat.getSnapshot().status).toBe('streaming');
    await devtools().send('Input.insertText', { text: '你' });
  });
});

describe('Chat takes what is pasted and dropped', () => {
  it('text into the question', async () => {
    const { field } = await openChat({ accept: '*' });
    await userEvent.click(field);
    await userEvent.keyboard('one\ntwo'.replace('\n', '{Shift>}{Enter}{/Shift}'));
    await userEvent.keyboard('{Control>}ac{/Control}{Control>}vv{/Control}');
    await expect.poll(() => field.value).toBe('one\ntwo'.repeat(2));
  });

  it('a picture from the clipboard as a file', async () => {
    const { field } = await openChat({ accept: 'image/*' });
    const canvas = Object.assign(document.createElement('canvas'), { width: 4, height: 4 });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    field.focus();
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob as Blob })]);
    await userEvent.keyboard('{Control>}v{/Control}');
    await expect.element(page.getByRole('group', { name: /image\.png/ })).toBeVisible();
    expect(field.value).toBe('');
  });

  async function drag(type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel', over: Element): Promise<void> {
    const { x, y } = middleOf(over);
    const data = { items: [], files: [`${server.config.root}/LICENSE`], dragOperationsMask: 1 };
    await devtools().send('Input.dispatchDragEvent', { type, x, y, data });
  }

  it.each(['the composer', 'the transcript'] as const)('a file that is dropped on %s', async (place) => {
    const { field, transcript, attempts, accept } = await openChat({ accept: '*' });
    const target = place === 'the composer' ? field : transcript;
    const composer = () => document.querySelector('[data-slot=chat-input]') as HTMLElement;
    await drag('dragEnter', target);
    await drag('dragOver', target);
    await expect.poll(() => 'dragging' in composer().dataset).toBe(true);
    await drag('drop', target);
    await expect.element(page.getByRole('group', { name: /LICENSE/ })).toBeVisible();
    expect('dragging' in composer().dataset).toBe(false);
    await userEvent.click(field);
    await userEvent.keyboard('Read it{Enter}');
    await accept();
    expect(attempts).toHaveLength(1);
    await expect.element(page.getByRole('group', { name: /LICENSE/ })).toBeVisible();
  });

  it('leaves the page where it is when a file is dropped that it does not take', async () => {
    const { transcript } = await openChat();
    let left = false;
    const leaving = () => (left = true);
    window.addEventListener('beforeunload', leaving);
    onTestFinished(() => window.removeEventListener('beforeunload', leaving));
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await drag(type, transcript);
    await painted(10);
    expect([left, page.getByRole('group', { name: /LICENSE/ }).query()]).toEqual([false, null]);
  });
});

describe('Chat while an answer streams', () => {
  it('18: keeps the focus on a link of the answer, through its end', async () => {
    const { chat, accept, say, finish } = await openChat();
    void chat.send('Why?');
    await accept();
    await say('See [the tables](https://tides.example).\n\nMore');
    const link = page.getByRole('link', { name: 'the tables' }).element() as HTMLElement;
    link.focus();
    for (let count = 0; count < 20; count += 1) await say(` and **more**\n\n`);
    expect([focused(), link.isConnected]).toEqual([link, true]);
    await finish();
    await painted();
    expect(focused()).toBe(link);
  });

  it.each(['in an older message', 'in the answer itself'])('keeps what is selected %s', async (place) => {
    const { chat, accept, say, finish, answer } = await openChat({}, [
      text('Older words', { id: 'q', role: 'user' }),
      text('An older answer', { id: 'a' }),
    ]);
    void chat.send('Why?');
    await accept();
    await say('Settled words.\n\nGrow');
    const older = page.getByText('An older answer').element();
    const within = place === 'in the answer itself' ? (answer().querySelector('p') as Element) : older;
    const words = place === 'in the answer itself' ? 'Settled words.' : 'An older answer';
    getSelection()?.selectAllChildren(within);
    for (let count = 0; count < 20; count += 1) await say(` and *more*\n\n`);
    expect(getSelection()?.toString()).toBe(words);
    await finish();
    await painted();
    expect(getSelection()?.toString()).toBe(words);
    getSelection()?.removeAllRanges();
  });

  it('keeps a selection that ends in the paragraph that grows', async () => {
    const { chat, accept, say, answer } = await openChat();
    void chat.send('Why?');
    await accept();
    await say('These words grow');
    const first = () => answer().querySelector('p')?.firstChild as Text;
    getSelection()?.setBaseAndExtent(first(), 0, first(), 11);
    for (let count = 0; count < 20; count += 1) await say(' and more');
    expect(getSelection()?.toString()).toBe('These words');
    getSelection()?.removeAllRanges();
  });

  it('selects with the mouse in the paragraph that grows', async () => {
    const { chat, accept, say, answer } = await openChat();
    void chat.send('Why?');
    await accept();
    await say('These words grow');
    await painted();
    const paragraph = answer().querySelector('p') as Element;
    const at = (offset: number) => {
      const range = document.createRange();
      range.setStart(paragraph.firstChild as Text, offset);
      range.setEnd(paragraph.firstChild as Text, offset);
      return middleOf(range);
    };
    const mouse = async (type: string, offset: number): Promise<void> => {
      const { x, y } = at(offset);
      await devtools().send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
    };
    await mouse('mousePressed', 6);
    for (const offset of [8, 9, 10, 11]) {
      await say(' and more');
      await mouse('mouseMoved', offset);
    }
    await say(' and more');
    await mouse('mouseReleased', 11);
    expect(getSelection()?.toString()).toBe('words');
    getSelection()?.removeAllRanges();
  });

  it('keeps a tool that the reader opened open, with the focus on it', async () => {
    const tool = part('tool', { id: 't', name: 'tides', args: { port: 'Brest' }, status: 'complete', result: 'high' });
    const { chat, accept, say } = await openChat({}, [text('x', { id: 'a', parts: [tool] })]);
    const trigger = page.getByRole('button', { name: /tides/ }).element() as HTMLElement;
    trigger.focus();
    await userEvent.keyboard('{Enter}');
    void chat.send('Why?');
    await accept();
    for (let count = 0; count < 5; count += 1) await say('More. ');
    expect([focused(), trigger.getAttribute('aria-expanded')]).toEqual([trigger, 'true']);
  });
});
