import { cleanup, render } from '@testing-library/react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { afterEach, describe, expect, it } from 'vitest';
import { watchCalm, wordsOf } from '../../../bench/markdown/calm.ts';
import { documentOf } from '../../../bench/markdown/documents.ts';
import { StreamingMarkdown } from '../../../src/markdown.ts';

afterEach(cleanup);

describe('StreamingMarkdown, one character a frame', () => {
  it.each(['mixed', 'list', 'table', 'references'] as const)(
    'shows no raw syntax, removes nothing that was shown, and never stalls: %s',
    { timeout: 60_000 },
    async (kind) => {
      const { container, rerender } = render(<StreamingMarkdown streaming>{''}</StreamingMarkdown>);
      const show = async (text: string, streaming: boolean) =>
        rerender(<StreamingMarkdown streaming={streaming}>{text}</StreamingMarkdown>);
      const text = documentOf(kind, kind === 'mixed' ? 1500 : 700).trimEnd();
      const whole = render(<ReactMarkdown remarkPlugins={[remarkGfm]}>{text}</ReactMarkdown>);
      const calm = await watchCalm({ show }, container, text, wordsOf(whole.container));
      expect(calm.rawExamples).toEqual([]);
      expect(calm.removedExamples).toEqual([]);
      expect(calm.longestStall).toBeLessThanOrEqual(60);
      // All of it but the marks of what is still open.
      expect(calm.visible.at(-1)).toBe(wordsOf(whole.container).join('').length);
    },
  );

  it('is a watch that sees raw syntax, what is removed, and stalls', async () => {
    const { container, rerender } = render(<ReactMarkdown remarkPlugins={[remarkGfm]}>{''}</ReactMarkdown>);
    const text = `${documentOf('mixed', 600)}\n\n[quiet]: /a-definition`;
    const show = async (soFar: string) =>
      rerender(<ReactMarkdown remarkPlugins={[remarkGfm]}>{soFar.slice(0, -70)}</ReactMarkdown>);
    const calm = await watchCalm({ show }, container, text, ['An', 'answer', 'Section']);
    expect(calm.rawFrames).toBeGreaterThan(50);
    expect(calm.removed).toBeGreaterThan(3);
    expect(calm.longestStall).toBeGreaterThan(60);
    expect(calm.visible.at(-1)).toBe('AnanswerSection'.length);
  });
});
