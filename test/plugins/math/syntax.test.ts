import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Processor } from 'unified';
import { describe, expect, it } from 'vitest';
import { bare } from '../../../src/components/streaming-markdown/bare.ts';
import { createHastToReact } from '../../../src/components/streaming-markdown/hast-to-react.ts';
import { createDocument } from '../../../src/markdown/document.ts';
import { safeUrl } from '../../../src/markdown/url-policy.ts';
import { mathSyntax } from '../../../src/plugins/math/syntax.ts';
import { firstDifference, withoutLineSpans } from '../../support/markdown/check.ts';
import { randomDocument } from '../../support/markdown/documents.ts';
import { oracle } from '../../support/markdown/oracle.ts';
import { createRandom, randomChunks, type Random } from '../../support/markdown/random.ts';
import remarkGfm from 'remark-gfm';

/** The same grammar as a plugin of remark, which parses the whole text anew each time. */
function remarkMath(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: unknown[]; fromMarkdownExtensions?: unknown[] };
  (data.micromarkExtensions ??= []).push(mathSyntax.micromark);
  (data.fromMarkdownExtensions ??= []).push(mathSyntax.tree);
}

const whole = (text: string): string => oracle(text, { remarkPlugins: [remarkGfm, remarkMath] });

function differenceOf(chunks: readonly string[], everyPrefix: boolean) {
  const document = createDocument({ syntax: mathSyntax });
  const toReact = createHastToReact({ components: bare, urlTransform: safeUrl, skipHtml: false });
  let text = '';
  for (const [index, chunk] of chunks.entries()) {
    text += chunk;
    document.append(chunk);
    const { blocks } = document.snapshot();
    if (!everyPrefix && index < chunks.length - 1) continue;
    const actual = withoutLineSpans(renderToStaticMarkup(createElement(Fragment, null, toReact(blocks))));
    const expected = whole(text);
    if (actual !== expected) return { text, actual, expected };
  }
  return undefined;
}

const inline = (text: string): string => `<p>${text}</p>`;
const math = (text: string, kind = 'inline'): string => `<code class="language-math math-${kind}">${text}</code>`;
const block = (text: string): string => `<pre><code class="language-math">${text}\n</code></pre>`;

describe('mathSyntax', () => {
  it.each([
    ['Let $x^2$ be', `Let ${math('x^2')} be`],
    ['设$x$为', `设${math('x')}为`],
    ['$a_1 *b* c_2$', math('a_1 *b* c_2')],
    ['($x$), "$y$".', `(${math('x')}), &quot;${math('y')}&quot;.`],
    ['$x\ny$', math('x y')],
    [String.raw`$a\$b$`, math(String.raw`a\$b`)],
    ['It is $$ x $$ here', `It is ${math(' x ', 'display')} here`],
    ['$$ a $ b $$', math(' a $ b ', 'display')],
  ])('reads math in %j', (text, expected) => {
    expect(whole(text)).toBe(inline(expected));
  });

  it.each([
    'It costs $5 and $10.',
    'From $5-$10 a day',
    'between $5 (was $10) and $20',
    'US$5 to US$10',
    '$ x $',
    '$x $ y$',
    'a $x$5',
    String.raw`\$x\$`,
    '$',
    'a $$ b',
    '$$$x$$$',
  ])('reads no math in %j', (text) => {
    expect(whole(text)).not.toContain('<code');
  });

  it.each([
    ['$$\nx\n$$', block('x')],
    ['  $$\n  x\n  $$  \n', block('  x')],
    ['$$ x\n+ y $$  \nz', `${block('x\n+ y')}\n<p>z</p>`],
    ['$$\nx $$\nz', `${block('x')}\n<p>z</p>`],
    ['a\n$$\nx\n$$', `<p>a</p>\n${block('x')}`],
    ['$$\nx\n\ny', `${block('x')}\n<p>y</p>`],
    ['> $$\n> x\n\ny', `<blockquote>\n${block('x')}\n</blockquote>\n<p>y</p>`],
    ['- $$\n  x\n  $$', `<ul>\n<li>\n${block('x')}\n</li>\n</ul>`],
  ])('reads a block in %j', (text, expected) => {
    expect(whole(text)).toBe(expected);
  });

  it('is the same at every prefix of a text that comes in small pieces', () => {
    for (const text of fixed) expect(differenceOf(text.match(/[^]{1,9}/g) ?? [], true)).toBeUndefined();
  });

  it('is the same for random documents in random pieces', { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = createRandom(seed);
      const chunks = randomChunks(withMath(randomDocument(random), random), random);
      // What the engine gets wrong without math is no matter of this grammar.
      const difference = differenceOf(chunks, false);
      const own = difference && firstDifference(chunks) === undefined ? difference : undefined;
      expect({ seed, ...own }).toEqual({ seed });
    }
  });
});

const fixed = [
  'Costs $5, **not $10**, and `$a$`; $x$ is it. $$ y\n\n$$\nz\n$$ \n- $$\n  a\n  b $$\n- $c$\n',
  `A long one: ${'it costs $5 or **$6** here and there, $x_1$ and so on. '.repeat(30)}$y$ end\n`,
  `${'设价格为$5，则$x$为数。'.repeat(60)}$z$\n`,
  `$$\n${'x + y \\\\\n'.repeat(120)}$$\n\nDone.\n`,
  '| $a$ | b |\n|---|---|\n| $x | y$ |\n| $z$ | $$ w $$ |\n\n[$l$]: /u\n\n[$l$] $m$\n',
];

const pieces = [
  '$',
  '$',
  '$$',
  '$x$',
  '$5',
  '$a_b*c$',
  ' $$ x $$ ',
  '\n$$\ny\n$$\n',
  '\n\n$$ z\n',
  '\\$',
  '$`$`$',
  '\n$$\n',
];

function withMath(text: string, random: Random): string {
  let result = text;
  for (let count = 2 + random.below(8); count > 0; count--) {
    const at = random.below(result.length + 1);
    result = result.slice(0, at) + random.pick(pieces) + result.slice(at);
  }
  return result;
}
