'use client';
// What is being written: the text, its files, whether it may be sent, and which of Send and Stop the one button is.
import {
  useEffect,
  useRef,
  useState,
  type ButtonHTMLAttributes,
  type ChangeEvent,
  type ClipboardEvent,
  type DragEvent,
  type InputHTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type RefCallback,
  type TextareaHTMLAttributes,
} from 'react';

export interface ComposedMessage {
  readonly text: string;
  readonly files: readonly File[];
}

/** Why a file was not taken. */
export interface FileProblem {
  readonly name: string;
  readonly reason: 'too-large' | 'too-many' | 'type';
}

export interface UseComposerOptions {
  /** Called with the trimmed text and the files. Both are emptied then, unless it returns `false`. */
  readonly onSend: (message: ComposedMessage) => unknown;
  /** Needed for the button to become Stop. */
  readonly onStop?: (() => void) | undefined;
  /** Whether an answer is on its way. */
  readonly busy?: boolean;
  /** What sending does meanwhile. `refuse`: nothing, the button is Stop. Else `onSend` is called as ever. Default `queue`. */
  readonly whenBusy?: 'queue' | 'interrupt' | 'refuse';
  readonly disabled?: boolean;
  /** The text, where you keep it: a draft that outlives the page. */
  readonly value?: string | undefined;
  readonly defaultValue?: string;
  readonly onValueChange?: ((value: string) => void) | undefined;
  /** In characters as the reader counts them, near enough: code points. */
  readonly maxLength?: number | undefined;
  /** As the `accept` attribute, or `*` for any file. Default: no file is taken. */
  readonly accept?: string | undefined;
  readonly maxFiles?: number;
  readonly maxFileBytes?: number;
}

/** What of an event is looked at: React's, or one that a listener of your own was given. */
export type ComposerDragEvent = Pick<DragEvent, 'dataTransfer' | 'preventDefault'>;

export interface UseComposerResult {
  readonly value: string;
  setValue(value: string): void;
  readonly files: readonly File[];
  addFiles(files: Iterable<File>): void;
  removeFile(file: File): void;
  /** Files refused by the last attempt to add some. */
  readonly problems: readonly FileProblem[];
  /** By how many characters the text is too long; 0 where it is not. */
  readonly excess: number;
  /** What the button does now. */
  readonly action: 'send' | 'stop';
  readonly canSend: boolean;
  /** A file is being dragged over it. */
  readonly dragging: boolean;
  send(): void;
  /** For the element around it all: files dropped on it, and Escape, which stops. */
  getRootProps(): {
    onDragEnter(event: ComposerDragEvent): void;
    onDragOver(event: ComposerDragEvent): void;
    onDragLeave(event: ComposerDragEvent): void;
    onDrop(event: ComposerDragEvent): void;
    onKeyDown(event: KeyboardEvent): void;
  };
  getInputProps(): Pick<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'disabled' | 'rows'> & {
    readonly ref: RefCallback<HTMLTextAreaElement>;
    onChange(event: ChangeEvent<HTMLTextAreaElement>): void;
    onKeyDown(event: KeyboardEvent): void;
    onPaste(event: ClipboardEvent): void;
  };
  /** For the one button that is both Send and Stop. It never takes the focus from the text. */
  getActionProps(): Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
    readonly 'aria-disabled': boolean | undefined;
    onClick(event: MouseEvent): void;
    onMouseDown(event: MouseEvent): void;
    onKeyDown(event: KeyboardEvent): void;
  };
  /** For a hidden file input, which a visible button clicks. */
  getFileInputProps(): InputHTMLAttributes<HTMLInputElement>;
}

