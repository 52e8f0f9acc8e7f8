'use client';
// What a reader can do with a message: copy it, ask again, change it, judge it, look at its other versions.
import { forwardRef, useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { Cancel, Clock } from '../../base/clock.ts';
import { useClock } from '../../hooks/clock-context.ts';
import type { Message } from '../../message/message.ts';
import { useAnnounce } from '../internal/announce-context.tsx';
import { createSlot, useSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon, type IconName } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { messageText } from '../internal/message-text.ts';

export type Feedback = 'good' | 'bad';

export interface MessageActionsProps extends Omit<SlotProps<'div'>, 'children' | 'onCopy'>, LabelsOption {
  readonly message: Message;
  /** Puts the text on the clipboard. Default: the browser's clipboard. `null` takes the button away. */
  readonly onCopy?: ((text: string) => void | Promise<void>) | null | undefined;
  readonly onRegenerate?: (() => void) | undefined;
  readonly onEdit?: (() => void) | undefined;
  readonly feedback?: Feedback | undefined;
  /** The same choice again takes it back. */
  readonly onFeedback?: ((feedback: Feedback | undefined) => void) | undefined;
  /** Which version of how many this is, from 0. */
  readonly branch?: { readonly index: number; readonly count: number } | undefined;
  readonly onBranch?: ((index: number) => void) | undefined;
  /** More actions, after ours. */
  readonly children?: ReactNode;
  readonly clock?: Clock;
}

/** A button is there when what it calls is. */
export const MessageActions: SlotComponent<MessageActionsProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  MessageActionsProps
>(function MessageActions(
  {
    message,
    onCopy,
    onRegenerate,
    onEdit,
    feedback,
    onFeedback,
    branch,
    onBranch,
    children,
    clock,
    labels,
    locale,
    ...rest
  },
  ref,
) {
  const { say } = useWording({ labels, locale });
  const judge = (choice: Feedback) => () => onFeedback?.(feedback === choice ? undefined : choice);
  return (
    <MessageActionsRoot aria-label={say('actions')} {...rest} ref={ref}>
      {branch !== undefined && branch.count > 1 && onBranch !== undefined && (
        <Branches branch={branch} onBranch={onBranch} labels={labels} locale={locale} />
      )}
      {onCopy !== null && (
        <CopyAction text={() => messageText(message)} onCopy={onCopy} clock={clock} labels={labels} locale={locale} />
      )}
      {onEdit !== undefined && <MessageAction icon="edit" label={say('edit')} onClick={onEdit} />}
      {onRegenerate !== undefined && <MessageAction icon="redo" label={say('regenerate')} onClick={onRegenerate} />}
      {onFeedback !== undefined && (
        <>
          <MessageAction
            icon="thumbUp"
            label={say('feedbackGood')}
            aria-pressed={feedback === 'good'}
            onClick={judge('good')}
          />
          <MessageAction
            icon="thumbDown"
            label={say('feedbackBad')}
            aria-pressed={feedback === 'bad'}
            onClick={judge('bad')}
          />
        </>
      )}
      {children}
    </MessageActionsRoot>
  );
});

export const MessageActionsRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-actions',
  { role: 'group' },
);

export interface MessageActionProps extends SlotProps<'button'> {
  /** Its name, and what the pointer is told. */
  readonly label: string;
  readonly icon?: IconName | undefined;
}

/** One action: an icon that has a name. Children replace the icon. */
export const MessageAction: SlotComponent<MessageActionProps, HTMLButtonElement> = /* @__PURE__ */ forwardRef<
  HTMLButtonElement,
  MessageActionProps
>(function MessageAction({ label, icon, children, ...rest }, ref) {
  return useSlot(
    'button',
    'message-action',
    {
      type: 'button',
      'data-variant': 'icon',
      'aria-label': label,
      title: label,
      ...rest,
      children: children ?? (icon === undefined ? null : <Icon name={icon} />),
    },
    ref,
    'rv-button',
  );
});

/** How long a button says that it has copied. */
const copiedMs = 2_000;

interface CopyActionProps extends LabelsOption {
  text(): string;
  readonly onCopy: ((text: string) => void | Promise<void>) | undefined;
  readonly clock: Clock | undefined;
}

function CopyAction({ text, onCopy, clock: given, labels, locale }: CopyActionProps): ReactElement {
  const clock = useClock(given);
  const { say } = useWording({ labels, locale });
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | undefined>();
  const cancel = useRef<Cancel | undefined>(undefined);
  useEffect(() => () => cancel.current?.(), []);
  const tell = (said: 'copied' | 'copyFailed'): void => {
    setOutcome(said);
    announce(say(said));
    cancel.current?.();
    cancel.current = clock.after(copiedMs, () => setOutcome(undefined));
  };
  const copy = async (): Promise<void> => {
    const write = onCopy ?? ((copied: string) => navigator.clipboard.writeText(copied));
    try {
      await write(text());
      tell('copied');
    } catch {
      // Pages without the permission, or not served securely: the reader is told and can select by hand.
      tell('copyFailed');
    }
  };
  return (
    <MessageAction
      icon={outcome === undefined ? 'copy' : outcome === 'copied' ? 'check' : 'cross'}
      label={say(outcome ?? 'copy')}
      onClick={() => void copy()}
    />
  );
}

interface BranchesProps extends LabelsOption {
  readonly branch: { readonly index: number; readonly count: number };
  onBranch(index: number): void;
}

function Branches({ branch: { index, count }, onBranch, labels, locale }: BranchesProps): ReactElement {
  const { say, number } = useWording({ labels, locale });
  const go = (to: number) => () => {
    if (to >= 0 && to < count) onBranch(to);
  };
  return (
    <MessageActionsBranch aria-label={say('branch', { index: index + 1, count })}>
      <MessageAction
        icon="chevronStart"
        label={say('branchPrevious')}
        aria-disabled={index === 0 || undefined}
        onClick={go(index - 1)}
      />
      <span aria-hidden="true" className="rv rv-message-actions-count">
        {`${number(index + 1)} / ${number(count)}`}
      </span>
      <MessageAction
        icon="chevronEnd"
        label={say('branchNext')}
        aria-disabled={index === count - 1 || undefined}
        onClick={go(index + 1)}
      />
    </MessageActionsBranch>
  );
}

export const MessageActionsBranch: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-actions-branch',
  { role: 'group' },
);
