import { describe, expect, it } from 'vitest';
import { speakable } from '../../../src/components/announcer/speakable.ts';

describe('speakable', () => {
  it.each([
    ['# Tides', 'Tides'],
    ['**bold** and *soft* and ~~gone~~', 'bold and soft and gone'],
    ['snake_case_name stays', 'snake_case_name stays'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['[text](https://x.example "t") and ![alt](i.png)', 'text and alt'],
    ['a claim[1] with a note[^2]', 'a claim with a note'],
    ['- one\n- [x] two\n1. three', 'one two three'],
    ['> said\n> twice', 'said twice'],
    ['```js\nlet a = 1;\n```', 'let a = 1;'],
    ['| a | b |\n| --- | :-: |\n| 1 | 2 |', 'a b 1 2'],
    ['one\n\n---\n\ntwo', 'one two'],
    ['\\*not soft\\*', '*not soft*'],
    ['[ref]: https://x.example\nwords', 'words'],
  ])('reads %j as %j', (markdown, words) => {
    expect(speakable(markdown)).toBe(words);
  });

  it('is not slow on a text made of signs', () => {
    const signs = '*_`[]()|#>~'.repeat(5_000);
    expect(speakable(signs).length).toBeLessThanOrEqual(signs.length);
  });
});
