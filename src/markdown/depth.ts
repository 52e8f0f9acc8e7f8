// Bounds on nesting. A text of ten thousand `>` or `*a ` means a tree of ten thousand levels, which no recursive function
// survives, react-markdown's included, and whose parse takes minutes. Beyond the bounds markers are text, and what is
// nested is shown as the words it holds.
import type { Nodes, Parents, Root } from 'mdast';
import type { Construct, ConstructRecord, TokenizeContext } from 'micromark-util-types';

/** Containers that may be open at once. */
export const maxContainers = 100;

/** Levels of a tree; a list takes two. */
export const maxLevels = 300;

/** Where too many containers are open, no other one opens. `onRefusal` hears of every place where a list might have, and none did. */
export function bounded(constructs: ConstructRecord, onRefusal: (context: TokenizeContext) => void): ConstructRecord {
  const listen: Construct = {
    name: 'listRefusal',
    partial: true,
    tokenize(_effects, _ok, nok) {
      onRefusal(this);
      return nok;
    },
  };
  const result: ConstructRecord = {};
  for (const [code, value] of Object.entries(constructs)) {
    const list = Array.isArray(value) ? value : value ? [value] : [];
    const own = list.map((construct) => boundedConstruct(construct));
    result[code as keyof ConstructRecord] = list.some(({ name }) => name === 'list') ? [...own, listen] : own;
  }
  return result;
}

const boundedConstruct = (construct: Construct): Construct => ({
  ...construct,
  tokenize(effects, ok, nok) {
    return isFull(this) ? nok : construct.tokenize.call(this, effects, ok, nok);
  },
});

interface Count {
  readonly events: number;
  readonly last: unknown;
  readonly open: number;
}

const counts = new WeakMap<TokenizeContext, Count>();

// Every container takes a column of the line at least, so most lines need no count; and what was counted before a place
// is counted once, as long as it stands.
function isFull(context: TokenizeContext): boolean {
  if (context.now().column <= maxContainers) return false;
  const { events } = context;
  const known = counts.get(context);
  const stands = known && events.length >= known.events && events[known.events - 1] === known.last;
  let open = stands ? known.open : 0;
  for (const [kind, token] of stands ? events.slice(known.events) : events) {
    if (token._container) open += kind === 'enter' ? 1 : -1;
  }
  counts.set(context, { events: events.length, last: events.at(-1), open });
  return open >= maxContainers;
}

/** Makes text of whatever lies too deep in a tree. */
export function boundLevels(tree: Root): void {
  let level: Nodes[] = [tree];
  for (let depth = 0; level.length > 0; depth++) {
    const next: Nodes[] = [];
    for (const node of level) {
      if (!('children' in node)) continue;
      if (depth >= maxLevels) flatten(node);
      else for (const child of node.children) next.push(child);
    }
    level = next;
  }
}

function flatten(node: Parents): void {
  let value = '';
  const pending: Nodes[] = node.children.toReversed();
  for (let each = pending.pop(); each; each = pending.pop()) {
    if ('children' in each) pending.push(...each.children.toReversed());
    else if ('value' in each) value += each.value;
  }
  node.children = [{ type: 'text', value }];
}
