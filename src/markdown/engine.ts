// What a document does with text: it settles what is final, parses the rest, and joins both.
//
//     append -> settle what is final -> parse the tail -> join with what is settled -> number footnotes -> blocks
//
// What is nothing but more of a text is not parsed at all (growth.ts).
import type { ElementContent } from 'hast';
import type { Nodes } from 'mdast';
// The order in which files follow each other in a bundle is worth 0.7 kB after compression: the parser comes first.
import { parse } from './parse.ts';
import { Settled } from './settled.ts';
import { foundWithin } from './assemble.ts';
import { completeLines, hasBegun } from './begun-lines.ts';
import { codeGrowth } from './code-growth.ts';
import type { Definitions } from './definitions.ts';
import type { FootnoteOptions } from './footnotes.ts';
import type { Growth } from './growth.ts';
import { beginTable, hold } from './hold.ts';
import { mayEndLink, mayUnderline, restore, shortenLines, shortenWords, unpair } from './open-leaf.ts';
import type { OpenLeaf, Shortened } from './open-leaf.ts';
import type { Parsed } from './parse.ts';
import type { Branch } from './pieces.ts';
import type { Amendment, RenderContext } from './render.ts';
import { repair } from './repair.ts';
import type { Repaired } from './repair.ts';
import { nextStart, openContainers, remainder, startOfLine } from './settle.ts';
import { spine } from './spine.ts';
import type { Step } from './spine.ts';
import type { Syntax } from './syntax.ts';
import { Tail } from './tail.ts';
import { lastText, wordGrowth } from './word-growth.ts';

export interface DocumentOptions {
  /** Ids, labels and back references of footnotes, named as in remark-rehype. */
  readonly footnotes?: FootnoteOptions;
  /** Grammar beside CommonMark and GFM. */
  readonly syntax?: Syntax | undefined;
}

/** A parse, and what was taken out of its text. */
interface Understood {
  readonly parsed: Parsed;
  readonly amendment: Amendment | undefined;
}

/** Characters that must have come before it is tried to settle something, where the last line tells nothing. */
const worthTrying = 160;

/** Characters that must have come since before it is tried to take words out of a paragraph. */
const worthCutting = 80;

export class Engine {
  readonly #settled: Settled;
  readonly #definitions: Definitions;
  readonly #root: Branch;
  readonly #context: RenderContext;
  #parsedCharacters = 0;
  #tail = new Tail(0, 0, '');
  #openLeaf: OpenLeaf | undefined;
  /** What has been tried, and nothing of it could be settled. */
  #unsettled = '';
  /** All that the last line tells about what comes before it has been seen. */
  #isLineSettled = true;
  /** Characters that came since it was last tried to settle something. */
  #untried = 0;
  /** What was parsed to settle what could be, as long as it is all that is left. */
  #ready: (Understood & { readonly text: string; readonly isHopeful: boolean }) | undefined;
  #isHopeful = false;
  /** Length of the tail's rest when it was last tried to take words out of it. */
  #uncut = 0;
  /** The latest snapshot, if words can be added to it as they are, and what has come since. */
  #growth: { readonly unfinished: boolean; readonly growth: Growth; readonly added: string } | undefined;

