// mdast to hast, for one block or a few: mdast-util-to-hast does the work, with references answered by the document
// and footnote calls left without a number, which only the whole document knows.
import type { Element, ElementContent, Text as TextNode } from 'hast';
import type { BlockContent, Code, DefinitionContent, InlineCode, Nodes, Root, Text } from 'mdast';
import { defaultHandlers, toHast } from 'mdast-util-to-hast';
import type { Handlers, State } from 'mdast-util-to-hast';
import { normalizeUri } from 'micromark-util-sanitize-uri';
import type { Syntax } from './syntax.ts';

/** A link definition, by its identifier in upper case. */
export interface Definition {
  readonly url: string;
  readonly title: string | null | undefined;
}

/** A footnote call whose link still needs its number. */
export interface FootnoteCall {
  readonly identifier: string;
  readonly link: Element;
}

export interface Rendered {
  readonly nodes: readonly ElementContent[];
  readonly calls: readonly FootnoteCall[];
}

export interface RenderContext {
  readonly definition: (identifier: string) => Definition | undefined;
  readonly clobberPrefix: string;
  readonly syntax: Syntax | undefined;
  /** What became of each text and of code in a line. */
  readonly made: WeakMap<Nodes, TextNode>;
}

declare module 'hast' {
  interface ElementData {
    /** Of the `pre` of a code block: its fence has not been closed. */
    isOpen?: boolean;
    /** Of a link: its definition is still to come. */
    isPending?: boolean;
  }
}

/** Changes what a node became, before its parent sees it. */
export interface Amendment {
  readonly node: Nodes;
  readonly amend: (made: ElementContent) => void;
  /** Calls in what was put in, and how many of the node's own come before them. */
  readonly calls: readonly FootnoteCall[];
  readonly callsBefore: number;
}

type Block = BlockContent | DefinitionContent;

/** Renders blocks side by side, without the newlines between them. */
export function render(blocks: readonly Nodes[], context: RenderContext, amendment?: Amendment): Rendered {
  const calls: FootnoteCall[] = [];
  const handlers = {
    root: (state, node: Root) => state.all(node),
    code(state, node: Code) {
      const block = defaultHandlers.code(state, node);
      if (node.data?.isOpen) block.data = { ...block.data, isOpen: true };
      return block;
    },
    text(state, node: Text) {
      const made = defaultHandlers.text(state, node);
      if (made.type === 'text') context.made.set(node, made);
      return made;
    },
    inlineCode(state, node: InlineCode) {
      const made = defaultHandlers.inlineCode(state, node);
      const [text] = made.children;
      if (text?.type === 'text') context.made.set(node, text);
      return made;
    },
    linkReference(state, node, parent) {
      if (isDefined(node, context) || node.referenceType === 'shortcut') {
        return resolved(state, node, parent, context, defaultHandlers.linkReference);
      }
      const link: Element = { type: 'element', tagName: 'a', properties: {}, children: state.all(node) };
      state.patch(node, link);
      return { ...link, data: { isPending: true } };
    },
    imageReference(state, node, parent) {
      if (isDefined(node, context) || node.referenceType === 'shortcut') {
        return resolved(state, node, parent, context, defaultHandlers.imageReference);
      }
      const image: Element = { type: 'element', tagName: 'img', properties: { alt: node.alt ?? '' }, children: [] };
      state.patch(node, image);
      return image;
    },
    footnoteReference(state, node) {
      const identifier = String(node.identifier).toUpperCase();
      const link: Element = {
        type: 'element',
        tagName: 'a',
        properties: {
          href: `#${context.clobberPrefix}fn-${normalizeUri(identifier.toLowerCase())}`,
          id: '',
          dataFootnoteRef: true,
          ariaDescribedBy: ['footnote-label'],
        },
        children: [],
      };
      state.patch(node, link);
      calls.push({ identifier, link });
      const sup: Element = { type: 'element', tagName: 'sup', properties: {}, children: [link] };
      state.patch(node, sup);
      return sup;
    },
  } satisfies Handlers;
  const amended = amendment && amending(amendment, calls, { ...defaultHandlers, ...handlers });
  const tree = toHast(
    { type: 'root', children: blocks as Block[] },
    { allowDangerousHtml: true, handlers: { ...handlers, ...amended } },
  );
  return { nodes: 'children' in tree ? (tree.children as ElementContent[]) : [], calls };
}

const isDefined = ({ identifier }: { readonly identifier: string }, context: RenderContext): boolean =>
  context.definition(identifier.toUpperCase()) !== undefined;

// A reference is rendered by the default handler, which looks into the state of this small tree: the one definition
// it needs is put there.
function resolved<Node extends Nodes & { identifier: string }, Result>(
  state: State,
  node: Node,
  parent: Parameters<State['one']>[1],
  context: RenderContext,
  handler: (state: State, node: Node, parent: Parameters<State['one']>[1]) => Result,
): Result {
  const identifier = String(node.identifier).toUpperCase();
  const definition = context.definition(identifier);
  if (definition) {
    state.definitionById.set(identifier, { type: 'definition', identifier: node.identifier, ...definition });
  } else {
    state.definitionById.delete(identifier);
  }
  return handler(state, node, parent);
}

function amending(
  { node: target, amend, calls: added, callsBefore }: Amendment,
  calls: FootnoteCall[],
  handlers: Handlers,
): Handlers {
  const { type } = target;
  const handler = handlers[type] as (state: State, node: Nodes, parent: unknown) => ElementContent;
  return {
    [type]: (state: State, node: Nodes, parent: unknown) => {
      const position = calls.length;
      const made = handler(state, node, parent);
      if (node === target) {
        amend(made);
        calls.splice(position + callsBefore, 0, ...added);
      }
      return made;
    },
  };
}
