// Puts a format's opening records before the first step of an answer, whatever that is.
import type { DraftRecord, Encoder } from './format.ts';

export function openWith(opening: () => readonly DraftRecord[], encode: Encoder): Encoder {
  let opened = false;
  return (step) => {
    if (opened) return encode(step);
    opened = true;
    return [...opening(), ...encode(step)];
  };
}
