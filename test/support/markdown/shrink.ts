// Makes a failing case as short as it can be while it still fails.

/** Leaves out pieces, then characters of pieces, as long as `fails` holds. */
export function shrink(
  chunks: readonly string[],
  fails: (chunks: readonly string[]) => boolean,
  steps = 3000,
): readonly string[] {
  let left = steps;
  const stillFails = (next: readonly string[]) => left-- > 0 && fails(next);
  const lines = chunks.join('').split(/(?<=\n)/);
  let best = stillFails(lines) ? lines : chunks;
  for (let size = best.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.length;) {
      const next = [...best.slice(0, at), ...best.slice(at + size)];
      if (stillFails(next)) best = next;
      else at += size;
    }
  }
  for (let before = Infinity; before > best.join('').length;) {
    before = best.join('').length;
    for (let index = 0; index < best.length; index++) {
      for (let at = 0; at < (best[index]?.length ?? 0);) {
        const next = best.map((each, place) => (place === index ? each.slice(0, at) + each.slice(at + 1) : each));
        if (stillFails(next)) best = next;
        else at++;
      }
    }
  }
  return best.filter((each) => each !== '');
}
