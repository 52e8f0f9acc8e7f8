import katexStyles from 'katex/dist/katex.min.css?inline';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { highlight } from '../../src/highlight.ts';
import { StreamingMarkdown } from '../../src/markdown.ts';
import { math } from '../../src/math.ts';
import { mermaid } from '../../src/mermaid.ts';
import styles from '../../src/styles/styles.css?inline';

const plugins = () => [highlight(), math(), mermaid()];

function addStyles(text: string): void {
  const style = document.createElement('style');
  style.textContent = text;
  style.dataset['ofTest'] = '';
  document.head.append(style);
}

afterEach(() => {
  for (const style of document.querySelectorAll('[data-of-test]')) style.remove();
});

const code = `\`\`\`ts
/* one
two */
const tide: number = 12.4; // hours
export function next(high = 'now') {
  return \`\${high} later\`;
}
\`\`\`
`;

describe('highlight()', () => {
  it('colours code by classes, and never turns it plain again while it streams', { timeout: 60_000 }, async () => {
    const text = code + code.replace('one', 'three') + '\nDone.';
    const view = (end: number) => (
      <StreamingMarkdown streaming={end < text.length} plugins={plugins()}>
        {text.slice(0, end)}
      </StreamingMarkdown>
    );
    const screen = await render(view(12));
    await vi.waitFor(() => expect(screen.container.querySelector('.rv-code-comment')).not.toBeNull(), 15_000);
    for (let end = 13; end <= text.length; end++) {
      await screen.rerender(view(end));
      const [block] = screen.container.querySelectorAll('pre');
      expect({ end, colored: block?.querySelector('.rv-code-comment') !== null }).toEqual({ end, colored: true });
    }
    const [first] = screen.container.querySelectorAll('pre');
    expect(first?.textContent).toBe(code.slice(6, -4));
    expect(kindOf(first, 'two */')).toBe('rv-code-comment');
    expect(kindOf(first, 'const')).toBe('rv-code-keyword');
    expect(kindOf(first, '12.4')).toBe('rv-code-number');
    expect(kindOf(first, 'next')).toBe('rv-code-function');
    expect(kindOf(first, "'now'")).toBe('rv-code-string');
    expect(screen.container.querySelector('[style]')).toBeNull();
  });

  it('colours what comes, and keeps the elements of what has come', { timeout: 60_000 }, async () => {
    const lines = (count: number) =>
      `\`\`\`python\n${Array.from({ length: count }, (_, at) => `tide_${at} = ${at}  # hours`).join('\n')}`;
    const view = (count: number) => (
      <StreamingMarkdown streaming plugins={[highlight()]}>
        {lines(count)}
      </StreamingMarkdown>
    );
    const screen = await render(view(120));
    await vi.waitFor(() => expect(screen.container.querySelectorAll('.rv-code-comment')).toHaveLength(120), 15_000);
    expect(screen.container.querySelectorAll('.rv-code-lines')).toHaveLength(3);
    const before = [...screen.container.querySelectorAll('.rv-code-number')];
    await screen.rerender(view(180));
    const after = [...screen.container.querySelectorAll('.rv-code-number')];
    expect(after).toHaveLength(180);
    expect(before.slice(0, 119).every((each, at) => each === after[at])).toBe(true);
  });

  it('colours long code over several frames, and leaves unknown languages plain', async () => {
    const text = `\`\`\`json\n[\n${'  {"a": 1},\n'.repeat(3_000)}]\n\`\`\`\n\n\`\`\`nonsense\nx = 1\n\`\`\`\n`;
    const screen = await render(<StreamingMarkdown plugins={[highlight()]}>{text}</StreamingMarkdown>);
    await vi.waitFor(() => expect(screen.container.querySelectorAll('.rv-code-number')).toHaveLength(3_000), 15_000);
    const [, unknown] = screen.container.querySelectorAll('pre');
    expect(unknown?.innerHTML).not.toContain('span');
    expect(unknown?.textContent).toBe('x = 1\n');
  });
});

function kindOf(root: Element | undefined, text: string): string | undefined {
  const token = [...(root?.querySelectorAll('[class^="rv-code-"]:not(.rv-code-lines)') ?? [])].find((each) =>
    each.textContent?.includes(text),
  );
  return token?.className;
}

