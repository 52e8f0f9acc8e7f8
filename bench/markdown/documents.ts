// The documents that are streamed: deterministic, of any size, one for each construct that grows.

export type DocumentKind = 'mixed' | 'code' | 'list' | 'table' | 'paragraph' | 'references' | 'cjk';

export const documentKinds: readonly DocumentKind[] = [
  'mixed',
  'code',
  'list',
  'table',
  'paragraph',
  'references',
  'cjk',
];

/** Exactly `chars` characters. All but `references` are prefixes of their larger selves. */
export function documentOf(kind: DocumentKind, chars: number): string {
  if (kind === 'references') return references(chars);
  const { head, section } = makers[kind];
  let text = head;
  for (let n = 0; text.length < chars; n += 1) text += section(n);
  return text.slice(0, chars);
}

interface Maker {
  readonly head: string;
  section(n: number): string;
}

const words =
  'the stream carries tokens from a model to the page and every one of them is shown once in order while nothing that was shown before it changes its place or its shape because a reader who follows a long answer needs calm text'.split(
    ' ',
  );

function sentence(seed: number, length: number): string {
  const picked = Array.from(
    { length },
    (_, index) => words[(seed * 7 + index * 5 + ((seed * index) % 11)) % words.length],
  );
  const text = picked.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Prose with the inline constructs that answers have. */
function prose(n: number): string {
  return [
    sentence(n, 9),
    `It is **${words[n % words.length]} and ${words[(n + 3) % words.length]}**, *quite* so,`,
    `see [the ${words[(n + 5) % words.length]} page](https://docs.example.com/${n}) or \`call_${n}(x)\`.`,
    sentence(n + 1, 12),
  ].join(' ');
}

function code(n: number): string {
  return `export function step${n}(input: readonly string[]): number {\n  const total = input.length * ${n} + ${n % 13};\n  return total > ${n * 3} ? total : -${n};\n}\n\n`;
}

const mixedSections: readonly ((n: number) => string)[] = [
  (n) => `## Section ${n}\n\n${prose(n)}\n\n${prose(n + 1)}\n\n`,
  (n) => `- ${sentence(n, 6)}\n- **${sentence(n + 1, 3)}** ${sentence(n + 2, 6)}\n  - nested ${n}\n- last one\n\n`,
  (n) => `\`\`\`ts\n${code(n)}\`\`\`\n\n${prose(n)}\n\n`,
  (n) =>
    `| name | value | note |\n| --- | ---: | --- |\n| a${n} | ${n} | ${sentence(n, 4)} |\n| b${n} | ${n * 2} | \`x\` |\n\n`,
  (n) => `> ${sentence(n, 10)}\n>\n> ${sentence(n + 1, 8)}\n\n1. ${sentence(n, 5)}\n2. ${sentence(n + 1, 5)}\n\n`,
];

const makers: Readonly<Record<Exclude<DocumentKind, 'references'>, Maker>> = {
  mixed: {
    head: '# An answer\n\n',
    section: (n) => mixedSections[n % mixedSections.length]?.(n) ?? '',
  },
  code: { head: 'Here is the file:\n\n```ts\n', section: code },
  list: {
    head: 'The points:\n\n',
    section: (n) => `- **Point ${n}**: ${sentence(n, 8)} See \`item_${n}\`.\n`,
  },
  table: {
    head: 'The figures:\n\n| name | count | note |\n| --- | ---: | --- |\n',
    section: (n) => `| row ${n} | ${n * 17} | **${words[n % words.length]}** ${sentence(n, 4)} |\n`,
  },
  paragraph: { head: '', section: (n) => `${prose(n)} ` },
  cjk: {
    head: '# 回答\n\n',
    section: (n) =>
      n % 4 === 3
        ? `- **要点${n}**：流式文本逐字显示，绝不闪烁。\n- 第二点，参见\`代码${n}\`。\n\n`
        : `流式回答的第${n}段：**重点内容**会立即显示，*强调*也一样；详见[文档](https://docs.example.com/${n})。每个字只出现一次，顺序不变，已经显示的内容不会移动。\n\n`,
  },
};

/** Every paragraph refers to a definition that stands at the very end. */
function references(chars: number): string {
  let text = '';
  let definitions = '';
  for (let n = 0; ; n += 1) {
    const paragraph = `${sentence(n, 9)} See [the ${words[n % words.length]} page][ref${n}] and the note[^${n}]. ${sentence(n + 1, 8)}\n\n`;
    // Apart, since a definition interrupts no note.
    const definition = `[ref${n}]: https://docs.example.com/${n}\n\n[^${n}]: ${sentence(n, 6)}\n\n`;
    if (text.length + paragraph.length + definitions.length + definition.length > chars) break;
    text += paragraph;
    definitions += definition;
  }
  return (text + definitions).padEnd(chars, '\n');
}
