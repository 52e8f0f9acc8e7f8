// A ResizeObserver whose callback scrolls may bring rows near that change their height: the browser then hands the rest of
// its observations on in the next frame, which is what is wanted, and says so as an error event. Chromium does so as well,
// but does not log it.
const passOver = (event: ErrorEvent): void => {
  if (event.message.startsWith('ResizeObserver loop')) event.stopImmediatePropagation();
};

// Captured, to come before Vitest's own listener, which logs it.
addEventListener('error', passOver, { capture: true });
