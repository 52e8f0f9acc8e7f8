// Every format the simulated server speaks.
import type { Format } from './format.ts';
import { namedEvents } from './named-events.ts';

export const formats: readonly Format[] = [namedEvents];
