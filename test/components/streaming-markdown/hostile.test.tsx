import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { highlight } from '../../../src/highlight.ts';
import { math } from '../../../src/math.ts';
import { mermaid } from '../../../src/mermaid.ts';
import { StreamingMarkdown } from '../../../src/components/streaming-markdown/streaming-markdown.tsx';
import { heavyTexts, hostileTexts } from '../../support/markdown/hostile.ts';

const allowed = new Set(
  (
    'a blockquote br button caption code del div em figcaption figure h1 h2 h3 h4 h5 h6 hr img input li ol p pre section ' +
    'span strong sup table tbody td th thead tr ul'
  ).split(' '),
);

/** What of an element a browser would run, fetch or be misled by. */
function* dangersOf(element: Element): Generator<string> {
  const tag = element.tagName.toLowerCase();
  // Our own icons are drawings, and nothing else is.
  if (!allowed.has(tag) && !element.closest('svg.rv-icon')) yield `<${tag}>`;
  if (tag === 'input' && (element.getAttribute('type') !== 'checkbox' || !element.hasAttribute('disabled')))
    yield 'an input that is no task';
  for (const { name, value } of element.attributes) {
    if (/^on|^style$|^srcset$|^srcdoc$|^name$|^action$|^formaction$/.test(name)) yield `${name}=${value}`;
    if (name === 'id' && !/^(?:user-content-|footnote-label$)/.test(value)) yield `id=${value}`;
    if (name !== 'href' && name !== 'src') continue;
    const { protocol, host } = new URL(value, 'https://page.example/');
    if (!/^(?:https?|mailto|xmpp|ircs?):$/.test(protocol)) yield `${name}=${value}`;
    if (name === 'src' && host !== 'page.example') yield `a request to ${host}`;
  }
}

const dangersIn = (root: Element): string[] => [...root.querySelectorAll('*')].flatMap((each) => [...dangersOf(each)]);

/** Texts that are aimed at what the plugins load; test/plugins looks at what becomes of them in a browser. */
const forPlugins = hostileTexts.map(
  (text, index) =>
    [
      `$${text.replaceAll('$', '')}$`,
      `$$\n${text}\n$$\n`,
      `\`\`\`math\n${text}\n\`\`\`\n`,
      `\`\`\`mermaid\n${text}\n\`\`\`\n`,
    ][index % 4] ?? '',
);

describe('StreamingMarkdown with hostile text', () => {
  it('is shown a hundred of them', () => {
    expect(new Set(hostileTexts).size).toBe(100);
  });

  it.each(hostileTexts)('shows nothing dangerous at any prefix of %j', (text) => {
    const { container, rerender } = render(<StreamingMarkdown streaming>{''}</StreamingMarkdown>);
    for (let end = 1; end <= text.length; end++) {
      rerender(<StreamingMarkdown streaming>{text.slice(0, end)}</StreamingMarkdown>);
      expect({ end, dangers: dangersIn(container) }).toEqual({ end, dangers: [] });
    }
    rerender(<StreamingMarkdown>{text}</StreamingMarkdown>);
    expect(dangersIn(container)).toEqual([]);
    expect(dangersIn(document.head)).toEqual([]);
  });

  it.each(forPlugins)('shows nothing dangerous with plugins at any prefix of %j', (text) => {
    const plugins = [highlight(), math(), mermaid()];
    const { container, rerender } = render(
      <StreamingMarkdown streaming plugins={plugins}>
        {''}
      </StreamingMarkdown>,
    );
    for (let end = 1; end <= text.length; end++) {
      rerender(
        <StreamingMarkdown streaming={end < text.length} plugins={plugins}>
          {text.slice(0, end)}
        </StreamingMarkdown>,
      );
      expect({ end, dangers: dangersIn(container) }).toEqual({ end, dangers: [] });
    }
  });

  it.each(Object.entries(heavyTexts))('survives %s', { timeout: 30_000 }, (_name, text) => {
    const { container, rerender } = render(
      <StreamingMarkdown streaming>{text.slice(0, text.length / 2)}</StreamingMarkdown>,
    );
    rerender(<StreamingMarkdown streaming>{text}</StreamingMarkdown>);
    rerender(<StreamingMarkdown>{text}</StreamingMarkdown>);
    expect(dangersIn(container)).toEqual([]);
    expect(container.querySelector('[data-slot=streaming-markdown]')?.childNodes).not.toHaveLength(0);
  });
});
