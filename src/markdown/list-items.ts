// The tokenizer tells where a list begins and ends and where each of its items begins; this adds the items themselves,
// and whether blank lines part what is in them, as a tree needs them.
import type { Event, Token } from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    listItem: 'listItem';
  }
  interface Token {
    _spread?: boolean;
  }
}

/** The events with those of list items. */
export function withItems(events: readonly Event[]): readonly Event[] {
  if (!events.some(([, token]) => isList(token))) return events;
  const result: Event[] = [];
  const starts: number[] = [];
  for (const event of events) {
    result.push(event);
    if (!isList(event[1])) continue;
    if (event[0] === 'enter') starts.push(result.length - 1);
    else addItems(result, starts.pop() ?? 0);
  }
  return result;
}

const isList = ({ type }: Token): boolean => type === 'listOrdered' || type === 'listUnordered';

/** What may stand between the last line of an item and the next one. */
const between: ReadonlySet<string> = new Set([
  'linePrefix',
  'blockQuotePrefix',
  'blockQuotePrefixWhitespace',
  'blockQuoteMarker',
  'listItemIndent',
]);

const marks: ReadonlySet<string> = new Set([
  'linePrefix',
  'listItemValue',
  'listItemMarker',
  'listItemPrefix',
  'listItemPrefixWhitespace',
]);

/** Adds the items of the list that the events end with, whose inner lists have theirs already. */
function addItems(events: Event[], start: number): void {
  const list = events.splice(start);
  const added: { readonly at: number; readonly event: Event }[] = [];
  let depth = -1;
  let item: Token | undefined;
  /** The first blank line in the item at its own level, but for one right behind the marker. */
  let blank = 0;
  let isAtMarker = false;
  let isSpread = false;

  list.forEach(([kind, token, context], index) => {
    const { type } = token;
    const isStart = kind === 'enter';
    if (isList(token) || type === 'blockQuote') depth += isStart ? 1 : -1;
    if (type === 'lineEndingBlank' && isStart && item && !isAtMarker && depth === 0 && blank === 0) blank = index;
    if (type === 'lineEndingBlank' ? isStart : !marks.has(type)) isAtMarker = false;
    const isNext = depth === 0 && isStart && type === 'listItemPrefix';
    if (!isNext && !(depth === -1 && index === list.length - 1)) return;
    if (item) {
      const { line, isParted } = trailingLines(list, index);
      if (isParted) isSpread = true;
      if (blank > 0 && (line === 0 || blank < line)) item._spread = true;
      item.end = { ...(line > 0 ? (list[line] as Event)[1].start : token.end) };
      added.push({ at: line || index, event: ['exit', item, context] });
    }
    if (!isNext) return;
    item = { type: 'listItem', _spread: false, start: { ...token.start }, end: { ...token.end } };
    added.push({ at: index, event: ['enter', item, context] });
    blank = 0;
    isAtMarker = true;
  });

  let next = 0;
  list.forEach((event, index) => {
    for (; added[next]?.at === index; next++) events.push((added[next] as (typeof added)[number]).event);
    events.push(event);
  });
  (list[0] as Event)[1]._spread = isSpread;
}

/** The first of the line endings before a place, which ends the item: those after it are blank lines. */
function trailingLines(list: readonly Event[], end: number): { readonly line: number; readonly isParted: boolean } {
  let line = 0;
  let isParted = false;
  for (let index = end - 1; index >= 0; index--) {
    const [kind, token] = list[index] as Event;
    if (token.type === 'lineEnding' || token.type === 'lineEndingBlank') {
      if (kind === 'exit') continue;
      if (line > 0) {
        (list[line] as Event)[1].type = 'lineEndingBlank';
        isParted = true;
      }
      token.type = 'lineEnding';
      line = index;
    } else if (!between.has(token.type)) {
      break;
    }
  }
  return { line, isParted };
}
