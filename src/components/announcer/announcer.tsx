'use client';
// Speaks for a conversation to those who do not see it, through two regions that are always there. Tokens are never
// put into a live region; what is said, and when, is decided in `announcements.ts`.
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import type { Clock } from '../../base/clock.ts';
import type { ConnectionState } from '../../connection/connection-state.ts';
import { useClock } from '../../hooks/clock-context.ts';
import { useAnnouncer } from '../../hooks/use-announcer.ts';
import type { Message } from '../../message/message.ts';
import { announceTexts, messageTexts, troubleTexts } from '../../labels/texts.ts';
import { AnnounceContext } from '../internal/announce-context.tsx';
import { LabelsProvider, useWording, type LabelsOption } from '../internal/labels-context.tsx';
import { VisuallyHidden } from '../internal/visually-hidden.tsx';
import { beginHearing, hear, type AnnouncePolicy, type Heard } from './announcements.ts';

const texts = { ...announceTexts, ...messageTexts, ...troubleTexts };

export interface AnnouncerProps extends LabelsOption {
  readonly messages: readonly Message[];
  readonly connection?: ConnectionState | undefined;
  /** How much is said. Default `complete`: "responding", and the answer once it is whole, or its length if it is long. */
  readonly announce?: AnnouncePolicy;
  /** The least time between two announcements of tool steps; what comes sooner is dropped. Default 2,000. */
  readonly toolEveryMs?: number;
  /** Components inside have theirs said too, such as "Copied". */
  readonly children?: ReactNode;
  readonly clock?: Clock;
}

/** Mount it once, before the conversation begins, and keep it mounted: a region that mounts filled is not read. */
export function Announcer({
  messages,
  connection,
  announce: policy = 'complete',
  toolEveryMs = 2_000,
  children,
  clock: given,
  labels,
  locale,
}: AnnouncerProps): ReactElement {
  const clock = useClock(given);
  const { announce, getStatusProps, getAlertProps } = useAnnouncer({ clock });
  const wording = useWording(texts, { labels, locale });
  const heard = useRef<Heard | undefined>(undefined);
  const lastTool = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (heard.current === undefined) {
      heard.current = beginHearing(messages, connection);
      return;
    }
    const [next, said] = hear(heard.current, messages, connection, policy, wording);
    heard.current = next;
    for (const { text, urgency, kind } of said) {
      if (kind === 'tool') {
        const now = clock.now();
        if (now - lastTool.current < toolEveryMs) continue;
        lastTool.current = now;
      }
      announce(text, urgency);
    }
  }, [messages, connection, policy, wording, announce, clock, toolEveryMs]);
  return (
    <LabelsProvider labels={labels} locale={locale}>
      <AnnounceContext.Provider value={announce}>
        {children}
        <VisuallyHidden {...getStatusProps()} />
        <VisuallyHidden {...getAlertProps()} />
      </AnnounceContext.Provider>
    </LabelsProvider>
  );
}
