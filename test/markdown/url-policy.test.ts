import { defaultUrlTransform } from 'react-markdown';
import { describe, expect, it } from 'vitest';
import { mayLoadImage, remoteHost, safeUrl } from '../../src/markdown/url-policy.ts';

const urls = [
  '',
  '#a',
  '?a:b',
  '/a:b',
  'a/b:c',
  'http://a.b',
  'HTTPS://a.b',
  'mailto:a@b.c',
  'xmpp:a@b',
  'irc://a',
  'ircs://a',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'vbscript:x',
  'data:text/html,<script>',
  'file:///etc/passwd',
  'blob:x',
  '//host/path',
  'tel:1',
  'a:b',
  ':x',
  'http:',
  'javascript&colon;x',
];

describe('safeUrl', () => {
  it.each(urls)('judges %j as react-markdown does', (url) => {
    expect(safeUrl(url)).toBe(defaultUrlTransform(url));
  });
});

describe('remoteHost', () => {
  it.each([
    ['/img.png', undefined],
    ['img.png', undefined],
    ['https://evil.example/x?y', 'evil.example'],
    ['//evil.example/x', 'evil.example'],
    ['/\\evil.example/x', 'evil.example'],
    ['\\\\evil.example/x', 'evil.example'],
    ['https://user@evil.example:8080/x', 'evil.example'],
    ['\thttps://evil.example', 'evil.example'],
    ['https:evil.example', 'evil.example'],
  ])('of %j is %j', (url, host) => {
    expect(remoteHost(url)).toBe(host);
  });
});

describe('mayLoadImage', () => {
  it('lets through the own host alone unless told otherwise', () => {
    expect(mayLoadImage('/a.png', false)).toBe(true);
    expect(mayLoadImage('https://a.b/c.png', false)).toBe(false);
    expect(mayLoadImage('https://a.b/c.png', ['a.b'])).toBe(true);
    expect(mayLoadImage('https://x.b/c.png', ['a.b'])).toBe(false);
    expect(mayLoadImage('https://a.b/c.png', true)).toBe(true);
    expect(mayLoadImage('https://a.b/c.png', (url) => url.endsWith('.png'))).toBe(true);
  });
});
