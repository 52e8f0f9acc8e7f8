import { createEvent, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  ChatInput,
  ChatInputAction,
  ChatInputAttach,
  ChatInputBar,
  ChatInputField,
  ChatInputFiles,
  ChatInputFrame,
  ChatInputNotes,
  ChatInputRoot,
  type ChatInputProps,
} from '../../../src/components.ts';
import { itConforms } from '../conformance.tsx';

const nothing = (): void => undefined;

itConforms('ChatInput', <ChatInput onSend={nothing} accept="*" maxLength={3} defaultValue="long" />, {
  slot: 'chat-input',
  tag: 'div',
});
itConforms('ChatInputRoot', <ChatInputRoot />, { slot: 'chat-input', tag: 'div' });
itConforms('ChatInputFrame', <ChatInputFrame />, { slot: 'chat-input-frame', tag: 'div' });
itConforms('ChatInputField', <ChatInputField />, { slot: 'chat-input-field', tag: 'textarea' });
itConforms('ChatInputBar', <ChatInputBar />, { slot: 'chat-input-bar', tag: 'div' });
itConforms('ChatInputFiles', <ChatInputFiles />, { slot: 'chat-input-files', tag: 'ul' });
itConforms('ChatInputAttach', <ChatInputAttach />, { slot: 'chat-input-attach', tag: 'button' });
itConforms('ChatInputAction', <ChatInputAction />, { slot: 'chat-input-action', tag: 'button' });
itConforms('ChatInputNotes', <ChatInputNotes />, { slot: 'chat-input-notes', tag: 'div' });

function setup(props: Partial<ChatInputProps> = {}) {
  const sent: { text: string; files: readonly File[] }[] = [];
  let stops = 0;
  const all = { onSend: (message: (typeof sent)[number]) => void sent.push(message), onStop: () => void (stops += 1), ...props };
  const { rerender, container } = render(<ChatInput {...all} />);
  return {
    sent,
    stops: () => stops,
    field: screen.getByRole<HTMLTextAreaElement>('textbox'),
    action: container.querySelector('[data-slot=chat-input-action]') as HTMLButtonElement,
    root: container.firstElementChild as HTMLElement,
    chooser: container.querySelector('input[type=file]') as HTMLInputElement,
    update: (more: Partial<ChatInputProps>) => rerender(<ChatInput {...all} {...more} />),
    user: userEvent.setup(),
  };
}

function file(name: string, type = 'text/plain', bytes = 3): File {
  return new File(['x'.repeat(bytes)], name, { type });
}

