// What reads markdown: micromark's tokenizer, and the handlers of mdast-util-from-markdown that make a tree of its
// events. `fromMarkdown` builds both anew for every text, which takes longer than to read a line; here they are built
// once for each grammar. What they have to know of one text is exchanged before it is read.
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { CompileContext, CompileData, Extension as TreeExtension } from 'mdast-util-from-markdown';
import { parse, postprocess, preprocess } from 'micromark';
import type { Construct, ConstructRecord, Event, Extension, TokenizeContext } from 'micromark-util-types';
import { boundLevels, maxLevels } from './depth.ts';
import { withItems } from './list-items.ts';

export type Parser = TokenizeContext['parser'] & { gfmFootnotes?: string[] };

export interface Reader {
  /** To be given what is defined elsewhere, before each text. */
  readonly parser: Parser;
  read(text: string, data: CompileData): Root;
}

/** `amend` changes the constructs before they are used. */
export function createReader(
  extensions: Extension[],
  trees: TreeExtension[],
  amend: (constructs: Parser['constructs']) => Parser['constructs'],
): Reader {
  const parser: Parser = parse({ extensions });
  const handlers = handlersOf(trees);
  const { transforms } = handlers.config;
  const whole = amend(parser.constructs);
  const plain = { ...whole, text: withoutAddresses(whole.text) };
  return {
    parser,
    read(text, data) {
      parser.lazy = {};
      parser.constructs = mayBeAddress.test(text) ? whole : plain;
      const events = postprocess(parser.document().write(preprocess()(text, undefined, true)));
      const tree = treeOf(events, handlers, data);
      // Of all transforms there are those that look for addresses.
      if (mayBeFound.test(text)) for (const transform of transforms) transform(tree);
      return tree;
    },
  };
}

/** The parser looks for addresses from the start of each word on, in vain without these; and so does what looks for more of them in the tree, where a reference may stand for any character. */
const mayBeAddress = /@|www|http/i;
const mayBeFound = /[@&]|www|http/i;

function withoutAddresses(text: ConstructRecord | undefined): ConstructRecord {
  const result: ConstructRecord = {};
  for (const [code, value] of Object.entries(text ?? {})) {
    const list = constructsOf(value).filter(({ name }) => !name?.endsWith('Autolink'));
    if (list.length > 0) result[code as keyof ConstructRecord] = list;
  }
  return result;
}

export const constructsOf = (value: ConstructRecord[keyof ConstructRecord]): Construct[] =>
  Array.isArray(value) ? value : value ? [value] : [];

/** The handlers, as one of them finds them. */
function handlersOf(trees: TreeExtension[]): CompileContext {
  const found: CompileContext[] = [];
  const finder: TreeExtension = {
    beforeEnter() {
      found.push(this);
    },
  };
  fromMarkdown('a', { mdastExtensions: [...trees, finder] });
  return found[0] as CompileContext;
}

function treeOf(events: readonly Event[], handlers: CompileContext, data: CompileData): Root {
  const tree: Root = { type: 'root', children: [] };
  const context: CompileContext = { ...handlers, stack: [tree], tokenStack: [], data };
  const { enter, exit } = handlers.config;
  let deepest = 0;
  for (const [kind, token, { sliceSerialize }] of withItems(events)) {
    const handler = (kind === 'enter' ? enter : exit)[token.type];
    if (!handler) continue;
    context.sliceSerialize = sliceSerialize;
    handler.call(context, token);
    deepest = Math.max(deepest, context.stack.length);
  }
  const start = events[0]?.[1].start ?? { line: 1, column: 1, offset: 0 };
  const end = events.at(-2)?.[1].end ?? start;
  tree.position = {
    start: { line: start.line, column: start.column, offset: start.offset },
    end: { line: end.line, column: end.column, offset: end.offset },
  };
  if (deepest > maxLevels) boundLevels(tree);
  return tree;
}
