import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import {
  Announcer,
  CodeBlock,
  CodeBlockAction,
  CodeBlockContent,
  CodeBlockFold,
  CodeBlockHeader,
  CodeBlockLanguage,
  CodeBlockRoot,
  type MarkdownPlugin,
} from '../../../src/index.ts';
import { itConforms } from '../conformance.tsx';

const code = 'const tide = "high";\n';

itConforms('CodeBlock', <CodeBlock code={code} language="ts" />, { slot: 'code-block', tag: 'figure' });
itConforms('CodeBlockRoot', <CodeBlockRoot />, { slot: 'code-block', tag: 'figure' });
itConforms('CodeBlockHeader', <CodeBlockHeader />, { slot: 'code-block-header', tag: 'figcaption' });
itConforms('CodeBlockLanguage', <CodeBlockLanguage />, { slot: 'code-block-language', tag: 'span' });
itConforms('CodeBlockAction', <CodeBlockAction label="Run" />, { slot: 'code-block-action', tag: 'button' });
itConforms('CodeBlockContent', <CodeBlockContent />, { slot: 'code-block-content', tag: 'pre' });
itConforms('CodeBlockFold', <CodeBlockFold />, { slot: 'code-block-fold', tag: 'button' });

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');
const content = () => screen.getByRole('group');

describe('CodeBlock', () => {
  it('shows its language, and names the code by it', () => {
    render(<CodeBlock code={code} language="ts" />);
    expect(screen.getByRole('group', { name: 'Code, ts' }).textContent).toBe(code);
    expect(screen.getByRole('figure').textContent).toContain('ts');
  });

  it('copies the code as it is, says so, and says it to those who listen', async () => {
    const user = userEvent.setup();
    render(
      <Announcer messages={[]}>
        <CodeBlock code={code} />
      </Announcer>,
    );
    await user.click(screen.getByRole('button', { name: 'Copy code' }));
    expect(await navigator.clipboard.readText()).toBe(code);
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('Copied');
  });

  it('says when it could not copy', async () => {
    render(<CodeBlock code={code} onCopy={() => Promise.reject(new Error('not allowed'))} />);
    await userEvent.click(screen.getByRole('button', { name: 'Copy code' }));
    expect(screen.getByRole('button', { name: 'Could not copy' })).toBeTruthy();
  });

  it('wraps lines when asked', async () => {
    render(<CodeBlock code={code} />);
    const wrap = screen.getByRole('button', { name: 'Wrap lines' });
    await userEvent.click(wrap);
    expect(wrap.getAttribute('aria-pressed')).toBe('true');
    expect(content().dataset['wrap']).toBe('');
  });

  it('folds what is longer than 400 lines, and loses no line by it', async () => {
    const { rerender } = render(<CodeBlock code={lines(400)} />);
    expect(screen.queryByRole('button', { expanded: false })).toBeNull();
    rerender(<CodeBlock code={lines(412)} />);
    const fold = screen.getByRole('button', { name: 'Show 12 more lines' });
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    expect(content().textContent).toBe(lines(412));
    await userEvent.click(fold);
    expect(screen.getByRole('figure').dataset['state']).toBe('open');
    expect(fold.getAttribute('aria-expanded')).toBe('true');
  });

  it('keeps the elements of whole pieces while the code grows', () => {
    const { rerender } = render(<CodeBlock code={lines(120)} streaming />);
    const [first] = content().querySelectorAll('.rv-code-lines');
    rerender(<CodeBlock code={lines(170)} streaming />);
    expect(content().querySelectorAll('.rv-code-lines')[0]).toBe(first);
    expect(content().textContent).toBe(lines(170));
  });

  it('lets plugins show the text or the whole', () => {
    const loud: MarkdownPlugin = { name: 'loud', text: ({ pieces }) => pieces.join('').toUpperCase() };
    const drawn: MarkdownPlugin = {
      name: 'drawn',
      blocks: { dot: ({ source, isOpen, children }) => (isOpen ? children : <img alt={source} />) },
    };
    const { rerender } = render(<CodeBlock code={code} language="ts" plugins={[loud, drawn]} />);
    expect(content().textContent).toBe(code.toUpperCase());
    rerender(<CodeBlock code="a -> b" language="dot" plugins={[loud, drawn]} streaming />);
    expect(screen.queryByRole('img')).toBeNull();
    rerender(<CodeBlock code="a -> b" language="dot" plugins={[loud, drawn]} />);
    expect(screen.getByRole('img', { name: 'a -> b' })).toBeTruthy();
  });
});
