import { describe, expect, it } from 'vitest';
import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { bare } from '../../src/components/streaming-markdown/bare.ts';
import { createHastToReact } from '../../src/components/streaming-markdown/hast-to-react.ts';
import { createDocument } from '../../src/markdown/document.ts';
import { safeUrl } from '../../src/markdown/url-policy.ts';

const unfinished = (text: string): string => {
  const document = createDocument();
  document.set(text);
  const render = createHastToReact({ components: bare, urlTransform: safeUrl, skipHtml: false });
  return renderToStaticMarkup(createElement(Fragment, null, render(document.snapshot(true).blocks)));
};

const head = (...cells: readonly string[]): string =>
  `<table><thead><tr>${cells.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead></table>`;

describe('snapshot of an unfinished document', () => {
  it.each([
    ['**bo', '<p><strong>bo</strong></p>'],
    ['a **bold *it', '<p>a <strong>bold <em>it</em></strong></p>'],
    ['a **bold*', '<p>a <strong>bold</strong></p>'],
    ['a **', '<p>a </p>'.replace(' </p>', '</p>')],
    ['`co', '<p><code>co</code></p>'],
    ['~~gone', '<p><del>gone</del></p>'],
    ['see [text', '<p>see text</p>'],
    ['see [text](htt', '<p>see text</p>'],
    ['see ![alt](htt', '<p>see</p>'],
    ['a note [^1', '<p>a note</p>'],
    ['fish &am', '<p>fish</p>'],
    ['3 * 4 and 5 < 6', '<p>3 * 4 and 5 &lt; 6</p>'],
    ['text\n-', '<p>text</p>'],
    ['text\n\n#', '<p>text</p>'],
    ['text\n\n1.', '<p>text</p>'],
    ['text\n\n|', '<p>text</p>'],
    ['text\n\n| a | **b', `<p>text</p>\n${head('a', '<strong>b</strong>')}`],
    ['text\n\n| a | b |\n', `<p>text</p>\n${head('a', 'b')}`],
    ['text\n\n| a | b |\n|--', `<p>text</p>\n${head('a', 'b')}`],
    [`${'words '.repeat(200)}\n\n| a`, `<p>${'words '.repeat(200).trim()}</p>\n${head('a')}`],
    ['text\n| a | b |', `<p>text</p>\n${head('a', 'b')}`],
    ['> | a \\| b | `c', `<blockquote>\n${head('a | b', '<code>c</code>')}\n</blockquote>`],
    ['- one\n- | a', `<ul>\n<li>one</li>\n<li>\n${head('a')}\n</li>\n</ul>`],
    ['| a | **b*', head('a', '<strong>b</strong>')],
    ['text\n\n| **', '<p>text</p>'],
    ['| a |\n| b', '<p>| a |\n| b</p>'],
    ['```\n| a', '<pre><code>| a\n</code></pre>'],
    ['```\nx\ny\nz\n| a', '<pre><code>x\ny\nz\n| a\n</code></pre>'],
    ['- one\n- **two', '<ul>\n<li>one</li>\n<li><strong>two</strong></li>\n</ul>'],
    ['see [the page][ref] so', '<p>see <a>the page</a> so</p>'],
    ['see [the page][re', '<p>see the page</p>'],
    ['see [the page][] so', '<p>see <a>the page</a> so</p>'],
    ['see [][] so', '<p>see [][] so</p>'],
    ['see ![a map][ref] so', '<p>see <img alt="a map"/> so</p>'],
    ['see ![a map][] so', '<p>see <img alt="a map"/> so</p>'],
    ['see [**the', '<p>see <a><strong>the</strong></a></p>'],
    ['see [the **page** so', '<p>see <a>the <strong>page</strong> so</a></p>'],
    ['see [**the page**](htt', '<p>see <a><strong>the page</strong></a></p>'],
    ['see [**not**] so', '<p>see [<strong>not</strong>] so</p>'],
    ['**see [the `page', '<p><strong>see <a>the <code>page</code></a></strong></p>'],
    ['cited [1', '<p>cited</p>'],
    ['cited [1]', '<p>cited</p>'],
    ['cited [1] so', '<p>cited [1] so</p>'],
    ['a \\* b &amp; **c \\* d', '<p>a * b &amp; <strong>c * d</strong></p>'],
    ['a [word](that is no address and goes on', '<p>a [word](that is no address and goes on</p>'],
    ['```js\nlet a\n``', '<pre><code class="language-js">let a\n</code></pre>'],
  ])('shows %j as %j', (text, expected) => {
    expect(unfinished(text)).toBe(expected);
  });

  it('gives a note its number before the note itself has come', () => {
    expect(unfinished('one[^a] two[^b] end')).toMatch(/<a [^>]*>1<\/a><\/sup> two<sup><a [^>]*>2<\/a><\/sup> end/);
  });

  it.each([
    ['a[^n]\n\n[^n', undefined],
    ['a[^n]\n\n[^n]: ', undefined],
    ['a[^n]\n\n[^n]: The **no', 'The <strong>no</strong>'],
    ['a[^n]\n\n[^n]: One.\n[^m]: Tw', 'One.'],
  ])('shows what has come of a note: %j', (text, shown) => {
    expect(/<li id="user-content-fn-n">\n<p>(.*) <a /.exec(unfinished(text))?.[1]).toBe(shown);
  });

  it('shows references that never resolve as text once it has ended', () => {
    const document = createDocument();
    document.set('See [a][b] and [^1] so.\n\nMore.\n\n');
    document.snapshot(true);
    const text = { type: 'text', value: 'See [a][b] and [^1] so.' };
    expect(document.snapshot().blocks).toMatchObject([{ tagName: 'p', children: [text] }, { tagName: 'p' }]);
  });

  it('shows the text as it is once it has ended', () => {
    const document = createDocument();
    document.set('**bo');
    document.snapshot(true);
    expect(document.snapshot().blocks).toMatchObject([{ tagName: 'p', children: [{ type: 'text', value: '**bo' }] }]);
  });
});
