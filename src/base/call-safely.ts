// Calls what the caller handed in. A callback that throws is the caller's to see, and must not end the stream.

export function callSafely<Told extends readonly unknown[]>(
  callback: ((...told: Told) => unknown) | undefined,
  ...told: Told
): void {
  if (callback === undefined) return;
  try {
    callback(...told);
  } catch (error) {
    rethrowLater(error);
  }
}

/** Where an uncaught error belongs: in the page's or the process's own report. */
function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
