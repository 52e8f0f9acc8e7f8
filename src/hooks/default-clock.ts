// The clock that hooks use when none is given.
import type { Clock } from '../base/clock.ts';
import { createSystemClock } from '../base/system-clock.ts';

export const defaultClock: Clock = /* @__PURE__ */ createSystemClock();
