// A feed of the simulated server, as stories listen to it: the lab can hold it and break it.
import { useEffect, useMemo } from 'react';
import { createEventStream } from '../../src/core.ts';
import { type EventSchemas, useEventStream, type UseEventStreamResult } from '../../src/hooks.ts';
import type { EventOf } from '../../src/core.ts';
import { feed, type FeedOptions } from './backend.ts';
import { type Lab, useLab } from './lab/lab-context.ts';
import { createLabSession } from './lab/lab-session.ts';
import type { LabEvent } from './lab/timeline.ts';

/** A feed has no end; this far ahead the lab's panel knows it. */
const eventsSurveyed = 200;

/** `options` as plain data: what is equal in writing is the same feed. */
export function useStoryFeed<const Schemas extends EventSchemas>(
  options: FeedOptions,
  more: { readonly events: Schemas; readonly keep: number },
): UseEventStreamResult<EventOf<Schemas>> {
  const lab = useLab();
  const key = JSON.stringify(options);
  const reached = useMemo(() => feed(lab, JSON.parse(key) as FeedOptions), [lab, key]);
  useEffect(() => lab.session.plan(() => surveyFeed(lab, JSON.parse(key) as FeedOptions)), [lab, key]);
  const result = useEventStream({ ...reached, ...more });
  const { stream } = result;
  useEffect(() => lab.session.addReader({ stop: () => stream.close(), decide: () => undefined }), [lab, stream]);
  return result;
}

/** What happens in the feed's beginning, found out by a listener that nobody sees. */
async function surveyFeed({ session: shown, state }: Lab, options: FeedOptions): Promise<readonly LabEvent[]> {
  const session = createLabSession({ ...state, held: true, clock: shown.clock });
  const stream = createEventStream({ ...feed({ session, state }, options), keep: 0 });
  const leave = session.registry.add(stream.status);
  const forget = session.addReader({ stop: () => stream.close(), decide: () => undefined });
  stream.open();
  await session.goTo(eventsSurveyed);
  forget();
  leave();
  stream.close();
  return session.events;
}