export function useComposer(options: UseComposerOptions): UseComposerResult {
  const {
    onSend,
    onStop,
    busy = false,
    whenBusy = 'queue',
    disabled = false,
    value: givenValue,
    defaultValue = '',
    onValueChange,
    maxLength,
    accept,
    maxFiles = 10,
    maxFileBytes = 20 * 1024 * 1024,
  } = options;
  const [ownValue, setOwnValue] = useState(defaultValue);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [problems, setProblems] = useState<readonly FileProblem[]>([]);
  const [dragging, setDragging] = useState(false);
  const dragDepth = useRef(0);
  const value = givenValue ?? ownValue;
  const excess = maxLength === undefined ? 0 : Math.max(0, countCharacters(value) - maxLength);
  const empty = value.trim() === '' && files.length === 0;
  const action = busy && onStop !== undefined && (empty || whenBusy === 'refuse') ? 'stop' : 'send';
  const canSend = !disabled && !empty && excess === 0 && !(busy && whenBusy === 'refuse');

  const setValue = (next: string): void => {
    setOwnValue(next);
    onValueChange?.(next);
  };

  const send = (): void => {
    if (!canSend) return;
    if (onSend({ text: value.trim(), files }) === false) return;
    setValue('');
    setFiles([]);
    setProblems([]);
  };

  const addFiles = (added: Iterable<File>): void => {
    if (disabled || accept === undefined) return;
    const taken = [...files];
    const refused: FileProblem[] = [];
    for (const file of added) {
      if (taken.some((one) => isSameFile(one, file))) continue;
      if (!accepts(accept, file)) refused.push({ name: file.name, reason: 'type' });
      else if (file.size > maxFileBytes) refused.push({ name: file.name, reason: 'too-large' });
      else if (taken.length >= maxFiles) refused.push({ name: file.name, reason: 'too-many' });
      else taken.push(file);
    }
    setFiles(taken);
    setProblems(refused);
  };

  const removeFile = (file: File): void => {
    setFiles((before) => before.filter((one) => one !== file));
    setProblems([]);
  };

  const input = useGrowingInput(value);

  return {
    value,
    setValue,
    files,
    addFiles,
    removeFile,
    problems,
    excess,
    action,
    canSend,
    dragging,
    send,
    getRootProps: () => ({
      onDragEnter(event) {
        if (!bringsFiles(event) || accept === undefined) return;
        dragDepth.current += 1;
        setDragging(true);
      },
      onDragOver(event) {
        // Without this the browser would open the file in place of the page.
        if (bringsFiles(event)) event.preventDefault();
      },
      onDragLeave(event) {
        if (!bringsFiles(event)) return;
        dragDepth.current = Math.max(0, dragDepth.current - 1);
        if (dragDepth.current === 0) setDragging(false);
      },
      onDrop(event) {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        dragDepth.current = 0;
        setDragging(false);
        addFiles(event.dataTransfer.files);
      },
      onKeyDown(event) {
        if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
        if (!busy || onStop === undefined) return;
        event.preventDefault();
        onStop();
      },
    }),
    getInputProps: () => ({
      ref: input,
      value,
      disabled,
      rows: 1,
      onChange(event) {
        setValue(event.target.value);
      },
      onKeyDown(event) {
        if (event.key !== 'Enter' || event.shiftKey || isComposing(event) || event.defaultPrevented) return;
        event.preventDefault();
        if (!event.repeat) send();
      },
      onPaste(event) {
        const { files: pasted, types } = event.clipboardData;
        // Spreadsheets put a picture of the cells beside their text: the text is what was meant.
        if (pasted.length === 0 || types.includes('text/plain') || accept === undefined) return;
        event.preventDefault();
        addFiles(pasted);
      },
    }),
    getActionProps: () => ({
      type: 'button',
      'aria-disabled': action === 'send' && !canSend ? true : undefined,
      onClick(event) {
        // The second click of a double click would stop what the first one sent.
        if (event.detail > 1) return;
        if (action === 'stop') onStop?.();
        else send();
      },
      onMouseDown(event) {
        event.preventDefault();
      },
      onKeyDown(event) {
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
      },
    }),
    getFileInputProps: () => ({
      type: 'file',
      multiple: maxFiles > 1,
      accept: accept === '*' ? undefined : accept,
      disabled,
      onChange(event: ChangeEvent<HTMLInputElement>) {
        addFiles(event.target.files ?? []);
        // The same file may be chosen again after it was removed.
        event.target.value = '';
      },
    }),
  };
}

/** An Enter that ends a composition belongs to the input method. Safari ends it before the key: only the code 229 is left. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** Dropped or pasted twice. */
function isSameFile(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

function bringsFiles(event: ComposerDragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

/** Characters as a reader counts them: an emoji outside the basic plane is one, not two. */
function countCharacters(text: string): number {
  return Array.from(text).length;
}

function accepts(accept: string, file: File): boolean {
  const name = file.name.toLowerCase();
  return accept
    .toLowerCase()
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .some((rule) => {
      if (rule === '*' || rule === '*/*') return true;
      if (rule.startsWith('.')) return name.endsWith(rule);
      if (rule.endsWith('/*')) return file.type.startsWith(rule.slice(0, -1));
      return file.type === rule;
    });
}

/** Grows with its text where style sheets cannot make it (`field-sizing`). Set by script, so no content policy minds. */
function useGrowingInput(value: string): RefCallback<HTMLTextAreaElement> {
  const [input, setInput] = useState<HTMLTextAreaElement | null>(null);
  useEffect(() => {
    if (input !== null) fitHeight(input);
  }, [input, value]);
  return setInput;
}

function fitHeight(input: HTMLTextAreaElement): void {
  if (typeof CSS === 'undefined' || CSS.supports('field-sizing', 'content')) return;
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}