  constructor({ footnotes = {}, syntax }: DocumentOptions) {
    this.#settled = new Settled(footnotes, syntax);
    ({ definitions: this.#definitions, root: this.#root, context: this.#context } = this.#settled);
  }

  get parsedCharacters(): number {
    return this.#parsedCharacters + this.#settled.parsedCharacters;
  }

  append(added: string): void {
    this.#tail = this.#tail.append(added);
    this.#ready = undefined;
    this.#untried += added.length;
    if (/[\n\r]/.test(added)) this.#isLineSettled = false;
    if (this.#growth) {
      const whole = this.#growth.added + added;
      const takes = this.#growth.growth.takes(whole);
      this.#growth = takes ? { ...this.#growth, added: whole } : undefined;
      if (takes) return;
    }
    if (this.#isLineSettled || !(hasBegun(this.#tail.text) || this.#untried > worthTrying)) return;
    this.#untried = 0;
    this.#settleLines();
  }

  blocks(unfinished: boolean): readonly ElementContent[] {
    if (this.#growth?.unfinished === unfinished) {
      const { growth, added } = this.#growth;
      const grown = added === '' ? growth : growth.grow(added);
      this.#growth = { unfinished, growth: grown, added: '' };
      return grown.blocks;
    }
    this.#growth = undefined;
    this.#isHopeful = unfinished;
    this.#definitions.isHopeful = unfinished;
    return this.#parsedBlocks(unfinished);
  }

  #parsedBlocks(unfinished: boolean): readonly ElementContent[] {
    for (;;) {
      const tail = this.#tail;
      const { text, parsed, amendment } = unfinished ? this.#parseUnfinished() : this.#understand(tail.text);
      if (!parsed) continue;
      this.#definitions.replaceTail(foundWithin(parsed.root));
      if (this.#answerAskers()) continue;
      const { node: leaf, parent } = spine(parsed.root, this.#root).at(-1) ?? {};
      const repaired = unfinished ? this.#repair(leaf, text, parsed) : undefined;
      if (tail.rest.length > this.#uncut + worthCutting) {
        this.#shorten(shortenWords(parsed, this.#root, tail, text, this.#openLeaf, this.#context));
        // What cannot be cut, as one endless word, is tried again when it has grown by a share of itself.
        this.#uncut = this.#tail === tail ? tail.rest.length * 1.25 : this.#tail.rest.length;
      }
      const open = repaired ? repaired.open : unfinished ? undefined : lastText(leaf);
      const offset = (leaf?.position?.start.offset ?? 0) - parsed.prefixLength;
      tail.relocate(parsed.root, parsed.prefixLength);
      if (repaired) repaired.leaf.children = repaired.children;
      const blocks = this.#settled.join(parsed, amendment);
      if (!blocks) {
        this.#takeBack();
        continue;
      }
      const made = open && this.#context.made.get(open);
      const room = this.#uncut + worthCutting - this.#tail.rest.length;
      const isLink = text.includes('[') || mayEndLink(this.#openLeaf);
      const context = { text, start: offset, leaf, parent, made, blocks, mayEndLink: isLink, room };
      const isAlone = parent?.type === 'root' && !this.#root.open;
      const growth =
        text === tail.text ? (wordGrowth(context) ?? (isAlone ? codeGrowth(context) : undefined)) : undefined;
      if (growth) this.#growth = { unfinished, growth, added: '' };
      return blocks;
    }
  }

  // What may be the first row of a table is parsed as one, with the second row that is still to come.
  #parseUnfinished(): Partial<Understood> & { readonly text: string } {
    const { text, restStart } = this.#tail;
    const type = this.#openLeaf?.type;
    const table = beginTable(text, restStart);
    if (table && (!type || (type === 'paragraph' && table.isApart))) {
      const made = this.#parse(table.text + table.delimiters, table.text);
      if (!made) return { text };
      const leaf = spine(made.parsed.root, this.#root).at(-1)?.node;
      if (leaf?.type === 'table' && leaf.children.length === 1) return { ...made, text: table.text };
    }
    return this.#understand(hold(text, restStart, type === 'paragraph'));
  }

  #understand(text: string): Partial<Understood> & { readonly text: string } {
    const ready = this.#ready;
    this.#ready = undefined;
    const isReady = ready?.text === text && (ready.isHopeful === this.#isHopeful || isCertain(ready.parsed));
    return { ...(isReady ? ready : this.#parse(text)), text };
  }

  #repair(leaf: Nodes | undefined, text: string, { prefixLength }: Parsed): Repaired | undefined {
    const tail = this.#tail;
    const { syntax } = this.#context;
    return repair(leaf, { text, prefixLength, sourceOffset: (offset) => tail.sourceOffset(offset), syntax });
  }

  // Everything before the last leaf becomes final, then the settled lines of that leaf. A line that is not complete
  // counts if it can only go on as what it has begun as.
  #settleLines(): void {
    for (;;) {
      const { text } = this.#tail;
      const isWhole = hasBegun(text);
      this.#isLineSettled = isWhole;
      const lines = isWhole ? text : completeLines(text);
      if (!/[\n\r]/.test(lines) || lines === this.#unsettled) return;
      const { parsed, amendment } = this.#parse(lines) ?? {};
      if (!parsed) continue;
      const steps = nextStart(parsed, this.#root);
      // A leaf that words were taken out of stays where it is, though blank lines may stand before it.
      if (steps && startOfLine(steps, parsed, this.#tail) >= this.#tail.restStart) {
        const last = steps.at(-1)?.node.type ?? '';
        this.#settle(steps, parsed, lines, amendment);
        this.#ready = undefined;
        if (isWhole) this.#keep(this.#remaining(steps, parsed), undefined);
        // Of what is left only the lines of such a leaf could be taken out.
        if (!growsByLines.has(last)) return;
      } else {
        const tail = this.#tail;
        // What the last line defines was not known to what is taken out.
        this.#definitions.replaceTail(foundWithin(parsed.root));
        this.#shorten(shortenLines(parsed, this.#root, this.#tail, lines, this.#openLeaf, this.#context));
        this.#unsettled = lines;
        this.#ready = undefined;
        if (isWhole) this.#keepShortened(parsed, amendment, tail);
        return;
      }
    }
  }

  // A parse that was made to settle something shows what is left as well.
  #keep(parsed: Parsed, amendment: Amendment | undefined): void {
    this.#ready = { text: this.#tail.text, parsed, amendment, isHopeful: this.#isHopeful };
  }

  // Without the rows that were taken out it is what a parse of what is left would give.
  #keepShortened(parsed: Parsed, amendment: Amendment | undefined, before: Tail): void {
    const tail = this.#tail;
    if (tail === before) return this.#keep(parsed, amendment);
    const table = spine(parsed.root, this.#root).at(-1)?.node;
    if (table?.type !== 'table' || !this.#openLeaf) return;
    table.children.splice(1, table.children.length - 2);
    tail.adopt(parsed.root);
    const prefixLength = tail.sourceOffset(tail.restStart) - tail.restStart;
    this.#keep({ ...parsed, prefixLength }, restore(this.#openLeaf, parsed, this.#root));
  }

  #remaining(steps: readonly Step[], parsed: Parsed): Parsed {
    const root = remainder(steps);
    this.#tail.adopt(root);
    return { ...parsed, root, prefixLength: this.#tail.start };
  }

  #settle(steps: readonly Step[], parsed: Parsed, lines: string, amendment: Amendment | undefined): void {
    const tail = this.#tail;
    const next = tail.from(startOfLine(steps, parsed, tail));
    this.#settled.add(steps, parsed, tail, lines, amendment, this.#openLeaf?.asked ?? []);
    this.#openLeaf = undefined;
    this.#tail = next;
    this.#uncut = 0;
  }

  // What was taken out of the tail may have to come back: then there is no parse, and the caller asks again.
  #parse(text: string, written = text): Understood | undefined {
    const openLeaf = this.#openLeaf;
    if (openLeaf?.type === 'paragraph' && mayUnderline(written)) return this.#takeBack();
    const isStart = this.#tail.start === 0;
    this.#parsedCharacters += text.length;
    const parsed = parse(
      text,
      openContainers(this.#root.open),
      this.#definitions.settled,
      isStart,
      this.#context.syntax,
    );
    const amendment = openLeaf && restore(openLeaf, parsed, this.#root);
    if (openLeaf && !amendment) return this.#takeBack();
    const unpaired = openLeaf && unpair(openLeaf, parsed, this.#root, this.#tail, text);
    if (!unpaired) return { parsed, amendment };
    this.#tail = unpaired.tail;
    this.#openLeaf = unpaired.leaf;
    return undefined;
  }

  #takeBack(): undefined {
    this.#tail = this.#tail.restored();
    this.#openLeaf = undefined;
  }

  #shorten(shortened: Shortened | undefined): void {
    if (!shortened) return;
    this.#tail = shortened.tail;
    this.#openLeaf = shortened.leaf;
  }

  // True if the open leaf asked for one of the labels whose meaning changed.
  #answerAskers(): boolean {
    const changed = this.#settled.answerAskers();
    if (!this.#openLeaf || ![...changed].some((label) => this.#openLeaf?.asked.has(label))) return false;
    this.#takeBack();
    return true;
  }
}

/** Whether nothing in it depends on what is still to come. */
const isCertain = ({ guessed, refused }: Parsed): boolean => guessed.size === 0 && refused.size === 0;

/** Containers may end in a table or code. */
const growsByLines: ReadonlySet<string> = new Set([
  'code',
  'html',
  'table',
  'list',
  'listItem',
  'blockquote',
  'footnoteDefinition',
]);
