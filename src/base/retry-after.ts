// How long a reply asks to be left alone.

/**
 * Milliseconds from `retry-after-ms`, or from `retry-after` in seconds or as a date. A date is measured from the reply's
 * own `date` where that can be read, because the two clocks need not agree; else from `now`.
 */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now: () => number): number | undefined {
  const exact = headers['retry-after-ms']?.trim() ?? '';
  if (decimal.test(exact)) return Number(exact);
  const asked = headers['retry-after']?.trim() ?? '';
  if (decimal.test(asked)) return Number(asked) * 1000;
  // A bare number such as -5 would be read as a year.
  const until = /[a-z]/i.test(asked) ? Date.parse(asked) : NaN;
  if (Number.isNaN(until)) return undefined;
  const sentAt = Date.parse(headers['date'] ?? '');
  return Math.max(0, until - (Number.isNaN(sentAt) ? now() : sentAt));
}

const decimal = /^\d+(\.\d+)?$/;
