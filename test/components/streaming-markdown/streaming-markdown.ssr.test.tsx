import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { StreamingMarkdown } from '../../../src/components/streaming-markdown/streaming-markdown.tsx';

describe('StreamingMarkdown on a server', () => {
  it('renders the whole text', () => {
    expect(renderToString(<StreamingMarkdown>{'**Hello**'}</StreamingMarkdown>)).toContain('<strong>Hello</strong>');
  });

  it('hints at no image of another host', () => {
    const html = renderToString(<StreamingMarkdown>{'![a](https://evil.example/i.png)'}</StreamingMarkdown>);
    expect(html).not.toContain('https://evil.example');
  });

  it('writes no inline style', () => {
    const html = renderToString(<StreamingMarkdown>{'| a |\n|:-:|\n| b |\n'}</StreamingMarkdown>);
    expect(html).toContain('data-align="center"');
    expect(html).not.toContain('style=');
  });
});
