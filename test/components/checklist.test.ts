// The accessibility checklist: each item, and that a test names it by its number in a runner that can show it. The tests
// themselves stand beside what they test; `16, 17: folds ...` is one that shows two items.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Runner = 'R' | 'B' | 'A';

/** R: a document by script, with Testing Library. B: a real browser. A: axe, in a real browser. */
const checklist: readonly (readonly [number: number, runners: readonly Runner[], words: string])[] = [
  [1, ['R'], 'tokens reach no live region'],
  [2, ['R'], 'the regions of the announcer are there, empty, at mount'],
  [3, ['R'], 'that an answer is coming is said once a turn'],
  [4, ['R'], 'that it is whole is said once, without the signs of markdown'],
  [5, ['R'], 'tools: begun, ended, failed, not more often than may be'],
  [6, ['R'], 'errors reach an alert that was there before, and there is a button to try again'],
  [7, ['R'], 'the connection is told of politely, transitions only'],
  [8, ['R'], 'history that is loaded says nothing'],
  [9, ['R'], 'no live region is ever busy'],
  [10, ['R', 'B'], 'the transcript has a name and scrolls by keyboard'],
  [11, ['R'], 'each message tells its author in text'],
  [12, ['R'], 'lists stay lists whatever the style sheet does'],
  [13, ['A'], 'the composer has a name beyond its placeholder'],
  [14, ['A'], 'every button that is an icon has a name'],
  [15, ['R'], 'buttons that are hidden are out of the tab order'],
  [16, ['R'], 'what opens is a button that tells whether it is open'],
  [17, ['R'], 'what is closed takes no focus and is not read'],
  [18, ['B'], 'the focus never moves without a gesture'],
  [19, ['B'], 'after a jump the focus is on the newest message'],
  [20, ['B'], 'sending keeps the focus; Send and Stop are one element'],
  [21, ['R'], 'Enter, Shift+Enter and input methods'],
  [22, ['R'], 'Escape stops with the focus inside, where nobody else took it'],
  [23, ['B'], 'with reduced motion nothing moves'],
  [24, ['B'], 'in forced colours borders, focus, caret and status are seen'],
  [25, ['A'], 'contrast'],
  [26, ['R'], 'status is never a colour alone; icons are hidden from assistive technology'],
  [27, ['A'], 'links have an address, task boxes a name, and paragraphs hold no blocks'],
  [28, ['B'], 'code, tables and formulas scroll by keyboard; code runs left to right in any text'],
  [29, ['B'], 'rows that are not rendered count in the set'],
  [30, ['B'], 'targets of 24 px, reflow at 320 px, zoom of 200 %'],
];

const here = fileURLToPath(new URL('.', import.meta.url));

function runnerOf(file: string): Runner {
  if (file.includes('axe.browser.')) return 'A';
  // The tree of accessibility is read from a browser that the test starts itself.
  return file.includes('.browser.') || file.includes('accessibility-tree') ? 'B' : 'R';
}

/** The numbers that the titles of a file's tests begin with, or name after an "and". */
function numbersIn(source: string): readonly number[] {
  const titles = [...source.matchAll(/\bit(?:\.each\(.*?\))?\(\s*(['"`])(.*?)\1/gs)].map(([, , title]) => title ?? '');
  return titles.flatMap((title) =>
    [...title.matchAll(/(?:^|and )((?:\d{1,2}, )*\d{1,2}): /g)].flatMap(([, list]) =>
      (list ?? '').split(', ').map(Number),
    ),
  );
}

const shown = new Map<Runner, Set<number>>([
  ['R', new Set()],
  ['B', new Set()],
  ['A', new Set()],
]);
for (const file of readdirSync(here, { recursive: true, encoding: 'utf8' })) {
  if (!/\.test\.tsx?$/.test(file) || /__screenshots__|checklist\.test\.ts$/.test(file)) continue;
  for (const number of numbersIn(readFileSync(`${here}${file}`, 'utf8'))) shown.get(runnerOf(file))?.add(number);
}

describe('the accessibility checklist', () => {
  it('has thirty items', () => {
    expect(checklist.map(([number]) => number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it.each(checklist)('%i is named by a test (%j): %s', (number, runners) => {
    expect(runners.filter((runner) => shown.get(runner)?.has(number) !== true)).toEqual([]);
  });

  it('knows every number that a test names', () => {
    const known = new Set(checklist.map(([number]) => number));
    expect([...shown.values()].flatMap((numbers) => [...numbers]).filter((number) => !known.has(number))).toEqual([]);
  });

  it('reads titles as they are written', () => {
    const source = `it('12: a', x); it("16, 17: b", x); it('c, and 19: d', x); it.each([\n1])('20: %s', x); it('says 21 twice: e', x);`;
    expect(numbersIn(source)).toEqual([12, 16, 17, 19, 20]);
  });
});
