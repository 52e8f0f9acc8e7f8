import { describe, expect, it } from 'vitest';
import { createDocument } from '../../src/markdown/document.ts';

describe('createDocument', () => {
  it('keeps the identity of settled blocks', () => {
    const document = createDocument();
    document.append('# Title\n\nFirst.\n\nSecond');
    const before = document.snapshot().blocks;
    document.append(' grows.\n\nThird');
    const after = document.snapshot().blocks;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(after[2]).not.toBe(before[2]);
  });

  it('keeps the identity of settled list items while the list grows', () => {
    const document = createDocument();
    document.append('- one\n- two\n- three');
    const item = () => {
      const [list] = document.snapshot().blocks;
      return list?.type === 'element' ? list.children[1] : undefined;
    };
    const before = item();
    document.append(' and more\n- four');
    expect(item()).toBe(before);
  });

  it('parses nothing while plain words are added to plain text', () => {
    const document = createDocument();
    document.append('Some **bold** words');
    document.snapshot(true);
    const before = document.parsedCharacters;
    for (const part of [' and', ' more', ', of course. ', 'So on']) {
      document.append(part);
      document.snapshot(true);
    }
    expect(document.parsedCharacters).toBe(before);
    expect(document.snapshot(true).blocks).toMatchObject([
      { children: [{}, {}, { value: ' words and more, of course. So on' }] },
    ]);
  });

  it('parses nothing while lines are added to an open fence', () => {
    const document = createDocument();
    document.append('# Code\n\n```ts\nconst a');
    document.snapshot(true);
    const before = document.parsedCharacters;
    for (const part of [' = [*1*];', '\n', '\n  // a | b\n', '> **So** on']) {
      document.append(part);
      document.snapshot(true);
    }
    expect(document.parsedCharacters).toBe(before);
    const text = { value: 'const a = [*1*];\n\n  // a | b\n> **So** on\n' };
    expect(document.snapshot(true).blocks[1]).toMatchObject({
      data: { isOpen: true },
      children: [{ children: [text] }],
    });
    document.append('\n```\n\nMore');
    expect(document.snapshot(true).blocks[1]).toMatchObject({ children: [{ children: [text] }] });
    expect(document.snapshot(true).blocks[1]).not.toHaveProperty('data.isOpen');
    expect(document.snapshot(true).blocks[2]).toMatchObject({ tagName: 'p' });
  });

  it('renders again only the blocks that asked for a definition when it arrives', () => {
    const document = createDocument();
    document.append('See [this][ref].\n\nPlain words.\n\nMore.');
    const before = document.snapshot().blocks;
    document.append('\n\n[ref]: /url\n\n');
    const after = document.snapshot().blocks;
    expect(after[0]).not.toBe(before[0]);
    expect(after[0]).toMatchObject({ children: [{}, { tagName: 'a', properties: { href: '/url' } }, {}] });
    expect(after[1]).toBe(before[1]);
  });

  it('returns the same snapshot until the text changes', () => {
    const document = createDocument();
    document.append('Text');
    const before = document.snapshot();
    document.set('Text');
    expect(document.snapshot()).toBe(before);
  });

  it('starts anew when the text is replaced and not appended', () => {
    const document = createDocument();
    document.set('# One');
    document.set('Two');
    expect(document.snapshot().blocks).toMatchObject([{ tagName: 'p', children: [{ value: 'Two' }] }]);
    expect(document.text).toBe('Two');
  });

  it('takes a Windows line ending that is cut in two as one', () => {
    const document = createDocument();
    for (const part of ['a\r', '\nb\r', '\n\r', '\nc']) document.append(part);
    expect(document.snapshot().blocks).toMatchObject([{ tagName: 'p' }, { tagName: 'p', children: [{ value: 'c' }] }]);
  });
});
