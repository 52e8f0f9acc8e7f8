'use client';
// Where the reader writes: grows with the text, takes files, and has one button that sends or stops.
import { forwardRef, useEffect, useId, useRef, type ReactElement } from 'react';
import {
  useComposer,
  type ComposerDragEvent,
  type FileProblem,
  type UseComposerOptions,
  type UseComposerResult,
} from '../../hooks/use-composer.ts';
import { useLatest } from '../../hooks/use-latest.ts';
import { composerTexts } from '../../labels/texts.ts';
import { Attachment } from '../attachment/attachment.tsx';
import { present } from '../internal/data-attributes.ts';
import { chain, useJoinedRef, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption, type Wording } from '../internal/labels-context.tsx';
import {
  ChatInputAction,
  ChatInputAttach,
  ChatInputBar,
  ChatInputField,
  ChatInputFiles,
  ChatInputFrame,
  ChatInputNotes,
  ChatInputRoot,
} from './chat-input-parts.tsx';

export interface ChatInputProps
  extends Omit<SlotProps<'div'>, 'children' | 'onChange' | 'defaultValue'>, LabelsOption, UseComposerOptions {
  /** Default: from the labels. It is never the only name of the field. */
  readonly placeholder?: string;
  /** Why nothing can be sent now; shown below, and tied to the field. */
  readonly disabledReason?: string | undefined;
  /** How many messages wait to be sent. */
  readonly queued?: number;
  /** Names the field. Default: from the labels. */
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** Where files may be dropped, such as the whole conversation. Default: on the input itself. */
  readonly dropTarget?: HTMLElement | null | undefined;
}

export const ChatInput: SlotComponent<ChatInputProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  ChatInputProps
>(function ChatInput(props, ref) {
  const {
    onSend,
    onStop,
    busy = false,
    whenBusy,
    disabled = false,
    value,
    defaultValue,
    onValueChange,
    maxLength,
    accept,
    maxFiles = 10,
    maxFileBytes = 20 * 1024 * 1024,
    placeholder,
    disabledReason,
    queued = 0,
    label,
    autoFocus,
    dropTarget,
    labels,
    locale,
    onKeyDown,
    onDragEnter,
    onDragOver,
    onDragLeave,
    onDrop,
    ...rest
  } = props;
  const wording = useWording(composerTexts, { labels, locale });
  const { say } = wording;
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // React gives the focus, and browsers put the caret before what is written already.
    if (autoFocus === true && field.current !== null) field.current.selectionStart = field.current.value.length;
  }, [autoFocus]);
  const composer = useComposer({
    onSend,
    onStop,
    busy,
    disabled,
    value,
    onValueChange,
    maxLength,
    accept,
    maxFiles,
    maxFileBytes,
    ...(whenBusy !== undefined && { whenBusy }),
    ...(defaultValue !== undefined && { defaultValue }),
  });
  const root = composer.getRootProps();
  useDropTarget(dropTarget, root);
  const own = dropTarget ? ignored : root;
  const input = composer.getInputProps();
  const fieldRef = useJoinedRef<HTMLTextAreaElement>(input.ref, field);
  const notes = notesOf(
    composer.problems,
    composer.excess,
    { maxFiles, maxFileBytes, queued, disabledReason },
    wording,
  );
  return (
    <ChatInputRoot
      {...rest}
      ref={ref}
      onKeyDown={chain(onKeyDown, root.onKeyDown)}
      onDragEnter={chain(onDragEnter, own.onDragEnter)}
      onDragOver={chain(onDragOver, own.onDragOver)}
      onDragLeave={chain(onDragLeave, own.onDragLeave)}
      onDrop={chain(onDrop, own.onDrop)}
      data-status={disabled ? 'disabled' : busy ? 'streaming' : 'ready'}
      data-streaming={present(busy)}
      data-dragging={present(composer.dragging)}
    >
      <ChatInputFrame
        onPointerDown={(event) => {
          // The frame looks like the field, so pressing it anywhere writes there.
          if (event.target === event.currentTarget) {
            event.preventDefault();
            field.current?.focus();
          }
        }}
      >
        {composer.files.length > 0 && (
          <ChatInputFiles>
            {composer.files.map((file) => (
              <li className="rv" key={`${file.name} ${file.size} ${file.lastModified}`}>
                <Attachment
                  file={{ name: file.name, mediaType: file.type, size: file.size }}
                  labels={labels}
                  locale={locale}
                  onRemove={() => {
                    composer.removeFile(file);
                    field.current?.focus();
                  }}
                />
              </li>
            ))}
          </ChatInputFiles>
        )}
        <ChatInputField
          {...input}
          ref={fieldRef}
          autoFocus={autoFocus}
          aria-label={label ?? say('composer')}
          aria-describedby={notes.length > 0 ? id : undefined}
          aria-invalid={composer.excess > 0 || undefined}
          placeholder={placeholder ?? say('composerPlaceholder')}
        />
        <ChatInputBar>
          {accept !== undefined && (
            <>
              <input
                {...composer.getFileInputProps()}
                ref={chooser}
                className="rv rv-visually-hidden"
                tabIndex={-1}
                aria-hidden="true"
              />
              <ChatInputAttach
                aria-label={say('attach')}
                title={say('attach')}
                disabled={disabled}
                onClick={() => chooser.current?.click()}
              >
                <Icon name="attach" />
              </ChatInputAttach>
            </>
          )}
          <ChatInputAction
            {...composer.getActionProps()}
            aria-label={say(composer.action)}
            title={say(composer.action)}
            data-action={composer.action}
          >
            <Icon name={composer.action === 'send' ? 'arrowUp' : 'stop'} />
          </ChatInputAction>
        </ChatInputBar>
      </ChatInputFrame>
      {notes.length > 0 && (
        <ChatInputNotes id={id}>
          {notes.map((note) => (
            <Note key={note.text} {...note} />
          ))}
        </ChatInputNotes>
      )}
    </ChatInputRoot>
  );
});

