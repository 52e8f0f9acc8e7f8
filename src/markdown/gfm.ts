// What GitHub adds to CommonMark: the reading half of remark-gfm. Its other half, which writes markdown from a tree, is
// never asked for where a tree becomes elements, and costs 8 kB.
import type { Nodes, Root } from 'mdast';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Extension } from 'micromark-util-types';

export const gfmSyntax = (): Extension => gfm();

/** Addresses that the parser does not see are looked for in the finished tree, which takes a good part of a parse. */
export const gfmTree: readonly TreeExtension[] = /* @__PURE__ */ gfmFromMarkdown().map(({ transforms, ...rest }) => ({
  ...rest,
  transforms:
    transforms?.map((transform) => (tree: Root) => (mayHoldAddress(tree) ? transform(tree) : undefined)) ?? [],
}));

const mayHoldAddress = (node: Nodes): boolean =>
  'children' in node
    ? node.children.some((child) => mayHoldAddress(child))
    : node.type === 'text' && /@|www\.|https?:/i.test(node.value);
