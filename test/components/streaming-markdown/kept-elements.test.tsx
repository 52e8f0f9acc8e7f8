// However long an answer becomes, what was shown keeps its elements: what a reader has selected, folded or focused stays.
import { render } from '@testing-library/react';
import { createElement, type ComponentPropsWithoutRef } from 'react';
import type { Components, ExtraProps } from 'react-markdown';
import { describe, expect, it } from 'vitest';
import { StreamingMarkdown } from '../../../src/components/streaming-markdown/streaming-markdown.tsx';
import type { SourcePart } from '../../../src/message/message.ts';

/** Shows the texts one after another; each element that is shown must be there at the end. */
function lostElements(texts: readonly string[], selector: string): string[] {
  const { container, rerender, unmount } = render(<StreamingMarkdown streaming>{''}</StreamingMarkdown>);
  const seen = new Set<Element>();
  for (const text of texts) {
    rerender(<StreamingMarkdown streaming>{text}</StreamingMarkdown>);
    for (const element of container.querySelectorAll(selector)) seen.add(element);
  }
  const lost = [...seen].filter((element) => !container.contains(element)).map((element) => element.outerHTML);
  unmount();
  return lost;
}

/** `count` pieces joined, one more each time. */
const growing = (count: number, piece: (index: number) => string, rest = ''): string[] => {
  const pieces = Array.from({ length: count }, (_, index) => piece(index));
  return pieces.map((_, index) => pieces.slice(0, index + 1).join('') + rest);
};

describe('elements of a growing answer', () => {
  it('keeps every paragraph', () => {
    const texts = growing(700, (index) => `Paragraph ${index} with **words**.\n\n`);
    expect(lostElements(texts, 'p, strong')).toEqual([]);
  });

  it('keeps every item of a list', () => {
    expect(
      lostElements(
        growing(90, (index) => `- Item **${index}**\n`),
        'ul, li, strong',
      ),
    ).toEqual([]);
  });

  it('keeps every row of a table', () => {
    const texts = growing(90, (index) => `| Row ${index} | *word* |\n`).map((rows) => `| a | b |\n|---|---|\n${rows}`);
    expect(lostElements(texts, 'tr, td, em')).toEqual([]);
  });

  it('keeps what stands in a long paragraph', () => {
    expect(
      lostElements(
        growing(90, (index) => `Some words, then \`code ${index}\` and `),
        'p, code',
      ),
    ).toEqual([]);
  });

  it('keeps the blocks of lines of a long code block', () => {
    const texts = growing(1200, (index) => `const line = ${index};\n`).map((lines) => `\`\`\`ts\n${lines}`);
    expect(
      lostElements(
        texts.filter((_, index) => index % 10 === 0 && index > 100),
        'pre, .rv-code-lines',
      ),
    ).toEqual([]);
  });

  it('keeps the notes, and what they stand behind', () => {
    const notes = '[^1]: The note.\n\n';
    const texts = growing(90, (index) => `Words with a note[^1] ${index}.\n\n`).map((text) => notes + text);
    expect(lostElements(texts, 'p, section, section li')).toEqual([]);
  });

  it.each([
    ['[**a** link](/b) that ends', 'a, strong'],
    ['**[`code` here](/b)** and [*more*][r]\n\n[r]: /c', 'a, strong, em, code'],
    ['see [**this**][] too\n\n[**this**]: /c', 'a, strong'],
    ['[![a badge](/b)](/c) is linked', 'a, img'],
    ['![an image][r] late, ![another][]\n\n[r]: /c\n[another]: /d', 'img'],
    ['| a | **b** |\n| --- | :-: |\n| c |', 'table, tr, th, td, strong'],
    ['> text\n> | a |\n> | - |\n> | b |', 'p, table, tr, th'],
  ])('keeps what stands in syntax that is still to end: %j', (text, selector) => {
    const texts = Array.from(text, (_, index) => text.slice(0, index + 1));
    expect(lostElements(texts, selector)).toEqual([]);
  });
});

describe('what was parsed again and is what it was', () => {
  /** How often `Tag` was rendered while the texts were shown one after another. */
  function rendersOf(Tag: 'a' | 'th' | 'td' | 'strong', texts: readonly string[], sources: readonly SourcePart[] = []) {
    let renders = 0;
    const components = {
      [Tag]({ node: _node, ...rest }: ComponentPropsWithoutRef<'a'> & ExtraProps) {
        renders++;
        return createElement(Tag, rest as object);
      },
    } as Components;
    const shown = (text: string) => (
      <StreamingMarkdown streaming components={components} sources={sources}>
        {text}
      </StreamingMarkdown>
    );
    const { rerender, unmount } = render(shown(''));
    for (const text of texts) rerender(shown(text));
    unmount();
    return renders;
  }

  const typed = (text: string, behind: string) => Array.from(behind, (_, index) => text + behind.slice(0, index + 1));

  it('is not rendered again: links of an open paragraph', () => {
    expect(rendersOf('a', typed('See [one](/1 "first") and [two](/2), ', 'then *more* of `it` and **more**'))).toBe(2);
  });

  it('is not rendered again: the head and the rows above the last of a table', () => {
    const table = '| a | b |\n| - | -: |\n| 1 | 2 |\n';
    expect(rendersOf('th', typed(table, '| **3** | *4* |\n| 5'))).toBe(2);
  });

  it('is not rendered again beside citations', () => {
    const sources: SourcePart[] = [
      { type: 'source', kind: 'url', id: 's', url: 'https://example.com/', title: 'Source' },
    ];
    expect(rendersOf('strong', typed('**One** fact [1] and **another**, ', 'then *more* of `it` [1]'), sources)).toBe(
      2,
    );
  });

  it('is rendered again when it has changed', () => {
    expect(rendersOf('a', ['See [one][r] and', 'See [one][r] and\n\n[r]: /late\n'])).toBe(2);
    expect(rendersOf('td', ['| a |\n| - |\n| 1 |', '| a |\n| - |\n| 12 |'])).toBe(2);
  });
});
