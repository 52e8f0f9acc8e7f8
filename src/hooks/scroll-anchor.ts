// Where rows stand in a scroll container, and which of them the reader's place is measured by.

/** The row that the reader sees at the top, and how far it stands from there. */
export interface Anchor {
  readonly row: Element;
  readonly offset: number;
}

export function offsetIn(viewport: Element, row: Element): number {
  return row.getBoundingClientRect().top - viewport.getBoundingClientRect().top;
}

/**
 * The first row that begins in the viewport, else the one that fills it: one that ends there may change its height above
 * the edge.
 */
export function findAnchor(viewport: Element, content: Element): Anchor | undefined {
  const { top, bottom } = viewport.getBoundingClientRect();
  const first = firstBelow(top, content);
  if (first === undefined) return undefined;
  const next = rowAfter(first);
  const begins = (row: Element): boolean => row.getBoundingClientRect().top >= top;
  const row = next !== undefined && !begins(first) && next.getBoundingClientRect().top < bottom ? next : first;
  return { row, offset: row.getBoundingClientRect().top - top };
}

/** The first row that ends below a line. Found by halves, for rows stand in order and a thread may have thousands. */
function firstBelow(line: number, rows: Element): Element | undefined {
  const { children } = rows;
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.getBoundingClientRect().bottom ?? 0) > line) high = middle;
    else low = middle + 1;
  }
  const found = children[low];
  return found !== undefined && isGroup(found) ? firstBelow(line, found) : found;
}

function rowAfter(row: Element): Element | undefined {
  const { parentElement: parent, nextElementSibling: sibling } = row;
  const next = sibling ?? (parent !== null && isGroup(parent) ? parent.nextElementSibling : null);
  return (next !== null && isGroup(next) ? next.firstElementChild : next) ?? undefined;
}

function isGroup(element: Element): boolean {
  return element.hasAttribute('data-group');
}
