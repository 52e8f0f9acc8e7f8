// Calls what the caller handed in. A callback that throws is the caller's to see, and must not end the stream.

/** What the callback returns; `undefined` where there is none or it throws. */
export function callSafely<Told extends readonly unknown[], Answer>(
  callback: ((...told: Told) => Answer) | undefined,
  ...told: Told
): Answer | undefined {
  try {
    return callback?.(...told);
  } catch (error) {
    rethrowLater(error);
    return undefined;
  }
}

/** Where an uncaught error belongs: in the page's or the process's own report. */
function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
