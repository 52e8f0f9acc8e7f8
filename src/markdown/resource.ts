// The address and title of a link, in parentheses behind its text, which may still be to come.

/** More of them than these are not looked at one by one. */
const fewResources = 20;

/** Where the address behind a link's text begins that is still to be completed. */
export function unfinishedResource(text: string, start: number): number {
  const found = [...text.slice(start).matchAll(/\](?=\()/g)].map(({ index }) => start + index + 1);
  if (found.length > fewResources) return found[0] ?? Infinity;
  return found.find((offset) => isPartOfResource(text, offset + 1)) ?? Infinity;
}

/** Whether all that stands behind the parenthesis of a link may be its address and title, as long as none has closed it. */
export function isPartOfResource(text: string, start: number): boolean {
  let at = pass(blank, text, start);
  if (text[at] === '<') {
    at = pass(bracketed, text, at + 1);
    if (at < text.length && text[at] !== '>') return false;
    at++;
  } else {
    at = pass(address, text, at);
  }
  at = pass(blank, text, at);
  const title = titles[text[at] ?? ''];
  if (!title) return at >= text.length;
  at = pass(title, text, at + 1);
  if (text[at] === '(') return false;
  return pass(blank, text, at + 1) >= text.length;
}

// Spaces and line endings, with the markers of quotes; what is left at the end of each is what ends it.
const blank = /[\s>]*/y;
const bracketed = /[^<>\n\r]*/y;
const address = /\S*/y;
const titles: Readonly<Record<string, RegExp>> = {
  '"': /(?:[^"\\]|\\[^])*/y,
  "'": /(?:[^'\\]|\\[^])*/y,
  '(': /(?:[^()\\]|\\[^])*/y,
};

function pass(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(text)?.[0].length ?? 0);
}