describe('math()', () => {
  it('sets formulas when they are closed, with MathML for screen readers', async () => {
    addStyles(katexStyles);
    const text =
      'Let $x^2$ be\n\n$$\n\\frac{a}{b}\n$$\n\n```math\n\\sum_i i\n```\n\nand $\\oops{x}$, $5 and $10; $open';
    const screen = await render(<StreamingMarkdown plugins={[math()]}>{text}</StreamingMarkdown>);
    await vi.waitFor(() => expect(screen.container.querySelectorAll('.katex')).toHaveLength(3), 15_000);
    expect(screen.container.querySelectorAll('math')).toHaveLength(3);
    expect(screen.container.querySelectorAll('.katex-display')).toHaveLength(2);
    expect(screen.container.querySelectorAll('.katex-html[aria-hidden=true]')).toHaveLength(3);
    // What KaTeX cannot read stays as it was written, and prices are no math.
    expect(screen.container.querySelector('p:last-child')?.textContent).toBe('and \\oops{x}, $5 and $10; $open');
  });

  it('shows the source of an open formula, without its dollars, and never half a formula', async () => {
    addStyles(katexStyles);
    const text = 'Let $\\frac{a_1}{b*c}$ be, and\n\n$$\nx_1 + y_2\n$$\n';
    const view = (end: number) => (
      <StreamingMarkdown streaming plugins={[math()]}>
        {text.slice(0, end)}
      </StreamingMarkdown>
    );
    const screen = await render(view(text.length));
    await vi.waitFor(() => expect(screen.container.querySelectorAll('.katex')).toHaveLength(2), 15_000);
    for (let end = 1; end <= text.length; end++) {
      await screen.rerender(view(end));
      const copy = screen.container.cloneNode(true) as Element;
      const shown = copy.querySelectorAll('.katex').length;
      for (const formula of copy.querySelectorAll('.katex')) formula.remove();
      expect({ end, dollar: copy.textContent?.includes('$'), em: copy.querySelector('em'), shown }).toEqual({
        end,
        dollar: false,
        em: null,
        // A dollar is judged by what follows it.
        shown: end <= 21 ? 0 : end < text.length ? 1 : 2,
      });
    }
  });

  it('leaves the setting to the browser where the style sheet of KaTeX is missing', async () => {
    const screen = await render(<StreamingMarkdown plugins={[math()]}>{'$x^2$'}</StreamingMarkdown>);
    await vi.waitFor(() => expect(screen.container.querySelector('math')).not.toBeNull(), 15_000);
    expect(screen.container.querySelector('.katex-html')).toBeNull();
  });
});

const diagram = '```mermaid\nflowchart LR\n  accTitle: How a tide comes\n  A[Moon] --> B[Water]\n```\n';

describe('mermaid()', () => {
  it('draws a diagram when its fence is closed, and names it', { timeout: 60_000 }, async () => {
    addStyles(styles);
    const open = diagram.slice(0, -5);
    const view = (text: string) => (
      <StrictMode>
        <StreamingMarkdown streaming plugins={[mermaid()]}>
          {text}
        </StreamingMarkdown>
      </StrictMode>
    );
    const screen = await render(view(open));
    await expect.element(screen.getByRole('group', { name: 'Code, mermaid' })).toBeVisible();
    await screen.rerender(view(diagram));
    const image = screen.getByRole('img', { name: 'How a tide comes' });
    await expect.element(image, { timeout: 30_000 }).toBeVisible();
    const svg = image.element().shadowRoot?.querySelector('svg');
    expect(svg?.textContent).toContain('Moon');
    expect(svg?.getBoundingClientRect().height).toBeGreaterThan(20);
    await screen.getByRole('button', { name: 'Show code' }).click();
    await expect.element(screen.getByRole('group', { name: 'Code, mermaid' })).toBeVisible();
  });

  it('follows the theme', { timeout: 60_000 }, async () => {
    addStyles(styles);
    const view = (theme: string) => (
      <div data-theme={theme}>
        <StreamingMarkdown plugins={[mermaid()]}>{diagram}</StreamingMarkdown>
      </div>
    );
    const screen = await render(view('light'));
    const fill = () => {
      const shape = screen.container.querySelector('[role=img]')?.shadowRoot?.querySelector('.node rect');
      return shape ? getComputedStyle(shape).fill : undefined;
    };
    await vi.waitFor(() => expect(fill()).toBeDefined(), 30_000);
    const light = fill();
    await screen.rerender(view('dark'));
    await vi.waitFor(() => expect(fill()).not.toBe(light), 10_000);
  });

  it.each([
    'flowchart LR\n  A[unclosed',
    'flowchart LR\n  A@{ img: "https://evil.example/i.png", label: "x" }',
    'flowchart LR\n  A --> B\n  style A fill:url(https://evil.example/x)',
    'flowchart LR\n  A --> B\n  style A fill:\\75rl(//evil.example/x)',
  ])('shows the code of %j', { timeout: 60_000 }, async (source) => {
    const screen = await render(
      <StreamingMarkdown plugins={[mermaid()]}>{`\`\`\`mermaid\n${source}\n\`\`\`\n\n${diagram}`}</StreamingMarkdown>,
    );
    // Diagrams are drawn in their order, so by then the first has been tried.
    await vi.waitFor(() => expect(screen.container.querySelectorAll('[role=img]')).toHaveLength(1), 30_000);
    expect(screen.container.querySelector('pre')?.textContent).toBe(`${source}\n`);
    const asked = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).host);
    expect(asked.filter((host) => host.includes('evil'))).toEqual([]);
    expect(document.body.innerHTML).not.toContain('id="drv');
  });
});

describe('plugins on a server', () => {
  it('show what was written, and hydrate in silence', async () => {
    const view = <StreamingMarkdown plugins={plugins()}>{`${code}\n$x$\n\n${diagram}`}</StreamingMarkdown>;
    const container = document.createElement('div');
    container.innerHTML = renderToString(view);
    document.body.append(container);
    expect(container.textContent).toContain('const tide');
    expect(container.querySelector('.math-inline')?.textContent).toBe('x');
    expect(container.querySelector('[style]')).toBeNull();
    const complaints = vi.fn<(error: unknown) => void>();
    const root = hydrateRoot(container, view, { onRecoverableError: complaints });
    await vi.waitFor(() => expect(container.querySelector('.rv-code-keyword')).not.toBeNull(), 15_000);
    expect(complaints).not.toHaveBeenCalled();
    root.unmount();
    container.remove();
  });
});
