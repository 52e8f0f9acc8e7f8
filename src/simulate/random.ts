// Chance that repeats: one number in, the same sequence out, on every machine.

export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, at least 0 and less than `limit`. */
  below(limit: number): number;
  pick<T>(list: readonly [T, ...T[]]): T;
}

/** 32 bits of a text; good enough to tell turns apart, not meant to keep secrets. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(state);
}

/** A counter whose every value is scrambled: no state besides the counter, so neighbouring seeds do not resemble each other. */
export function createRandom(seed: number): Random {
  let counter = mix(seed | 0);
  const next = (): number => {
    counter = (counter + 0x9e3779b9) | 0;
    return mix(counter) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { next, below, pick: (list) => list[below(list.length)] ?? list[0] };
}

function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
