// Time as a port. Everything that waits, measures or batches is handed a Clock, so that a test can turn it by hand.

/** Undoes a timer or a frame request; calling it late or twice does nothing. */
export type Cancel = () => void;

export interface Clock {
  /** Wall-clock milliseconds. It jumps when the machine wakes from sleep, which is what watchdogs want to notice. */
  now(): number;
  /** Calls `run` once after `ms`. */
  after(ms: number, run: () => void): Cancel;
  /** Calls `run` once before the next paint; where nothing is painted (a server, a hidden tab) after a timer instead. */
  nextFrame(run: () => void): Cancel;
}
