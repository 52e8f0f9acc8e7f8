// Shows every page of docs/ in Storybook: writes an MDX file for each into `.storybook/pages`, which git does not keep.
// The file names the page's place and hands its text on; the words stay in docs/ alone.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { titleOf } from './docs-links.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const docs = join(here, '../docs');
const pages = join(here, 'pages');

/** `decisions` are for those who work on the kit, `review` is pictures. */
const left = /^(decisions|review|images)\//;

export function writeDocsPages(): void {
  mkdirSync(pages, { recursive: true });
  const files = readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.md') && !left.test(file));
  for (const page of readdirSync(pages, { recursive: true, encoding: 'utf8' })) {
    const gone = page.endsWith('.mdx') && !files.includes(page.replaceAll('\\', '/').replace(/x$/, ''));
    if (gone) rmSync(join(pages, page));
  }
  const titles: Record<string, string> = {};
  for (const file of files) {
    const title = titleOf(file, readFileSync(join(docs, file), 'utf8'));
    titles[file] = title;
    const target = join(pages, file.replace(/\.md$/, '.mdx'));
    const from = (path: string): string => `./${relative(dirname(target), path).replaceAll('\\', '/')}`;
    mkdirSync(dirname(target), { recursive: true });
    write(
      target,
      [
        `import { Meta } from '@storybook/addon-docs/blocks';`,
        `import { DocsPage } from '${from(join(here, 'docs-page.tsx'))}';`,
        `import titles from '${from(join(pages, 'titles.json'))}';`,
        `import text from '${from(join(docs, file))}?raw';`,
        '',
        `<Meta title=${JSON.stringify(title)} />`,
        '',
        `<DocsPage path=${JSON.stringify(file)} text={text} titles={titles} />`,
        '',
      ].join('\n'),
    );
  }
  write(join(pages, 'titles.json'), JSON.stringify(titles));
}

/** Only what changed: a Storybook that runs meanwhile reads these files. */
function write(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeFileSync(file, text);
}
