import { describe, expect, it } from 'vitest';
import { pathSegment } from '../../src/base/path-segment.ts';

describe('pathSegment', () => {
  it('escapes what means something in a path', () => {
    expect(pathSegment('a/b?c=ü')).toBe('a%2Fb%3Fc%3D%C3%BC');
  });

  it('keeps pairs of surrogates, and leaves half of one out instead of throwing', () => {
    expect(pathSegment('🌊')).toBe('%F0%9F%8C%8A');
    expect(pathSegment('\uD83C')).toBe('');
    expect(pathSegment('a\uDF0A')).toBe('a');
  });
});
