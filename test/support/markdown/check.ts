// Streams a text into a document and compares what it shows with the oracle.
import './production.ts';
import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { bare } from '../../../src/components/streaming-markdown/bare.ts';
import { createHastToReact } from '../../../src/components/streaming-markdown/hast-to-react.ts';
import { createDocument } from '../../../src/markdown/document.ts';
import type { MarkdownDocument } from '../../../src/markdown/document.ts';
import { safeUrl } from '../../../src/markdown/url-policy.ts';
import { oracle } from './oracle.ts';

const toReact = () => createHastToReact({ components: bare, urlTransform: safeUrl, skipHtml: false });

/** Spans around the lines of code are the one difference allowed. */
export const withoutLineSpans = (html: string): string =>
  html.replaceAll(/<span class="rv-code-lines">([^<]*)<\/span>/g, '$1');

export function markupOf(document: MarkdownDocument, render = toReact()): string {
  return withoutLineSpans(renderToStaticMarkup(createElement(Fragment, null, render(document.snapshot().blocks))));
}

export interface Difference {
  readonly text: string;
  readonly expected: string;
  readonly actual: string;
}

/** The first chunk after which the document differs, or its end after it was shown without its unfinished syntax. */
export function firstDifference(chunks: readonly string[]): Difference | undefined {
  const document = createDocument();
  const streamed = createDocument();
  const render = toReact();
  let text = '';
  let expected = '';
  for (const chunk of chunks) {
    text += chunk;
    document.append(chunk);
    streamed.append(chunk);
    streamed.snapshot(true);
    const actual = markupOf(document, render);
    expected = oracle(text);
    if (actual !== expected) return { text, expected, actual };
  }
  const actual = markupOf(streamed);
  return actual === expected ? undefined : { text, expected, actual };
}
