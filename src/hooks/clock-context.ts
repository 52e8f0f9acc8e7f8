'use client';
// The clock of hooks and components that are given none: the page's, unless a part of the page has its own. Chats and
// event streams are not made by rendering: theirs is in their `platform`.
import { type Context, createContext, useContext } from 'react';
import type { Clock } from '../base/clock.ts';
import { createSystemClock } from '../base/system-clock.ts';

/** Provide a clock here to let what is below live by it: in a picture of a page, say, where time stands still. */
export const ClockContext: Context<Clock> = /* @__PURE__ */ createContext<Clock>(/* @__PURE__ */ createSystemClock());

export function useClock(given: Clock | undefined): Clock {
  const nearest = useContext(ClockContext);
  return given ?? nearest;
}
