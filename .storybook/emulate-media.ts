// Makes the page's style sheets, and scripts that ask, believe in a preference of the reader's that the browser does not
// have: rules behind the media query apply. What a browser does by itself besides (it paints over colours where they are
// forced) has to be written out; see forced-colors.css.

/** A query as style sheets write it, and whether it holds. */
export type EmulatedMedia = Readonly<Record<string, boolean>>;

/** Returns how to undo it. */
export function emulateMedia(media: EmulatedMedia): () => void {
  const undo = [...document.styleSheets].filter(isReadable).flatMap((sheet) => rewrite(sheet.cssRules, media));
  const { matchMedia } = window;
  window.matchMedia = (query) => {
    const answer = answerTo(query, media);
    return matchMedia.call(window, answer === undefined ? query : answer ? 'all' : 'not all');
  };
  return () => {
    window.matchMedia = matchMedia;
    for (const restore of undo) restore();
  };
}

/** `undefined`: nothing is emulated that the query asks for. */
export function answerTo(query: string, media: EmulatedMedia): boolean | undefined {
  const wanted = query.replaceAll(/\s+/g, ' ').trim();
  for (const [emulated, holds] of Object.entries(media)) {
    if (wanted === emulated) return holds;
  }
  return undefined;
}

/** The sheets of other origins cannot be read, and are not ours. */
export function isReadable(sheet: CSSStyleSheet): boolean {
  return sheet.href === null || sheet.href.startsWith(window.location.origin);
}

function rewrite(rules: CSSRuleList, media: EmulatedMedia): readonly (() => void)[] {
  return [...rules].flatMap((rule) => {
    const inner = 'cssRules' in rule ? rewrite(rule.cssRules as CSSRuleList, media) : [];
    if (!(rule instanceof CSSMediaRule)) return inner;
    const before = rule.media.mediaText;
    const answer = answerTo(before, media);
    if (answer === undefined) return inner;
    rule.media.mediaText = answer ? 'all' : 'not all';
    return [...inner, () => (rule.media.mediaText = before)];
  });
}
