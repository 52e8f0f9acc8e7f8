// Calls what the caller handed in. A callback that throws is the caller's to see, and must not end the stream.

export function callSafely<T>(callback: ((value: T) => unknown) | undefined, value: T): void {
  if (callback === undefined) return;
  try {
    callback(value);
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
