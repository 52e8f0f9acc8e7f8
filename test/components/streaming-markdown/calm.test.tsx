import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { watchCalm } from '../../../bench/markdown/calm.ts';
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
      const calm = await watchCalm({ show }, container, documentOf(kind, kind === 'mixed' ? 1500 : 700));
      expect(calm.rawExamples).toEqual([]);
      expect(calm.removedExamples).toEqual([]);
      expect(calm.longestStall).toBeLessThanOrEqual(60);
    },
  );
});
