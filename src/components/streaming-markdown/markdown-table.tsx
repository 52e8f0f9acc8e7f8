'use client';
// A table that scrolls on its own, by keyboard too, and can be copied as CSV.
import { useCallback, useRef, type ComponentPropsWithoutRef, type ReactElement } from 'react';
import type { ExtraProps } from 'react-markdown';
import { markdownTexts } from '../../labels/texts.ts';
import { useWording } from '../internal/labels-context.tsx';
import { CopyButton } from './copy-button.tsx';

export type MarkdownTableProps = ComponentPropsWithoutRef<'table'> & ExtraProps;

export function MarkdownTable({ node: _node, ...rest }: MarkdownTableProps): ReactElement {
  const { say } = useWording(markdownTexts);
  const ref = useRef<HTMLTableElement>(null);
  const text = useCallback(() => csvOf(ref.current), []);
  return (
    <div className="rv rv-markdown-table" data-slot="markdown-table">
      <CopyButton label={say('copyTable')} text={text} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- what scrolls must be reached by keyboard, and a fieldset it is not */}
      <div className="rv-markdown-table-scroll" role="group" aria-label={say('table')} tabIndex={0}>
        <table {...rest} ref={ref} />
      </div>
    </div>
  );
}

function csvOf(table: HTMLTableElement | null): string {
  const rows = Array.from(table?.rows ?? [], (row) => Array.from(row.cells, (cell) => field(cell.textContent ?? '')));
  return rows.map((row) => row.join(',')).join('\r\n');
}

// A spreadsheet runs what begins like a formula, and the text is a model's: such fields are quoted as text.
function field(text: string): string {
  const plain = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
