// One construct each that grows without end: as many characters of it as are asked for.
import { documentKinds, documentOf } from '../../../bench/markdown/documents.ts';

const words = 'the stream carries tokens from a model to the page and every one of them is shown once in order ';

const repeated =
  (part: (index: number) => string, head = '') =>
  (length: number): string => {
    let text = head;
    for (let index = 0; text.length < length; index++) text += part(index);
    return text.slice(0, length);
  };

export const growing: Readonly<Record<string, (length: number) => string>> = {
  ...Object.fromEntries(documentKinds.map((kind) => [kind, (length: number) => documentOf(kind, length)])),
  'plain words': repeated(() => words),
  'words without spaces, in Chinese': repeated((n) => `流式回答的第${n}段，重点内容会立即显示，强调也一样。`),
  'lines of one paragraph': repeated((n) => `line ${n} of a paragraph with **bold** and \`code\`\n`),
  'asterisks that never pair': repeated((n) => `some *word ${n} `),
  'underscores that never pair': repeated((n) => `some _word ${n} `),
  'tildes that never pair': repeated((n) => `some ~~word ${n} `),
  'brackets that never pair': repeated((n) => `some [word ${n} `),
  'images that never end': repeated((n) => `some ![word ${n} `),
  'tags that never end': repeated((n) => `a <b c="${n} `),
  'backticks that never pair': repeated((n) => `some ${'`'.repeat(1 + (n % 40))}word ${n} `),
  'asterisks that end nothing': repeated((n) => `word* ${n} `),
  'escapes and entities': repeated((n) => `a \\* b &amp; ${n} \\[ c `),
  'links in a paragraph': repeated((n) => `see [the page ${n}](https://e.org/${n}) and `),
  'references in a paragraph': repeated((n) => `see [the page][r${n}] and [^${n}] so `),
  'a heading': repeated(() => words, '# '),
  'a paragraph in an item': repeated(() => words, '- '),
  'a paragraph in a quote, line by line': repeated((n) => `> line ${n} of a quote with **bold**\n`),
  'a quote with lazy lines': repeated((n) => `lazy line ${n} of it\n`, '> '),
  'code in a quote': repeated((n) => `> const a${n} = 1;\n`, '> ```\n'),
  'code in an item': repeated((n) => `  const a${n} = 1;\n`, '- item\n\n  ```ts\n'),
  'code below a paragraph': repeated((n) => `const a${n} = 1;\n`, 'Here it is:\n```ts\n'),
  'indented code': repeated((n) => `    line ${n} of code\n`),
  'raw HTML': repeated((n) => `<p>line ${n}</p>\n`, '<div>\n'),
  'a table in an item': repeated((n) => `   | a${n} | b |\n`, '1. item\n\n   | a | b |\n   | - | - |\n'),
  'a table below a paragraph': repeated((n) => `| a${n} | b |\n`, 'Here it is:\n| a | b |\n| - | - |\n'),
  'nested lists': repeated((n) => `${'  '.repeat(n % 6)}- item ${n} with *words*\n`),
  'a loose list': repeated((n) => `- item ${n}\n\n  second\n\n`),
  'a list in an item': repeated((n) => `  - nested ${n}\n`, '- one\n'),
  tasks: repeated((n) => `- [${n % 2 ? 'x' : ' '}] task ${n}\n`),
  definitions: repeated((n) => `[ref${n}]: https://docs.example.com/${n}\n`),
  footnotes: repeated((n) => `[^${n}]: note number ${n}\n`),
  'notes and their calls': repeated((n) => `Text with a note[^${n}] here.\n\n[^${n}]: note number ${n}\n\n`),
  'a long footnote': repeated(() => words, '[^1]: '),
  'definitions with notes below them': repeated((n) => `[r${n}]: u\n[^n${n}]: note\n\n`),
  'definitions with notes below them, in a quote': repeated((n) => `> [r${n}]: u\n> [^n${n}]: note\n>\n`),
  'definitions with notes below them, in an item': repeated((n) => `  [r${n}]: u\n  [^n${n}]: note\n\n`, '- item\n\n'),
  'several definitions with notes below them': repeated(
    (n) => `[r${n}]: u\n[s${n}]: v\n[^n${n}]: note\n[^m${n}]: note\n\n[t${n}]: w\n\n`,
  ),
  'several definitions with notes below them, in a quote': repeated(
    (n) => `> [r${n}]: u\n> [s${n}]: v\n> [^n${n}]: note\n>\n`,
  ),
  'definitions with notes of several paragraphs': repeated(
    (n) => `[r${n}]: u\n[^n${n}]: note\n\n    second\n\n    [s${n}]: v\n\n`,
  ),
  'definitions with notes of several paragraphs, in an item': repeated(
    (n) => `  [r${n}]: u\n  [^n${n}]: note\n\n      second\n\n`,
    '- item\n\n',
  ),
  'definitions titled on the next line, with notes': repeated((n) => `[r${n}]: u\n  "title ${n}"\n[^n${n}]: note\n\n`),
  'notes below paragraphs, in a note': repeated((n) => `    text\n    [^n${n}]: note\n`, '[^a]: x\n\n'),
  'definitions and lines of a quote': repeated((n) => `> line ${n}\n[r${n}]: u\n`, '[r]: u\n'),
  'a quote below a paragraph': repeated((n) => `> line ${n} of a quote\n`, 'Here it is:\n'),
  'code in a quote below a paragraph': repeated((n) => `> const a${n} = 1;\n`, 'Here it is:\n> ```\n'),
  'a paragraph in an item below a paragraph': repeated(() => words, 'Here it is:\n- '),
  'indented code and links': repeated((n) => `    code ${n}\n[link ${n}](u)\n\n`),
  'headings and text': repeated((n) => `# head ${n}\ntext\n`),
};
