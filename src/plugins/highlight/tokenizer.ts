// shiki, one line at a time: a line and the state of the grammar before it become tokens and the state after it. Only
// the language asked for is loaded, and shiki's engine in JavaScript, since a strict content security policy allows no
// WebAssembly.
import { classOf, theme } from './theme.ts';

/** What shiki knows after a line. Its own object, handed back as it came. */
export type GrammarState = unknown;

export interface Token {
  readonly text: string;
  readonly className: string | undefined;
}

export interface TokenizedLine {
  readonly tokens: readonly Token[];
  readonly state: GrammarState;
}

export type Tokenizer = (line: string, state: GrammarState) => TokenizedLine;

type Shiki = Awaited<ReturnType<typeof loadShiki>>;

async function loadShiki() {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, { bundledLanguages }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
    import('shiki/langs'),
  ]);
  const engine = createJavaScriptRegexEngine({ forgiving: true });
  const highlighter = await createHighlighterCore({ themes: [theme], langs: [], engine });
  return {
    highlighter,
    bundledLanguages: bundledLanguages as Readonly<Record<string, Parameters<typeof highlighter.loadLanguage>[0]>>,
  };
}

let shiki: Promise<Shiki> | undefined;

/** Of a language; `undefined` for one that shiki does not know. */
export async function loadTokenizer(language: string): Promise<Tokenizer | undefined> {
  const { highlighter, bundledLanguages } = await (shiki ??= loadShiki());
  const lang = language.toLowerCase();
  const grammar = Object.hasOwn(bundledLanguages, lang) ? bundledLanguages[lang] : undefined;
  if (!grammar) return undefined;
  await highlighter.loadLanguage(grammar);
  // No limit of time: on a busy machine shiki would give a line up half-way, and what follows it the wrong colours. What
  // bounds the work is the length of a line.
  const limits = { tokenizeTimeLimit: 0, tokenizeMaxLineLength: 0 };
  return (line, state) => {
    const options = { lang, theme: theme.name, ...limits, ...(state ? { grammarState: state as never } : undefined) };
    const rows = highlighter.codeToTokensBase(line, options);
    const tokens = (rows[0] ?? []).map(({ content, color }) => ({ text: content, className: classOf(color) }));
    return { tokens: merged(tokens), state: highlighter.getLastGrammarState(rows) };
  };
}

/** Neighbours that look the same become one. */
function merged(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  for (const token of tokens) {
    const last = result.at(-1);
    const isSame = last?.className === token.className || token.text.trim() === '';
    if (last && isSame) result[result.length - 1] = { ...last, text: last.text + token.text };
    else result.push(token);
  }
  return result;
}
