import { act, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { StrictMode, createRef, type ComponentProps } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { bare } from '../../../src/components/streaming-markdown/bare.ts';
import { safeUrl } from '../../../src/markdown/url-policy.ts';
import { LabelsProvider, MessageBubble } from '../../../src/components.ts';
import { MarkdownText, StreamingMarkdown } from '../../../src/components/streaming-markdown/streaming-markdown.tsx';
import { zhCN } from '../../../src/labels/zh-cn.ts';
import type { SourcePart } from '../../../src/message/message.ts';
import { message, part } from '../../support/messages.ts';
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

  it('names footnotes in the language of its labels, and leaves words of the caller’s own', () => {
    const text = 'One[^1] and again[^1].\n\n[^1]: The note.\n';
    const names = (options?: ComponentProps<typeof StreamingMarkdown>['remarkRehypeOptions']) => {
      const { container } = render(
        <LabelsProvider labels={zhCN}>
          <StreamingMarkdown remarkRehypeOptions={options}>{text}</StreamingMarkdown>
        </LabelsProvider>,
      );
      const back = [...container.querySelectorAll('[data-footnote-backref]')];
      return [container.querySelector('h2')?.textContent, ...back.map((link) => link.getAttribute('aria-label'))];
    };
    expect(names()).toEqual(['脚注', '返回引用 1', '返回引用 1-2']);
    const own = { footnoteLabel: 'Notes', footnoteBackLabel: 'Back' };
    expect(names(own)).toEqual(['Notes', 'Back', 'Back']);
    expect(names({ ...own, allowDangerousHtml: true })).toEqual(['Notes', 'Back', 'Back']);
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

describe('images', () => {
  const text = '[![a chart](https://images.example/i.png)](https://site.example/)';

  it('says what is not loaded apart from what it shows', () => {
    const { container } = render(<StreamingMarkdown>{text}</StreamingMarkdown>);
    expect(container.textContent).toBe('a chart (image from images.example not loaded)');
    expect(container.querySelector('button, img')).toBeNull();
  });

  it('loads one on a click where that is allowed, also inside a link, and keeps it while the text grows', async () => {
    const followed = vi.fn<(isPrevented: boolean) => void>();
    const view = (more: string) => <StreamingMarkdown allowImages="click">{text + more}</StreamingMarkdown>;
    const { container, baseElement, getByRole, rerender } = render(view(''));
    const follow = (event: Event) => followed(event.defaultPrevented);
    baseElement.addEventListener('click', follow);
    onTestFinished(() => baseElement.removeEventListener('click', follow));
    expect(container.innerHTML).not.toContain('https://images.example');
    await userEvent.click(getByRole('button', { name: 'Load image' }));
    const image = container.querySelector('img');
    expect(image?.getAttribute('src')).toBe('https://images.example/i.png');
    expect(image?.getAttribute('loading')).toBe('lazy');
    expect(image?.getAttribute('referrerpolicy')).toBe('no-referrer');
    expect(followed).toHaveBeenCalledWith(true);
    rerender(view(' and more'));
    expect(container.querySelector('img')).toBe(image);
  });

  it('asks a function for each address of another host', () => {
    const allow = vi.fn((url: string): boolean | 'click' => (url.includes('good') ? true : 'click'));
    const { container } = render(
      <StreamingMarkdown allowImages={allow}>
        {'![](https://good.example/a.png) ![](https://other.example/b.png) ![](/own.png)'}
      </StreamingMarkdown>,
    );
    expect([...container.querySelectorAll('img')].map((each) => each.getAttribute('src'))).toEqual([
      'https://good.example/a.png',
      '/own.png',
    ]);
    expect(container.querySelectorAll('button')).toHaveLength(1);
    expect(allow.mock.calls.flat()).not.toContain('/own.png');
  });
});

describe('citations', () => {
  const sources = [
    part('source', { id: 's1', title: 'Tides', url: 'https://tides.example' }),
    part('source', { id: 's2', title: 'Moon', url: 'javascript:alert(1)' }),
  ];

  const text =
    'One [1], both [1, 2], none [3]; `[1]` and [a [1] link](/x).\n\n- tight [2]\n\n> quoted **[1]**\n\n| a |\n|---|\n| [1] |\n';

  it('become links to their sources, but not in code, in links, or without a source', () => {
    const { container, getAllByRole } = render(<StreamingMarkdown sources={sources}>{text}</StreamingMarkdown>);
    const links = getAllByRole('link', { name: 'Source 1: Tides' });
    expect(links.map((link) => link.closest('p, blockquote, td')?.tagName)).toEqual(['P', 'P', 'P', 'TD']);
    expect(links.every((link) => link.getAttribute('href') === 'https://tides.example')).toBe(true);
    expect(container.querySelector('p')?.textContent).toBe('One 1, both 12, none [3]; [1] and a [1] link.');
    expect(container.querySelector('li')?.textContent).toBe('tight 2');
    expect(container.innerHTML).not.toContain('javascript:');
  });

  it('are the same in a tree that plugins have seen', () => {
    const incremental = render(<StreamingMarkdown sources={sources}>{text}</StreamingMarkdown>);
    const whole = render(
      <StreamingMarkdown sources={sources} rehypePlugins={[() => () => undefined]}>
        {text}
      </StreamingMarkdown>,
    );
    expect(whole.container.innerHTML).toBe(incremental.container.innerHTML);
  });

  it('become links when their sources arrive, and tell which was followed', async () => {
    const follow = vi.fn<(source: SourcePart, index: number) => void>();
    const { container, rerender, getByRole } = render(<StreamingMarkdown streaming>{'One [1].'}</StreamingMarkdown>);
    expect(container.textContent).toBe('One [1].');
    rerender(
      <StreamingMarkdown streaming sources={sources} onCitation={follow}>
        {'One [1].'}
      </StreamingMarkdown>,
    );
    await userEvent.click(getByRole('link'));
    expect(follow).toHaveBeenCalledExactlyOnceWith(sources[0], 1);
  });

  it('highlight their source, and are highlighted with it', async () => {
    const { container, getByRole } = render(
      <MessageBubble
        message={message({ parts: [part('text', { text: 'One [1].' }), ...sources] })}
        parts={{ text: MarkdownText }}
      />,
    );
    act(() => getByRole('link', { name: 'Source 1: Tides' }).focus());
    expect([...container.querySelectorAll('[data-highlighted]')].map((each) => each.getAttribute('data-slot'))).toEqual(
      ['inline-citation', 'sources-list-item'],
    );
  });
});

describe('code blocks', () => {
  it('hand their text to the clipboard, wrap, and fold when long', async () => {
    const user = userEvent.setup();
    const long = 'let a;\n'.repeat(450);
    const { container, getByRole } = render(<StreamingMarkdown>{`\`\`\`ts\n${long}\`\`\``}</StreamingMarkdown>);
    await user.click(getByRole('button', { name: 'Copy code' }));
    expect(await navigator.clipboard.readText()).toBe(long);
    expect(getByRole('button', { name: 'Copied' })).toBeTruthy();
    const wrap = getByRole('button', { name: 'Wrap lines' });
    await user.click(wrap);
    expect(wrap.getAttribute('aria-pressed')).toBe('true');
    expect(container.querySelector('pre')?.hasAttribute('data-wrap')).toBe(true);
    expect(container.querySelector('figure')?.getAttribute('data-state')).toBe('closed');
    await user.click(getByRole('button', { name: 'Show 50 more lines' }));
    expect(container.querySelector('figure')?.getAttribute('data-state')).toBe('open');
  });
});

describe('tables', () => {
  it('are copied as CSV, in which no cell is a formula', async () => {
    const user = userEvent.setup();
    const { getByRole } = render(
      <StreamingMarkdown>{'| a, b | "c" |\n|---|---|\n| =1+1 | -2 |\n| **x** | @y |\n'}</StreamingMarkdown>,
    );
    await user.click(getByRole('button', { name: 'Copy as CSV' }));
    expect(await navigator.clipboard.readText()).toBe('"a, b","""c"""\r\n\'=1+1,-2\r\nx,\'@y');
  });
});
