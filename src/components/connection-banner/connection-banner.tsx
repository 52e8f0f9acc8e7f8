'use client';
// How the line to the server is, while it is anything but well. Polite by nature: it appears late and goes by itself.
import { forwardRef, useEffect, useState } from 'react';
import type { Clock } from '../../base/clock.ts';
import { useClock } from '../../hooks/clock-context.ts';
import { useDelayed } from '../../hooks/use-delayed.ts';
import { useNow } from '../../hooks/use-now.ts';
import type { ConnectionState } from '../../connection/connection-state.ts';
import { troubleTexts } from '../../labels/texts.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { Icon, type IconName } from '../internal/icons.tsx';
import { useWording, type LabelsOption, type Wording } from '../internal/labels-context.tsx';
import { connectionTrouble, type ConnectionTrouble } from './connection-trouble.ts';

export interface ConnectionBannerProps extends Omit<SlotProps<'div'>, 'children'>, LabelsOption {
  /** The state of one connection, or the worst of several. */
  readonly state: ConnectionState;
  /** Tries now, or again. Without it there is no button. */
  readonly onRetry?: (() => void) | undefined;
  /** How long trouble must last before it is shown. Default 500. */
  readonly delayMs?: number;
  /** How long "back online" stays. Default 3,000; 0 for never. */
  readonly resumedMs?: number;
  readonly clock?: Clock;
}

const icons: Record<ConnectionTrouble | 'resumed', IconName> = {
  offline: 'offline',
  reconnecting: 'redo',
  busy: 'clock',
  stalled: 'clock',
  interrupted: 'warning',
  failed: 'error',
  limit: 'warning',
  resumed: 'check',
};

/** Renders nothing while all is well, and only trouble that lasts. */
export const ConnectionBanner: SlotComponent<ConnectionBannerProps, HTMLDivElement> = /* @__PURE__ */ forwardRef<
  HTMLDivElement,
  ConnectionBannerProps
>(function ConnectionBanner(
  { state, onRetry, delayMs = 500, resumedMs = 3_000, clock: given, labels, locale, ...rest },
  ref,
) {
  const { say } = useWording(troubleTexts, { labels, locale });
  const clock = useClock(given);
  const trouble = connectionTrouble(state);
  const lasting = useDelayed(trouble !== undefined, delayMs, clock);
  const resumed = useResumed(lasting, state.status === 'open', resumedMs, clock);
  const retryAt = state.status === 'waiting' ? state.retryAt : undefined;
  const now = useNow({ active: lasting && retryAt !== undefined, clock });
  const kind = lasting ? trouble : resumed ? 'resumed' : undefined;
  if (kind === undefined) return null;
  const seconds = retryAt === undefined || now === undefined ? 0 : Math.ceil((retryAt - now) / 1_000);
  const canRetry = onRetry !== undefined && retriable.has(kind);
  return (
    <ConnectionBannerRoot {...rest} ref={ref} data-status={state.status} data-variant={kind}>
      <Icon name={icons[kind]} />
      <ConnectionBannerText>{textOf(kind, seconds, say)}</ConnectionBannerText>
      {canRetry && (
        <ConnectionBannerAction data-variant="outline" onClick={onRetry}>
          {say(kind === 'interrupted' || kind === 'failed' ? 'retry' : 'tryNow')}
        </ConnectionBannerAction>
      )}
    </ConnectionBannerRoot>
  );
});

const retriable: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'reconnecting',
  'busy',
  'interrupted',
  'failed',
  'offline',
]);

function textOf(
  kind: ConnectionTrouble | 'resumed',
  seconds: number,
  say: Wording<keyof typeof troubleTexts>['say'],
): string {
  switch (kind) {
    case 'reconnecting':
      return seconds > 0 ? say('reconnectingIn', { seconds }) : say('reconnecting');
    case 'busy':
      return seconds > 0 ? say('busyIn', { seconds }) : say('busy');
    case 'failed':
      return say('connectionFailed');
    case 'limit':
      return say('connectionLimit');
    default:
      return say(kind);
  }
}

/** For a while after trouble that was shown has passed. */
function useResumed(troubled: boolean, open: boolean, forMs: number, clock: Clock): boolean {
  const [wasTroubled, setWasTroubled] = useState(false);
  useEffect(() => {
    if (!troubled) return;
    return () => setWasTroubled(true);
  }, [troubled]);
  const over = wasTroubled && !troubled;
  useEffect(() => {
    if (!over) return;
    return clock.after(open ? forMs : 0, () => setWasTroubled(false));
  }, [over, open, forMs, clock]);
  return over && open && forMs > 0;
}

export const ConnectionBannerRoot: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'connection-banner',
);

export const ConnectionBannerText: SlotComponent<SlotProps<'span'>, HTMLSpanElement> = /* @__PURE__ */ createSlot(
  'span',
  'connection-banner-text',
);

export const ConnectionBannerAction: SlotComponent<SlotProps<'button'>, HTMLButtonElement> = /* @__PURE__ */ createSlot(
  'button',
  'connection-banner-action',
  { type: 'button' },
  'rv-button',
);
