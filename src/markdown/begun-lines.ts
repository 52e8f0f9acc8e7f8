// How much of a text its last line lets one judge: all of it once the line can only go on as what it has begun as, else
// the lines before it.

// Whatever follows a word on its line, the line stays a paragraph's, a heading's, a row's, or what it continues.
const begun = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)]) +)*(?:#{1,6} +|\| *)?(?:\*{1,3}|_{1,3})?\p{L}/u;

export function hasBegun(text: string): boolean {
  return begun.test(text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1));
}

/** The complete lines of a text, without blank ones at the end: those may yet belong to what follows. */
export function completeLines(text: string): string {
  const isSplit = text.endsWith('\r');
  let end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r', text.length - (isSplit ? 2 : 1)), 0);
  // By hand: an expression would look at a long run of lines from each of them.
  for (let at = end; at > 0 && '\n\r \t>'.includes(text.charAt(at - 1)); at--) {
    if (text[at - 1] === '\n' || text[at - 1] === '\r') end = at - 1;
  }
  return text.slice(0, end);
}
