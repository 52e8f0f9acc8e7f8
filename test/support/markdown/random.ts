// A seeded source of random numbers: the same seed gives the same documents on every machine.

export interface Random {
  /** From 0 up to and without 1. */
  next(): number;
  /** From 0 up to and without `count`. */
  below(count: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    below,
    pick(choices) {
      const choice = choices[below(choices.length)];
      if (choice === undefined) throw new RangeError('Nothing to pick from.');
      return choice;
    },
    chance: (probability) => next() < probability,
  };
}

/** Cuts a text into random pieces, of one character up to all of it; no more of them than a test can check in time. */
export function randomChunks(text: string, random: Random): string[] {
  const longest = Math.max(random.pick([1, 3, 8, 40, 200, text.length + 1]), Math.ceil(text.length / 24));
  const byLine = random.chance(0.2);
  if (byLine) return text.split(/(?<=\n)/);
  const chunks: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + random.below(longest);
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return chunks;
}