describe('ChatInput', () => {
  it('13: names its field beyond the placeholder', () => {
    const { field } = setup({ placeholder: 'Say it' });
    expect(field.getAttribute('aria-label')).toBe('Your message');
  });

  it('21: Enter sends, Shift+Enter breaks the line', async () => {
    const { user, field, sent } = setup();
    await user.type(field, ' one{Shift>}{Enter}{/Shift}two {Enter}');
    expect(sent).toEqual([{ text: 'one\ntwo', files: [] }]);
    expect(field.value).toBe('');
  });

  it('21: an Enter that ends a composition never sends', () => {
    const { field, sent } = setup({ defaultValue: 'にほんご' });
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(sent).toEqual([]);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent).toHaveLength(1);
  });

  it('ignores the repeats of a held Enter', () => {
    const { field, sent } = setup({ defaultValue: 'held' });
    fireEvent.keyDown(field, { key: 'Enter', repeat: true });
    expect(sent).toEqual([]);
  });

  it('sends nothing where there is nothing, and says so by aria-disabled', async () => {
    const { user, field, action, sent } = setup();
    expect(action.getAttribute('aria-disabled')).toBe('true');
    await user.type(field, '   {Enter}');
    await user.click(action);
    expect(sent).toEqual([]);
  });

  it('keeps what was written when onSend returns false', async () => {
    const { user, field } = setup({ onSend: () => false });
    await user.type(field, 'kept{Enter}');
    expect(field.value).toBe('kept');
  });

  it('keeps a draft that the caller holds', async () => {
    const drafts: string[] = [];
    const { user, field, update } = setup({ value: 'a', onValueChange: (value) => drafts.push(value) });
    await user.type(field, 'b');
    expect(drafts).toEqual(['ab']);
    expect(field.value).toBe('a');
    update({ value: 'ab', onValueChange: (value) => drafts.push(value) });
    expect(field.value).toBe('ab');
  });

  describe('while an answer is on its way', () => {
    it('20: Send and Stop are one element, and sending keeps the focus', async () => {
      const { user, field, action, update, stops } = setup({ defaultValue: 'go' });
      field.focus();
      await user.click(action);
      expect(document.activeElement).toBe(field);
      update({ busy: true });
      expect(screen.getByRole('button', { name: 'Stop' })).toBe(action);
      await user.click(action);
      expect(stops()).toBe(1);
    });

    it('does not stop by the second click of a double click, nor by a held key', () => {
      const { action, update, stops } = setup({ defaultValue: 'go' });
      fireEvent.click(action, { detail: 1 });
      update({ busy: true });
      fireEvent.click(action, { detail: 2 });
      expect(stops()).toBe(0);
      const held = createEvent.keyDown(action, { key: 'Enter', repeat: true });
      fireEvent(action, held);
      expect(held.defaultPrevented).toBe(true);
    });

    it('queues what is written: the button is Send again', async () => {
      const { user, field, action, sent, stops } = setup({ busy: true });
      await user.type(field, 'next');
      expect(action.getAttribute('aria-label')).toBe('Send');
      await user.keyboard('{Enter}');
      expect(sent).toHaveLength(1);
      expect(stops()).toBe(0);
    });

    it('refuses to send where told to, and stays Stop', async () => {
      const { user, field, action, sent } = setup({ busy: true, whenBusy: 'refuse' });
      await user.type(field, 'next{Enter}');
      expect(sent).toEqual([]);
      expect(field.value).toBe('next');
      expect(action.getAttribute('aria-label')).toBe('Stop');
    });

    it('22: Escape stops only with the focus inside, unhandled, and outside a composition', () => {
      const { field, stops } = setup({ busy: true });
      fireEvent.keyDown(document.body, { key: 'Escape' });
      expect(stops()).toBe(0);
      fireEvent.keyDown(field, { key: 'Escape', isComposing: true });
      expect(stops()).toBe(0);
      fireEvent.keyDown(field, { key: 'Escape' });
      expect(stops()).toBe(1);
    });

    it('22: leaves an Escape that the caller handled', () => {
      const { field, stops } = setup({ busy: true, onKeyDown: (event) => event.preventDefault() });
      fireEvent.keyDown(field, { key: 'Escape' });
      expect(stops()).toBe(0);
    });

    it('leaves Escape alone where nothing is to stop', () => {
      const { field } = setup();
      const event = createEvent.keyDown(field, { key: 'Escape' });
      fireEvent(field, event);
      expect(event.defaultPrevented).toBe(false);
    });
  });

  describe('with a limit', () => {
    it('tells by how much the text is too long, ties that to the field, and does not send', async () => {
      const { user, field, sent } = setup({ maxLength: 3 });
      await user.type(field, '👍👍👍');
      expect(field.getAttribute('aria-invalid')).toBeNull();
      await user.type(field, 'xy{Enter}');
      const note = screen.getByText('Too long by 2 characters');
      expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.contains(note)).toBe(true);
      expect(field.getAttribute('aria-invalid')).toBe('true');
      expect(sent).toEqual([]);
    });
  });

  describe('with files', () => {
    it('takes chosen files, sends them, and takes the same one again later', async () => {
      const { user, chooser, field, sent } = setup({ accept: '.txt' });
      await user.upload(chooser, file('a.txt'));
      expect(screen.getByText('a.txt')).toBeTruthy();
      field.focus();
      await user.keyboard('{Enter}');
      expect(sent[0]?.files.map((one) => one.name)).toEqual(['a.txt']);
      expect(screen.queryByText('a.txt')).toBeNull();
      await user.upload(chooser, file('a.txt'));
      expect(screen.getByText('a.txt')).toBeTruthy();
    });

    it('takes pasted files, and the text where a paste brings both', () => {
      const { field } = setup({ accept: '*' });
      fireEvent.paste(field, { clipboardData: { files: [file('shot.png', 'image/png')], types: ['Files'] } });
      expect(screen.getByText('shot.png')).toBeTruthy();
      fireEvent.paste(field, { clipboardData: { files: [file('cells.png', 'image/png')], types: ['text/plain', 'Files'] } });
      expect(screen.queryByText('cells.png')).toBeNull();
    });

    it('takes dropped files and shows that it would', () => {
      const { root } = setup({ accept: '*' });
      const transfer = { dataTransfer: { types: ['Files'], files: [file('dropped.txt')] } };
      fireEvent.dragEnter(root, transfer);
      expect(root.dataset['dragging']).toBe('');
      fireEvent.drop(root, transfer);
      expect('dragging' in root.dataset).toBe(false);
      expect(screen.getByText('dropped.txt')).toBeTruthy();
    });

    it('never lets a dropped file replace the page, also where it takes none', () => {
      const { root } = setup();
      const drop = createEvent.drop(root, { dataTransfer: { types: ['Files'], files: [file('x')] } });
      fireEvent(root, drop);
      expect(drop.defaultPrevented).toBe(true);
    });

    it('says which file was refused, and why', () => {
      const { root } = setup({ accept: '.txt,image/*', maxFileBytes: 2_097_152, maxFiles: 1 });
      const files = [file('a.exe', 'application/x'), file('big.txt', 'text/plain', 2_097_153), file('b.txt'), file('c.txt')];
      fireEvent.drop(root, { dataTransfer: { types: ['Files'], files } });
      expect(screen.getByText('a.exe is not a kind of file that can be attached')).toBeTruthy();
      expect(screen.getByText('big.txt is larger than 2 MB')).toBeTruthy();
      expect(screen.getByText('At most 1 files')).toBeTruthy();
      expect(screen.getByText('b.txt')).toBeTruthy();
    });

    it('removes a file, and the focus goes to the field', async () => {
      const { user, root, field } = setup({ accept: '*' });
      fireEvent.drop(root, { dataTransfer: { types: ['Files'], files: [file('a.txt')] } });
      await user.click(screen.getByRole('button', { name: 'Remove a.txt' }));
      expect(screen.queryByText('a.txt')).toBeNull();
      expect(document.activeElement).toBe(field);
    });
  });

  it('is disabled with a reason that the field refers to', () => {
    const { field } = setup({ disabled: true, disabledReason: 'Sign in to ask' });
    expect(field.disabled).toBe(true);
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Sign in to ask');
  });

  it('tells how many messages wait', () => {
    setup({ queued: 2 });
    expect(screen.getByText('2 messages waiting')).toBeTruthy();
  });
});
