'use client';
// How a component deep inside has something said by the page's one pair of live regions. Without an announcer: silence.
import { createContext, useContext, type Context } from 'react';

export type Announce = (text: string, urgency?: 'polite' | 'assertive') => void;

export const AnnounceContext: Context<Announce> = /* @__PURE__ */ createContext<Announce>(() => undefined);

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
