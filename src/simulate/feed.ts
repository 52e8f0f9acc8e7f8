// Endless feeds for clients that only listen: prices that wander and notifications that come in. Record n is computed
// from the seed and n alone, so that any connection can begin anywhere.
import type { WireRecord } from './formats/format.ts';
import { createRandom, hash } from './random.ts';
import type { TimedRecord } from './record-faults.ts';

export type FeedName = 'prices' | 'notifications';

export interface FeedOptions {
  readonly seed: number;
  /** The number of the first record. */
  readonly from: number;
  readonly everyMs: number;
  /** How many records there are; `Infinity`: the feed has no end. */
  readonly count: number;
  readonly ids: boolean;
}

const feeds: Readonly<Record<FeedName, (seed: number, index: number, at: number) => { event: string; body: object }>> =
  {
    prices: (seed, index, at) => ({ event: 'price', body: { ...price(seed, index), at } }),
    notifications: (seed, index, at) => ({ event: 'notification', body: { ...notification(seed, index), at } }),
  };

export function isFeedName(name: string): name is FeedName {
  return Object.hasOwn(feeds, name);
}

/** `at` in a record is its time since the feed's beginning, not the time of day. */
export function* feedRecords(name: FeedName, options: FeedOptions): Iterable<TimedRecord> {
  for (let index = options.from; index < options.count; index += 1) {
    const { event, body } = feeds[name](options.seed, index, index * options.everyMs);
    const record: WireRecord = { event, data: JSON.stringify(body), id: options.ids ? String(index) : undefined };
    yield { index, afterMs: index === options.from ? 0 : options.everyMs, record };
  }
}

const symbols = ['RVL', 'STRM', 'FLOW', 'BRK'] as const;

/** Slow waves and a little noise: looks like a market, and needs no memory of the price before. */
function price(seed: number, index: number): object {
  const symbol = symbols[index % symbols.length] ?? symbols[0];
  const phase = hash(`${seed} ${symbol}`) % 1_000;
  const noise = createRandom(hash(`${seed} ${index}`)).next() - 0.5;
  const wave = 8 * Math.sin((index + phase) / 61) + 3 * Math.sin((index + phase) / 13);
  return { symbol, price: Math.round((100 + (phase % 50) + wave + noise) * 100) / 100 };
}

const notices = [
  'The nightly import finished',
  'A new version is ready to review',
  'Disk space is below 20 %',
  'Maria commented on your draft',
  'Your export can be downloaded',
] as const;

function notification(seed: number, index: number): object {
  const random = createRandom(hash(`${seed} ${index}`));
  return { level: random.pick(['info', 'info', 'success', 'warning']), title: random.pick(notices) };
}
