// What react-markdown makes of a text: the measure of exactness.
import './production.ts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import ReactMarkdown from 'react-markdown';
import type { Options } from 'react-markdown';
import remarkGfm from 'remark-gfm';

export const oracle = (text: string, options: Options = {}): string =>
  renderToStaticMarkup(createElement(ReactMarkdown, { remarkPlugins: [remarkGfm], ...options }, text));
