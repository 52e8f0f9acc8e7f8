// Waiting for what follows from something without any time passing.

/** How many turns React needs at most: a render, its effects, and the render that those ask for. */
const turns = 4;

/** Runs everything that waits on settled promises or on React's scheduler. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await nextTurn();
}

/** Behind every task that was posted before. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
