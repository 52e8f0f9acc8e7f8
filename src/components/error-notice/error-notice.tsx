'use client';
// Why an answer is not whole, in words for a reader, and the way on. It is no live region: the announcer speaks.
import { forwardRef } from 'react';
import type { Clock } from '../../base/clock.ts';
import { useNow } from '../../hooks/use-now.ts';
import type { MessageError } from '../../message/message.ts';
import { troubleTexts } from '../../labels/texts.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { errorLabel } from '../internal/error-label.ts';
import { Icon } from '../internal/icons.tsx';
import { useWording, type LabelsOption } from '../internal/labels-context.tsx';

export interface ErrorNoticeProps extends Omit<SlotProps<'div'>, 'children'>, LabelsOption {
  /** A message's error; a `StreamError` fits too. */
  readonly error: Pick<MessageError, 'code' | 'retryable'> &
    Partial<Pick<MessageError, 'message' | 'status' | 'retryAt'>>;
  /** Default: `interrupted` where `onResume` is given, else `failed`. Says how grave it looks. */
  readonly tone?: 'interrupted' | 'failed';
  /** Asks for the answer anew. The button is there whenever this is. */
  readonly onRetry?: (() => void) | undefined;
  /** Goes on where the answer broke off. */
  readonly onResume?: (() => void) | undefined;
  /** Shows the error's own message below. It may speak of things only developers know. Default: only for what a server said in-band. */
  readonly details?: boolean;
  readonly clock?: Clock;
}

export const ErrorNotice: SlotComponent<ErrorNoticeProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  ErrorNoticeProps
>(function ErrorNotice({ error, tone, onRetry, onResume, details, clock, labels, locale, ...rest }, ref) {
  const { say } = useWording(troubleTexts, { labels, locale });
  const now = useNow({ active: error.retryAt !== undefined, ...(clock && { clock }) });
  const look = tone ?? (onResume === undefined ? 'failed' : 'interrupted');
  const seconds = error.retryAt === undefined || now === undefined ? 0 : Math.ceil((error.retryAt - now) / 1_000);
  const told = details ?? error.code === 'failed';
  return (
    <ErrorNoticeRoot {...rest} ref={ref} data-status={look}>
      <Icon name={look === 'failed' ? 'error' : 'warning'} />
      <ErrorNoticeText>
        {say(errorLabel(error))}
        {told && error.message !== undefined && error.message !== '' && (
          <ErrorNoticeDetails>{error.message}</ErrorNoticeDetails>
        )}
        {seconds > 0 && <ErrorNoticeDetails>{say('retryIn', { seconds })}</ErrorNoticeDetails>}
      </ErrorNoticeText>
      {onResume !== undefined && (
        <ErrorNoticeAction data-variant="solid" onClick={onResume}>
          {say('resume')}
        </ErrorNoticeAction>
      )}
      {onRetry !== undefined && (
        <ErrorNoticeAction data-variant="outline" onClick={onRetry}>
          <Icon name="redo" />
          {say('retry')}
        </ErrorNoticeAction>
      )}
    </ErrorNoticeRoot>
  );
});

export const ErrorNoticeRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'error-notice',
);

export const ErrorNoticeText: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'error-notice-text',
);

export const ErrorNoticeDetails: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'error-notice-details',
  { dir: 'auto' },
);

export const ErrorNoticeAction: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'error-notice-action',
  { type: 'button' },
  'rv-button',
);
