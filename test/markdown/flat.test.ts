import { describe, expect, it } from 'vitest';
import { createDocument } from '../../src/markdown/document.ts';
import { growing } from '../support/markdown/growing.ts';

/** Characters parsed for each character that came, and the most of them in one frame of 80. */
function work(text: string, unfinished: boolean) {
  const document = createDocument();
  let most = 0;
  for (let at = 0; at < text.length; at += 80) {
    const before = document.parsedCharacters;
    document.append(text.slice(at, at + 80));
    document.snapshot(unfinished);
    most = Math.max(most, document.parsedCharacters - before);
  }
  return { share: document.parsedCharacters / text.length, most };
}

describe('the work that createDocument does for what is appended', () => {
  describe.each([
    ['as it is', false],
    ['without unfinished syntax', true],
  ])('shown %s', (_how, unfinished) => {
    it.each(Object.keys(growing))('does not grow with the length of: %s', { timeout: 60_000 }, (name) => {
      const grow = growing[name];
      const short = work(grow?.(2500) ?? '', unfinished);
      const long = work(grow?.(7500) ?? '', unfinished);
      expect(long.most).toBeLessThan(7000);
      expect(long.share).toBeLessThan(short.share * 1.3 + 1);
    });
  });
});

describe('the work that createDocument does for what it cannot take apart', () => {
  it.each([
    ['one word', 'word'.repeat(5000)],
    ['one cell of a table', `| a | b |\n| - | - |\n| ${'more words '.repeat(2000)}`],
  ])('is a few times its length, plain as it is: %s', (_name, text) => {
    expect(work(text, true).share).toBeLessThan(10);
  });
});
