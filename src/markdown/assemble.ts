// The parse of the tail, joined to the settled pieces: the nodes of the whole document, in which everything settled
// keeps its identity.
import type { ElementContent } from 'hast';
import type { Parents, Root } from 'mdast';
import { itemElement } from './containers.ts';
import { definitionsWithin } from './definitions.ts';
import type { Found } from './definitions.ts';
import { branchElement, callsWithin, settledNodes } from './pieces.ts';
import type { Branch, Content } from './pieces.ts';
import { render } from './render.ts';
import type { Amendment, Definition, FootnoteCall, RenderContext } from './render.ts';
import { continuedCount, isContainer } from './spine.ts';

export interface Assembled {
  readonly nodes: readonly ElementContent[];
  /** Calls in the tail, outside of footnotes. */
  readonly calls: readonly FootnoteCall[];
  /** Footnotes defined in the tail, by identifier. */
  readonly footnotes: ReadonlyMap<string, Content>;
  /** Whole content of the footnotes that the tail continues. */
  readonly continued: ReadonlyMap<Branch, Content>;
}

export function assemble(tree: Root, root: Branch, context: RenderContext, amendment?: Amendment): Assembled {
  const calls: FootnoteCall[] = [];
  const continued = new Map<Branch, Content>();

  const fresh = (parent: Parents, branch: Branch, loose: boolean): ElementContent[] => {
    const nodes = parent.children.slice(continuedCount(branch));
    if (branch.type !== 'list') {
      const rendered = render(nodes, context, amendment);
      calls.push(...rendered.calls);
      return [...rendered.nodes];
    }
    return nodes.flatMap((item) => {
      if (item.type !== 'listItem') return [];
      const rendered = render(item.children, context, amendment);
      calls.push(...rendered.calls);
      const element = itemElement(rendered.nodes, item.checked, loose);
      return item.position ? { ...element, position: item.position } : element;
    });
  };

  const nodesOf = (parent: Parents, branch: Branch, inherited: boolean): ElementContent[] => {
    const loose = branch.type === 'list' ? isLooseList(branch, parent) : inherited;
    const nodes = [...settledNodes(branch, loose)];
    const [continued] = parent.children;
    if (branch.open && continued && isContainer(continued)) {
      const element = elementOf(continued, branch.open, loose);
      if (element) nodes.push(element);
    }
    nodes.push(...fresh(parent, branch, loose));
    return nodes;
  };

  const elementOf = (parent: Parents, branch: Branch, loose: boolean) => {
    if (branch.type === 'footnoteDefinition') {
      const before = calls.length;
      const nodes = nodesOf(parent, branch, false);
      continued.set(branch, { nodes, calls: [...callsWithin(branch), ...calls.splice(before)] });
      return undefined;
    }
    return branchElement(branch, nodesOf(parent, branch, loose), loose, branch.hasTask || hasTask(parent));
  };

  const nodes = nodesOf(tree, root, false);
  const footnotes = new Map<string, Content>();
  for (const definition of definitionsWithin(tree)) {
    const identifier = definition.identifier.toUpperCase();
    if (definition.type !== 'footnoteDefinition' || identifier === '' || footnotes.has(identifier)) continue;
    footnotes.set(identifier, render(definition.children, context, amendment));
  }
  return { nodes, calls, footnotes, continued };
}

/** What the tail defines. A footnote that it continues has no identifier there. */
export function foundWithin(tree: Root): Found {
  const links = new Map<string, Definition>();
  const footnotes = new Set<string>();
  for (const node of definitionsWithin(tree)) {
    const identifier = node.identifier.toUpperCase();
    if (node.type === 'footnoteDefinition') footnotes.add(identifier);
    else if (!links.has(identifier)) links.set(identifier, { url: node.url, title: node.title });
  }
  footnotes.delete('');
  return { links, footnotes };
}

function isLooseList(branch: Branch, node: Parents): boolean {
  return (
    branch.spread ||
    (node.type === 'list' && (node.spread === true || node.children.some((item) => item.spread === true)))
  );
}

const hasTask = (node: Parents): boolean =>
  node.type === 'list' && node.children.some((item) => typeof item.checked === 'boolean');
