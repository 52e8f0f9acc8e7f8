// Follows every link between pages, to files of the repository, and to headings.
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/entries.ts';
import { pages, proseOf, readPage } from './fences.ts';

/** As GitHub names headings. */
function anchorsOf(text: string): Set<string> {
  return new Set(
    [...proseOf(text).matchAll(/^#+\s+(.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links that lead nowhere, each as `page: link`. */
function broken(page: string, text: string): string[] {
  const links = [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(readPage(target)).has(anchor);
    })
    .map((link) => `${page}: ${link}`);
}

describe('the links in the documentation', () => {
  it('lead somewhere', () => {
    expect(pages().flatMap((page) => broken(page, readPage(page)))).toEqual([]);
  });

  it('reach every page from the index or the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const [, link = ''] of proseOf(readPage(page)).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
        const target = normalize(join(dirname(page), link));
        if (pages().includes(target)) reached.add(target);
      }
    }
    expect(pages().filter((page) => !reached.has(page))).toEqual([]);
  });

  it('are caught where they lead nowhere', () => {
    expect(broken('README.md', '[a](docs/gone.md) [b](#nowhere) [c](docs/themes.md) [d](https://example.com)')).toEqual(
      ['README.md: docs/gone.md', 'README.md: #nowhere'],
    );
  });
});
