// Turns an unexpected console.error or console.warn into a failed test. A test that expects one spies on it and asserts.
import { afterEach, beforeEach } from 'vitest';

const watched = ['error', 'warn'] as const;
const original = { error: console.error, warn: console.warn };
let complaints: string[] = [];

beforeEach(() => {
  complaints = [];
  for (const method of watched) {
    console[method] = (...values: unknown[]) => {
      complaints.push(`console.${method}: ${values.map(String).join(' ')}`);
    };
  }
});

afterEach(() => {
  Object.assign(console, original);
  if (complaints.length > 0) throw new Error(`The test wrote to the console.\n${complaints.join('\n')}`);
});
