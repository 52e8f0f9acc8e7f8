// Markdown as a voice should read it: the words, without the signs around them. Not a parser: what it takes for a sign
// and is none costs one character in speech, never anything on screen.

export function speakable(markdown: string): string {
  return markdown
    .replace(/^ {0,3}(```|~~~)[^\n]*$/gm, '')
    .replace(/^ {0,3}(?:[-*_] *){3,}$/gm, '')
    .replace(/^ {0,3}\[[^\]]+\]:[^\n]*$/gm, '')
    .replace(/^\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$/gm, '')
    .replace(/^ {0,3}#{1,6}\s+/gm, '')
    .replace(/^(?:\s*>)+\s?/gm, '')
    .replace(/^(\s*)(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/gm, '$1')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/\[\^?\d+\]/g, '')
    .replace(/(\*\*|__|~~)(?=\S)([\s\S]*?\S)\1/g, '$2')
    .replace(/(^|[^\w*])([*_])(?=\S)([^*_\n]*\S)\2(?!\w)/g, '$1$3')
    .replace(/(`+)([^`]+)\1/g, '$2')
    .replace(/\s*\|\s*/g, ' ')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
