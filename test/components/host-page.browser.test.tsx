// In someone else's page: their reset does not change us, and we change nothing of theirs.
import preflight from 'tailwindcss/preflight.css?raw';
import { afterEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import {
  Attachment,
  ChatInput,
  ConnectionBanner,
  EmptyState,
  ErrorNotice,
  MessageActions,
  MessageBubble,
  MessageList,
  PlanList,
  ReasoningPanel,
  SourcesList,
  ToolCallCard,
} from '../../src/components.ts';
import { StreamingMarkdown } from '../../src/markdown.ts';
import '../../src/styles/styles.css';
import { part, text } from '../support/messages.ts';

const nothing = (): void => undefined;
const sources = [1, 2].map((n) => part('source', { title: `Source ${n}`, url: 'https://x.example', quote: 'so' }));

const answer = [
  '# One\n\n## Two\n\n### Three\n\nWords in **bold**, *italics*, ~~struck~~ and `code`, a [link](https://x.example/a), a note[^1] and [1].',
  '- one\n- two\n  1. nested\n  2. more\n\n- [x] done\n- [ ] open',
  '> A quote.\n>\n> - in it',
  '| a | b |\n| --- | --: |\n| c | 1 |',
  '```ts\nlet code = 1;\n```',
  '![far away](https://x.example/i.png)',
  '---\n\nThe end.\n\n[^1]: The note.',
].join('\n\n');

function Everything() {
  return (
    <>
      <div style={{ blockSize: 300 }}>
        <MessageList messages={[text('Why?', { id: 'q', role: 'user' }), text('Because.', { id: 'a' })]} />
      </div>
      <MessageBubble message={text('Partly', { id: 'i', status: 'interrupted' })} onRetry={nothing} />
      <ReasoningPanel part={part('reasoning', { id: 'r', text: 'hm', status: 'streaming' })} />
      <ToolCallCard part={part('tool', { id: 't', name: 'tides', args: { port: 'Brest' } })} defaultOpen />
      <PlanList steps={[{ id: '1', label: 'Find', status: 'active' }]} />
      <SourcesList sources={sources} />
      <MessageActions message={text('x', { id: 'x' })} onEdit={nothing} onFeedback={nothing} />
      <Attachment file={{ name: 'a.txt', mediaType: 'text/plain', size: 4_000 }} onRemove={nothing} />
      <ErrorNotice error={{ code: 'failed', retryable: true }} onRetry={nothing} />
      <ConnectionBanner state={{ status: 'offline' }} delayMs={0} />
      <EmptyState suggestions={['Why?']} />
      <ChatInput onSend={nothing} accept="*" defaultValue="Words" />
      <StreamingMarkdown allowImages="click" sources={sources}>
        {answer}
      </StreamingMarkdown>
    </>
  );
}

const properties = [
  'display',
  'position',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'lineHeight',
  'color',
  'backgroundColor',
  'margin',
  'padding',
  'borderTopWidth',
  'borderRadius',
  'textDecorationLine',
  'textAlign',
  'cursor',
  'opacity',
] as const satisfies readonly (keyof CSSStyleDeclaration)[];

/** What each element looks like and how large it is, by the name of its part or tag. */
function looks(elements: Iterable<Element>): readonly string[] {
  return [...elements].map((element) => {
    const style = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const name = element.getAttribute('data-slot') ?? element.tagName.toLowerCase();
    const values = properties.map((property) => `${property}: ${style[property]}`);
    const marker = style.display === 'list-item' ? style.listStyleType : 'none';
    return [name, `${Math.round(width)} x ${Math.round(height)}`, ...values, `marker: ${marker}`].join('; ');
  });
}

/** Elements of ours, and whatever stands inside them. Inside a picture only the picture counts; the chooser of files is never seen. */
const ours = (root: Element) => root.querySelectorAll('.rv:not([type=file]), .rv :not(svg *, input)');

function differenceOf(before: string | undefined, after: string): string {
  const [name, ...values] = after.split('; ');
  const old = before?.split('; ').slice(1) ?? [];
  return `${name}: ${values.flatMap((value, index) => (value === old[index] ? [] : [`${old[index]} became ${value}`])).join(', ')}`;
}

const added: Element[] = [];

/** The page's own sheets stand before ours, as in an application that imports a library after its reset. */
function addStyles(css: string): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.prepend(style);
  added.push(style);
  return style;
}

