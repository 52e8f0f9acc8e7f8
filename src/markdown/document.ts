// The markdown document: text is appended, and a snapshot of its hast is read. Appending costs what was appended and
// the open leaf, however long the document or the leaf; what is settled keeps its identity from snapshot to snapshot.
import type { ElementContent } from 'hast';
import { Engine } from './engine.ts';
import type { DocumentOptions } from './engine.ts';

export interface Snapshot {
  /** The document's blocks without the newlines between them; a block that did not change is the same object. */
  readonly blocks: readonly ElementContent[];
}

export interface MarkdownDocument {
  readonly text: string;
  append(text: string): void;
  /** Makes `text` the whole text. What begins with the present text is appended, anything else starts anew. */
  set(text: string): void;
  /**
   * The document as it would be if the text ended here; with `unfinished`, without the syntax whose end is still to
   * come. The same object until the text changes.
   */
  snapshot(unfinished?: boolean): Snapshot;
  /** Characters given to the parser so far: the work that has been done. */
  readonly parsedCharacters: number;
}

export function createDocument(options: DocumentOptions = {}): MarkdownDocument {
  let text = '';
  let earlierWork = 0;
  let engine = new Engine(options);
  let snapshot: { readonly unfinished: boolean; readonly blocks: readonly ElementContent[] } | undefined;

  const append = (added: string): void => {
    if (added !== '') grow(text + added, added);
  };
  const grow = (whole: string, added: string): void => {
    text = whole;
    engine.append(added);
    snapshot = undefined;
  };

  return {
    get text() {
      return text;
    },
    get parsedCharacters() {
      return earlierWork + engine.parsedCharacters;
    },
    append,
    set(next) {
      // The text that was given is kept: one put together here would be copied for every comparison. And whole texts are
      // compared a hundred times faster than `startsWith` does.
      if (next.slice(0, text.length) === text) {
        if (next.length > text.length) grow(next, next.slice(text.length));
        return;
      }
      text = '';
      earlierWork += engine.parsedCharacters;
      engine = new Engine(options);
      snapshot = undefined;
      append(next);
    },
    snapshot(unfinished = false) {
      if (snapshot?.unfinished !== unfinished) snapshot = { unfinished, blocks: engine.blocks(unfinished) };
      return snapshot;
    },
  };
}
