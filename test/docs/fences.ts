// Reads the documentation: its pages, and the code blocks in them.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/entries.ts';

/** One fenced block of a page. */
export interface Fence {
  /** From the root. */
  readonly page: string;
  /** The line of its first line of code, counted from 0. */
  readonly line: number;
  readonly language: string;
  /** What stands behind the language: `no-check` and why. */
  readonly note: string;
  readonly code: string;
}

/** Every page a reader may meet, from the root. */
export function pages(): string[] {
  return ['README.md', 'CHANGELOG.md', ...globSync('{docs,examples}/**/*.md', { cwd: root })]
    .filter((page) => !page.includes('node_modules'))
    .toSorted();
}

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

export function fencesOf(page: string, text: string = readPage(page)): Fence[] {
  const found: Fence[] = [];
  let open: { readonly at: number; readonly language: string; readonly note: string } | undefined;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const [, language, note = ''] = /^```(\S*)\s*(.*)$/.exec(line) ?? [];
    if (language === undefined) continue;
    if (open === undefined) {
      open = { at: index + 1, language, note };
    } else {
      const code = lines.slice(open.at, index).join('\n');
      found.push({ page, line: open.at, language: open.language, note: open.note, code });
      open = undefined;
    }
  }
  return found;
}

/** The text without its fenced blocks. */
export function proseOf(text: string): string {
  return text.replaceAll(/^```[^]*?^```$/gm, '');
}
