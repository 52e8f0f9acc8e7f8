// The end of a document that is still open: its text from the last place where parsing can resume. Of a giant leaf
// the middle is left out once it is settled, so what is parsed stays short:
//
//     head      ```js\n            | a | b |\n| - | - |\n      > Some words
//     removed   2,000 lines        300 rows                    settled words, replaced by the filler
//     rest      the last line      the last row                the last words
import type { Nodes, Root } from 'mdast';
import { countLines } from './lines.ts';

/** How a text moves what stands behind it. */
interface Size {
  /** Line endings. */
  readonly lines: number;
  /** Characters since the last one. */
  readonly width: number;
}

type Position = NonNullable<Nodes['position']>;

export class Tail {
  /** Where the tail starts in the document. */
  readonly start: number;
  /** Lines before it. */
  readonly line: number;
  readonly head: string;
  readonly removed: string;
  readonly filler: string;
  readonly rest: string;
  readonly #removedSize: Size;
  readonly #relocated = new WeakSet<Root>();

  constructor(
    start: number,
    line: number,
    rest: string,
    head = '',
    removed = '',
    filler = '',
    removedSize: Size = sizeOf(removed),
  ) {
    this.start = start;
    this.line = line;
    this.rest = rest;
    this.#removedSize = removedSize;
    this.head = head;
    this.removed = removed;
    this.filler = filler;
  }

  /** What is parsed. */
  get text(): string {
    return this.head + this.filler + this.rest;
  }

  /** Where `rest` starts in `text`. */
  get restStart(): number {
    return this.head.length + this.filler.length;
  }

  append(text: string): Tail {
    return new Tail(this.start, this.line, this.rest + text, this.head, this.removed, this.filler, this.#removedSize);
  }

  /** Begins at an offset of `text` that lies in `rest`. */
  from(offset: number): Tail {
    const passed = this.rest.slice(0, offset - this.restStart);
    const line = this.line + countLines(this.head) + this.#removedSize.lines + countLines(passed);
    return new Tail(this.sourceOffset(offset), line, this.rest.slice(offset - this.restStart));
  }

  /** Leaves out what lies between two offsets of `text`; `to` lies in `rest`, and what was left out before stays so. */
  without(from: number, to: number, filler: string): Tail {
    const kept = this.removed === '' ? this.text.slice(0, from) : this.head;
    const gone = this.removed === '' ? this.text.slice(from, to) : this.rest.slice(0, to - this.restStart);
    const rest = this.rest.slice(to - this.restStart);
    const size = sizeOf(gone, this.#removedSize);
    return new Tail(this.start, this.line, rest, kept, this.removed + gone, filler, size);
  }

  /** The same tail with the last `length` characters put back that were left out; without a length, all of them. */
  restored(length: number = this.removed.length, filler = ''): Tail {
    const kept = this.removed.slice(0, this.removed.length - length);
    const rest = this.removed.slice(kept.length) + this.rest;
    if (kept === '') return new Tail(this.start, this.line, this.head + rest);
    return new Tail(this.start, this.line, rest, this.head, kept, filler);
  }

  /** The document's own text between two offsets of `text`. */
  slice(from: number, to: number): string {
    if (this.removed === '') return this.text.slice(from, to);
    const head = this.head.slice(from, to);
    if (to <= this.head.length) return head;
    if (from >= this.restStart) return this.text.slice(from, to);
    return head + this.removed + this.rest.slice(0, to - this.restStart);
  }

  sourceOffset(offset: number): number {
    if (offset < this.restStart) return this.start + Math.min(offset, this.head.length);
    return this.start + offset - this.filler.length + this.removed.length;
  }

  /** Takes over a tree whose positions are the document's already. */
  adopt(root: Root): void {
    this.#relocated.add(root);
  }

  /** Moves the positions of a tree from the parsed text to the document; `prefixLength` precedes the parsed text. A tree is moved once. */
  relocate(root: Root, prefixLength: number): void {
    if (this.#relocated.has(root)) return;
    this.#relocated.add(root);
    if (this.start === 0 && this.removed === '' && prefixLength === 0) return;
    const prefixLines = prefixLength > 0 ? 1 : 0;
    const headLines = countLines(this.head);
    const { lines: removedLines, width } = this.#removedSize;
    const columns = this.filler === '' ? 0 : width - (removedLines > 0 ? lastLine(this.head) : 0) - this.filler.length;
    const move = (point: Position['start']) => {
      const line = point.line - prefixLines;
      const offset = Math.max(0, (point.offset ?? 0) - prefixLength);
      const beyond = offset >= this.restStart;
      if (beyond && line === headLines + 1) point.column += columns;
      point.line = line + this.line + (beyond ? removedLines : 0);
      point.offset = this.sourceOffset(offset);
    };
    const pending: Nodes[] = [root];
    for (let node = pending.pop(); node; node = pending.pop()) {
      if (node.position) {
        move(node.position.start);
        move(node.position.end);
      }
      if ('children' in node) pending.push(...node.children);
    }
  }
}

// What was left out may be long, so it is measured piece by piece.
function sizeOf(text: string, { lines, width }: Size = { lines: 0, width: 0 }): Size {
  const more = countLines(text);
  return { lines: lines + more, width: more > 0 ? lastLine(text) : width + text.length };
}

const lastLine = (text: string): number => text.length - Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) - 1;