afterEach(() => {
  for (const element of added.splice(0)) element.remove();
});

const hostile = `@layer reset {
  *, ::before, ::after { margin: 0; padding: 0; border: 0 solid red; box-sizing: content-box; font: inherit; list-style: none; color: inherit; background: none; text-decoration: none; letter-spacing: 0; }
  button, textarea, input, select { all: unset; }
  img, svg, table, pre, code { display: block; max-width: 100%; }
  h1, h2, h3, p, ul, ol, li, blockquote { font-size: 100%; font-weight: normal; line-height: 1; }
  a { color: red; }
}`;

describe('in a page with a reset of its own', () => {
  it.each([
    ['a hostile one', hostile],
    ['Tailwind’s preflight', `@layer theme, base;\n@layer base {\n${preflight}\n}`],
  ])('looks as without it: %s', async (_, css) => {
    const { container } = await render(<Everything />);
    const before = looks(ours(container));
    addStyles(css);
    const after = looks(ours(container));
    expect(after.length).toBeGreaterThan(60);
    // The names first, for a failure to read well.
    const differ = after.flatMap((look, index) => (look === before[index] ? [] : [differenceOf(before[index], look)]));
    expect(differ).toEqual([]);
  });

  it('the reset is at work on what is not ours', async () => {
    const host = document.body.appendChild(document.createElement('h1'));
    added.push(host);
    const before = getComputedStyle(host).fontSize;
    addStyles(hostile);
    expect(getComputedStyle(host).fontSize).not.toBe(before);
  });
});

describe('beside elements that are not ours', () => {
  it('changes none of them, whatever theme the page names', () => {
    const host = document.createElement('div');
    const tags = [
      'p',
      'button',
      'a',
      'ol',
      'textarea',
      'h2',
      'table',
      'pre',
      'blockquote',
      'img',
      'svg',
      'code',
      'article',
    ];
    for (const tag of tags) host.append(document.createElement(tag));
    document.body.append(host);
    added.push(host);
    const sheets = [...document.head.querySelectorAll('style')].filter((style) => style.textContent?.includes('rv-'));
    expect(sheets.length).toBeGreaterThan(0);
    const theirs = () => looks([document.body, ...host.querySelectorAll('*')]);
    const withOurs = theirs();
    document.documentElement.dataset['theme'] = 'dark';
    document.documentElement.dataset['density'] = 'compact';
    expect(theirs()).toEqual(withOurs);
    delete document.documentElement.dataset['theme'];
    delete document.documentElement.dataset['density'];
    for (const style of sheets) style.disabled = true;
    const without = theirs();
    for (const style of sheets) style.disabled = false;
    expect(without).toEqual(withOurs);
  });

  it('gives no name outside its own prefix to animations, layers or custom properties', () => {
    const sheets = [...document.head.querySelectorAll('style')].filter((style) => style.textContent?.includes('rv-'));
    const css = sheets.map((style) => style.textContent ?? '').join('\n');
    const names = [...css.matchAll(/@(?:keyframes|property|font-face)\s+([\w-]*)/g)].map(([, name]) => name ?? '');
    expect(names.filter((name) => !/^(rv-|--rv-)/.test(name))).toEqual([]);
    const layers = [...css.matchAll(/@layer\s+([^{;]+)[{;]/g)].flatMap(([, list]) => (list ?? '').split(','));
    expect(layers.map((layer) => layer.trim()).filter((layer) => !layer.startsWith('rivulet.'))).toEqual([]);
  });
});
