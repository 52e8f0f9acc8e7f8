import { render } from '@testing-library/react';
import { StrictMode, createRef } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { describe, expect, it } from 'vitest';
import { bare } from '../../../src/components/streaming-markdown/bare.ts';
import { safeUrl } from '../../../src/markdown/url-policy.ts';
import { StreamingMarkdown } from '../../../src/components/streaming-markdown/streaming-markdown.tsx';
import { createRandom, randomChunks } from '../../support/markdown/random.ts';

// Random documents make React complain of nesting that react-markdown has too; they are compared as markup elsewhere.
const answer = [
  '# Title\n\nSome **bold *and* text** with `code`, a [link][ref] and a note[^1].\n',
  '- one\n- [x] two\n  - nested\n\n    ```js\n    let a;\n    ```\n- three\n',
  `\`\`\`ts\n${'const line = 1;\n'.repeat(120)}\`\`\`\n`,
  `| a | b |\n|:-:|---|\n${'| **x** | y |\n'.repeat(70)}`,
  '> quote\nlazy\n>\n> - item\n',
  '1. first\n2. second\n\n   loose\n',
  'Setext\n===\n\n***\n\n![image](/a.png)\n',
  '[ref]: /url "title"\n\n[^1]: The note.\n',
].join('\n');

/** React complains of an empty address, whoever renders it. */
const orNowhere = (url: string) => safeUrl(url) || '#';

/** A copy without the spans around lines of code, the one difference allowed, and with texts joined. */
function plain(root: Element | null): Element {
  const copy = (root ?? document.createElement('div')).cloneNode(true) as Element;
  for (const span of copy.querySelectorAll('.rv-code-lines')) span.replaceWith(...span.childNodes);
  copy.normalize();
  return copy;
}

describe('StreamingMarkdown with bare components', () => {
  it('ends with the DOM of react-markdown, however the text came', { timeout: 30_000 }, () => {
    for (let seed = 1; seed <= 6; seed++) {
      const text = answer;
      const { container, rerender, unmount } = render(
        <StreamingMarkdown streaming components={bare} allowImages urlTransform={orNowhere}>
          {''}
        </StreamingMarkdown>,
      );
      let sofar = '';
      for (const chunk of randomChunks(text, createRandom(seed)).slice(0, 60)) {
        sofar += chunk;
        rerender(
          <StreamingMarkdown streaming components={bare} allowImages urlTransform={orNowhere}>
            {sofar}
          </StreamingMarkdown>,
        );
      }
      rerender(
        <StreamingMarkdown components={bare} allowImages urlTransform={orNowhere}>
          {text}
        </StreamingMarkdown>,
      );
      const whole = render(
        <ReactMarkdown remarkPlugins={[remarkGfm]} urlTransform={orNowhere}>
          {text}
        </ReactMarkdown>,
      );
      const actual = plain(container.firstElementChild);
      const expected = plain(whole.container);
      const equal =
        actual.childNodes.length === expected.childNodes.length &&
        [...actual.childNodes].every((node, index) => node.isEqualNode(expected.childNodes[index] ?? null));
      expect(equal ? { seed } : { seed, html: actual.innerHTML }).toEqual(
        equal ? { seed } : { seed, html: expected.innerHTML },
      );
      whole.unmount();
      unmount();
    }
  });

  it('keeps the DOM nodes of what is settled', () => {
    const { container, rerender } = render(
      <StreamingMarkdown streaming components={bare}>
        {'# Title\n\nText'}
      </StreamingMarkdown>,
    );
    const heading = container.querySelector('h1');
    rerender(
      <StreamingMarkdown streaming components={bare}>
        {'# Title\n\nText grows\n\n- a\n- b\n'}
      </StreamingMarkdown>,
    );
    rerender(<StreamingMarkdown components={bare}>{'# Title\n\nText grows\n\n- a\n- b\n'}</StreamingMarkdown>);
    expect(container.querySelector('h1')).toBe(heading);
  });
});

describe('StreamingMarkdown', () => {
  it('forwards its ref and renders in StrictMode', () => {
    const ref = createRef<HTMLDivElement>();
    render(
      <StrictMode>
        <StreamingMarkdown ref={ref} className="mine">
          {'Hello **you**'}
        </StreamingMarkdown>
      </StrictMode>,
    );
    expect(ref.current?.className).toContain('mine');
    expect(ref.current?.textContent).toBe('Hello you');
  });

  it('loads no image of another host, and says which it did not load', () => {
    const { container } = render(
      <StreamingMarkdown>{'![a chart](https://evil.example/i.png?secret)'}</StreamingMarkdown>,
    );
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain('evil.example');
    expect(document.head.innerHTML).not.toContain('evil.example');
  });

  it('lowers headings', () => {
    const { container } = render(<StreamingMarkdown headingOffset={2}>{'# One\n\n##### Five'}</StreamingMarkdown>);
    expect([...container.querySelectorAll('h3, h6')].map((each) => each.textContent)).toEqual(['One', 'Five']);
  });

  it('labels task boxes, code and tables', () => {
    const { getByLabelText, getByRole } = render(
      <StreamingMarkdown>{'- [x] done\n\n```ts\nlet a;\n```\n\n| a |\n|---|\n| b |\n'}</StreamingMarkdown>,
    );
    expect(getByLabelText('Done')).toBeTruthy();
    expect(getByLabelText('Code, ts').textContent).toBe('let a;\n');
    expect(getByRole('group', { name: 'Table' })).toBeTruthy();
    expect(getByRole('button', { name: 'Copy code' })).toBeTruthy();
  });

  it('gives plugins the whole tree', () => {
    const shout = () => (tree: { children: { type: string; children?: { value?: string }[] }[] }) => {
      for (const child of tree.children)
        for (const text of child.children ?? []) text.value = text.value?.toUpperCase();
    };
    const { container } = render(<StreamingMarkdown remarkPlugins={[shout]}>quiet</StreamingMarkdown>);
    expect(container.textContent).toBe('QUIET');
  });
});
