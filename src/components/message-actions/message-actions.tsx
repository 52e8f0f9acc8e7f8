'use client';
// What a reader can do with a message: copy it, ask again, change it, judge it, look at its other versions.
import { forwardRef, type ReactElement, type ReactNode } from 'react';
import type { Clock } from '../../base/clock.ts';
import type { Message } from '../../message/message.ts';
import { actionTexts, copyTexts } from '../../labels/texts.ts';
import { createAction, type ActionProps } from '../internal/action.tsx';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon, type IconName } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { messageText } from '../internal/message-text.ts';
import { useCopy } from '../internal/use-copy.ts';

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
  const { say } = useWording(actionTexts, { labels, locale });
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

export interface MessageActionProps extends ActionProps {
  /** Children replace it. */
  readonly icon?: IconName | undefined;
}

const PlainAction = /* @__PURE__ */ createAction('message-action');

/** One action: an icon that has a name. Children replace the icon. */
export const MessageAction: SlotComponent<MessageActionProps, HTMLButtonElement> = /* @__PURE__ */ forwardRef<
  HTMLButtonElement,
  MessageActionProps
>(function MessageAction({ icon, children, ...rest }, ref) {
  return (
    <PlainAction {...rest} ref={ref}>
      {children ?? (icon === undefined ? null : <Icon name={icon} />)}
    </PlainAction>
  );
});

const copyIcons = { copy: 'copy', copied: 'check', copyFailed: 'cross' } as const;

interface CopyActionProps extends LabelsOption {
  text(): string;
  readonly onCopy: ((text: string) => void | Promise<void>) | undefined;
  readonly clock: Clock | undefined;
}

function CopyAction({ text, onCopy, clock, labels, locale }: CopyActionProps): ReactElement {
  const { say } = useWording(copyTexts, { labels, locale });
  const { outcome, copy } = useCopy({ say, write: onCopy, clock });
  return (
    <MessageAction
      icon={copyIcons[outcome ?? 'copy']}
      label={say(outcome ?? 'copy')}
      onClick={() => void copy(text())}
    />
  );
}

interface BranchesProps extends LabelsOption {
  readonly branch: { readonly index: number; readonly count: number };
  onBranch(index: number): void;
}

function Branches({ branch: { index, count }, onBranch, labels, locale }: BranchesProps): ReactElement {
  const { say, number } = useWording(actionTexts, { labels, locale });
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
