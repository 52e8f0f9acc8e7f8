'use client';
// One call of a tool: what is called, how it stands, what went in and out, and the question whether it may.
import { forwardRef, useId, type ReactElement, type ReactNode } from 'react';
import type { ApprovalPart, ToolPart } from '../../message/message.ts';
import { toolTexts } from '../../labels/texts.ts';
import { present } from '../internal/data-attributes.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon, type IconName } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { useOpen, type OpenOption } from '../internal/use-open.ts';

const states = {
  streaming: { label: 'toolPreparing', icon: 'circle' },
  called: { label: 'toolRunning', icon: 'circle' },
  awaiting: { label: 'toolAwaiting', icon: 'warning' },
  complete: { label: 'toolComplete', icon: 'check' },
  failed: { label: 'toolFailed', icon: 'error' },
  denied: { label: 'toolDenied', icon: 'cross' },
} as const satisfies Record<ToolPart['status'], { readonly label: string; readonly icon: IconName }>;

export interface ToolCallCardProps extends Omit<SlotProps<'div'>, 'children' | 'part'>, LabelsOption, OpenOption {
  readonly part: ToolPart;
  /** Answers an open approval. Without it the question is shown and cannot be answered here. */
  readonly onApprove?: ((approvalId: string, approved: boolean) => void) | undefined;
  /** In place of arguments and result. */
  readonly children?: ReactNode;
}

export const ToolCallCard: SlotComponent<ToolCallCardProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  ToolCallCardProps
>(function ToolCallCard({ part, onApprove, children, open, defaultOpen, onOpenChange, labels, locale, ...rest }, ref) {
  const { say } = useWording(toolTexts, { labels, locale });
  const id = useId();
  // Who is asked for leave must see what for.
  const [isOpen, setOpen] = useOpen({ open, defaultOpen, onOpenChange }, part.status === 'awaiting');
  const state = states[part.status];
  const name = part.title ?? part.name;
  const approval = part.status === 'awaiting' ? part.approval : undefined;
  return (
    <ToolCallCardRoot
      aria-label={say('tool', { name })}
      {...rest}
      ref={ref}
      data-part="tool"
      data-status={part.status}
      data-state={isOpen ? 'open' : 'closed'}
      data-streaming={present(part.status === 'streaming' || part.status === 'called')}
    >
      <ToolCallCardTrigger aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <Icon name="tool" />
        <ToolCallCardName>{name}</ToolCallCardName>
        <ToolCallCardStatus>
          <Icon name={state.icon} />
          {say(state.label)}
        </ToolCallCardStatus>
        <Icon name="chevronDown" className="rv-tool-call-card-chevron" />
      </ToolCallCardTrigger>
      {part.error !== undefined && part.error !== '' && <ToolCallCardError>{part.error}</ToolCallCardError>}
      <ToolCallCardContent id={id} hidden={!isOpen}>
        {isOpen ? (children ?? <Details part={part} labels={labels} locale={locale} />) : null}
      </ToolCallCardContent>
      {approval !== undefined && (
        <ApprovalPrompt
          part={{ ...approval, type: 'approval', id: approval.id, approvalId: approval.id }}
          onApprove={onApprove}
          labels={labels}
          locale={locale}
        />
      )}
    </ToolCallCardRoot>
  );
});

interface DetailsProps extends LabelsOption {
  readonly part: ToolPart;
}

function Details({ part, labels, locale }: DetailsProps): ReactElement {
  const { say } = useWording(toolTexts, { labels, locale });
  const args = part.args === undefined ? part.argsText : toText(part.args);
  return (
    <>
      {args !== '' && <Detail name={say('toolArguments')}>{args}</Detail>}
      {part.result !== undefined && part.status !== 'failed' && (
        <Detail name={say('toolResult')}>{toText(part.result)}</Detail>
      )}
    </>
  );
}

function Detail({ name, children }: { readonly name: string; readonly children: string }): ReactElement {
  return (
    <>
      <span className="rv rv-tool-call-card-caption" aria-hidden="true">
        {name}
      </span>
      <ToolCallCardCode aria-label={name}>{children}</ToolCallCardCode>
    </>
  );
}

/** A text as it is, everything else as indented JSON. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value, null, 2) ?? String(value);
  } catch {
    // Something that refers to itself, from a tool that runs in the page.
    return String(value);
  }
}

export const ToolCallCardRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'tool-call-card',
  { role: 'group' },
);

export const ToolCallCardTrigger: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'tool-call-card-trigger',
  { type: 'button' },
  'rv-button',
);

export const ToolCallCardName: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'tool-call-card-name',
  { dir: 'auto' },
);

export const ToolCallCardStatus: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'tool-call-card-status',
);

export const ToolCallCardError: SlotComponent<SlotProps<'p'>, HTMLParagraphElement> = /* @__PURE__ */ createSlot(
  'p',
  'tool-call-card-error',
  { dir: 'auto' },
);

export const ToolCallCardContent: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'tool-call-card-content',
);

/** Scrolls by keyboard, and reads left to right in any text. */
export const ToolCallCardCode: SlotComponent<SlotProps<'pre'>, HTMLPreElement> = /* @__PURE__ */ createSlot(
  'pre',
  'tool-call-card-code',
  { role: 'region', dir: 'ltr', tabIndex: 0 },
);

export interface ApprovalPromptProps extends Omit<SlotProps<'div'>, 'children' | 'part'>, LabelsOption {
  readonly part: ApprovalPart;
  readonly onApprove?: ((approvalId: string, approved: boolean) => void) | undefined;
}

/** A question of the server's, with its two answers; what was answered, once it is. */
export const ApprovalPrompt: SlotComponent<ApprovalPromptProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  ApprovalPromptProps
>(function ApprovalPrompt({ part, onApprove, labels, locale, ...rest }, ref) {
  const { say } = useWording(toolTexts, { labels, locale });
  const id = useId();
  const answered = part.approved;
  return (
    <ApprovalPromptRoot aria-labelledby={id} {...rest} ref={ref} data-part="approval">
      <span id={id} dir="auto" className="rv rv-approval-prompt-text">
        {part.message ?? say('approvalNeeded')}
      </span>
      {answered !== undefined && (
        <span className="rv rv-approval-prompt-answer">
          <Icon name={answered ? 'check' : 'cross'} />
          {say(answered ? 'approved' : 'toolDenied')}
        </span>
      )}
      {answered === undefined && onApprove !== undefined && (
        <>
          <ApprovalPromptButton data-variant="solid" onClick={() => onApprove(part.approvalId, true)}>
            {say('approve')}
          </ApprovalPromptButton>
          <ApprovalPromptButton data-variant="outline" onClick={() => onApprove(part.approvalId, false)}>
            {say('deny')}
          </ApprovalPromptButton>
        </>
      )}
    </ApprovalPromptRoot>
  );
});

export const ApprovalPromptRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'approval-prompt',
  { role: 'group' },
);

export const ApprovalPromptButton: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'approval-prompt-button',
  { type: 'button' },
  'rv-button',
);