type DropHandlers = Pick<ReturnType<UseComposerResult['getRootProps']>, (typeof dropEvents)[number]>;

const dropEvents = ['onDragEnter', 'onDragOver', 'onDragLeave', 'onDrop'] as const;
const nothing = (): void => undefined;
/** Where another element takes what is dropped, which this one is inside of. */
const ignored: DropHandlers = { onDragEnter: nothing, onDragOver: nothing, onDragLeave: nothing, onDrop: nothing };

/** The composer's handlers on an element that is not its own. */
function useDropTarget(target: HTMLElement | null | undefined, handlers: DropHandlers): void {
  const latest = useLatest(handlers);
  useEffect(() => {
    if (!target) return;
    const listening = new AbortController();
    for (const name of dropEvents) {
      target.addEventListener(
        name.slice(2).toLowerCase(),
        (event) => {
          if (!event.defaultPrevented) latest()[name](event as unknown as ComposerDragEvent);
        },
        { signal: listening.signal },
      );
    }
    return () => listening.abort();
  }, [target, latest]);
}

interface NoteProps {
  readonly text: string;
  readonly problem: boolean;
}

function Note({ text, problem }: NoteProps): ReactElement {
  return (
    <span className="rv rv-chat-input-note" data-status={problem ? 'failed' : undefined}>
      {problem && <Icon name="warning" />}
      {text}
    </span>
  );
}

interface Limits {
  readonly maxFiles: number;
  readonly maxFileBytes: number;
  readonly queued: number;
  readonly disabledReason: string | undefined;
}

function notesOf(
  problems: readonly FileProblem[],
  excess: number,
  limits: Limits,
  wording: Wording<keyof typeof composerTexts>,
): readonly NoteProps[] {
  const { say, number } = wording;
  const texts = new Set<string>();
  if (excess > 0) texts.add(say('tooLong', { count: excess }));
  for (const { name, reason } of problems) {
    if (reason === 'too-many') texts.add(say('tooManyFiles', { limit: limits.maxFiles }));
    else if (reason === 'type') texts.add(say('fileTypeRefused', { name }));
    else {
      const size = number(limits.maxFileBytes / 1_048_576, {
        style: 'unit',
        unit: 'megabyte',
        unitDisplay: 'short',
        maximumFractionDigits: 1,
      });
      texts.add(say('fileTooLarge', { name, size }));
    }
  }
  const notes = [...texts].map((text) => ({ text, problem: true }));
  if (limits.disabledReason !== undefined) notes.push({ text: limits.disabledReason, problem: false });
  if (limits.queued > 0) notes.push({ text: say('queued', { count: limits.queued }), problem: false });
  return notes;
}
