// The elements of a block of code while it grows. A line that has been coloured keeps its element and the state of the
// grammar after it, so what is appended costs its own lines, and what is coloured never turns plain again.
import { Fragment, createElement, type ReactElement, type ReactNode } from 'react';
import { loadTokenizer, type GrammarState, type TokenizedLine, type Tokenizer } from './tokenizer.ts';

interface Line {
  readonly text: string;
  readonly before: GrammarState;
  readonly after: GrammarState;
  readonly element: ReactElement;
}

interface Piece {
  readonly text: string;
  readonly before: GrammarState;
  readonly lines: readonly Line[];
  readonly element: ReactElement;
}

export interface ColoredLines {
  /** The elements of all pieces, and how many are coloured: not all where that should not be done in one go. */
  show(pieces: readonly string[]): { readonly nodes: readonly ReactNode[]; readonly count: number };
}

/** Characters to colour before the browser gets its turn: a few milliseconds. */
const turn = 6_000;

/** Of a longer line, as in minified code, the rest stays plain. */
const longLine = 1_000;

export function createColoredLines(tokenize: Tokenizer): ColoredLines {
  const known: Piece[] = [];

  const lineOf = (text: string, before: GrammarState, index: number): Line => {
    const line = text.replace(/\r?\n$/, '');
    const { tokens, state } = tokenize(line.slice(0, longLine), before);
    const rest = text.slice(Math.min(line.length, longLine));
    return { text, before, after: state, element: createElement(Fragment, { key: index }, ...nodesOf(tokens), rest) };
  };

  return {
    show(pieces) {
      let state: GrammarState;
      let left = turn;
      let count = 0;
      const nodes = pieces.map((text, index): ReactNode => {
        const piece = known[index];
        if (piece?.text === text && piece.before === state) {
          state = piece.lines.at(-1)?.after;
          count++;
          return piece.element;
        }
        // What has been coloured in part is coloured on, whatever it costs: it must not turn plain.
        const isOpen = piece !== undefined && text.startsWith(piece.text);
        if (left <= 0 && !isOpen) return plainPiece(text, index);
        const before = state;
        const lines = linesOf(text).map((each, at): Line => {
          const old = piece?.lines[at];
          const line = old?.text === each && old.before === state ? old : lineOf(each, state, at);
          if (line !== old) left -= each.length;
          state = line.after;
          return line;
        });
        const element = pieceElement(
          lines.map((line) => line.element),
          index,
        );
        known[index] = { text, before, lines, element };
        count++;
        return element;
      });
      return { nodes, count };
    },
  };
}

/** Begins a block of code; `undefined` for a language that shiki does not know. */
export type Coloring = (() => ColoredLines) | undefined;

export async function loadColoring(language: string): Promise<Coloring> {
  const tokenize = await loadTokenizer(language);
  return tokenize && (() => createColoredLines(tokenize));
}

const linesOf = (text: string): string[] => text.match(/.*\n|.+$/g) ?? [];

const nodesOf = (tokens: TokenizedLine['tokens']): ReactNode[] =>
  tokens.map(({ text, className }, index) =>
    className === undefined ? text : createElement('span', { key: index, className }, text),
  );

const pieceElement = (children: ReactNode, index: number): ReactElement =>
  createElement('span', { key: index, className: 'rv-code-lines' }, children);

const plainPiece = (text: string, index: number): ReactElement => pieceElement(text, index);
