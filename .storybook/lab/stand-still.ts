// What moves by itself shows another picture at every look. Where the lab holds a story it stands: what has an end stands
// there, what has none at its beginning.

/** Returns how to let it move again. */
export function standStill(): () => void {
  const paused = document.getAnimations().flatMap((animation) => {
    const end = animation.effect?.getComputedTiming().endTime;
    if (typeof end === 'number' && Number.isFinite(end)) {
      animation.finish();
      return [];
    }
    animation.pause();
    animation.currentTime = 0;
    return [animation];
  });
  return () => {
    for (const animation of paused) animation.play();
  };
}

/** Until what waits for the next paint, and what that asks for, has been painted. */
export async function painted(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}
