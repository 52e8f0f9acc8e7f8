import { describe, expect, it } from 'vitest';
import { applyJsonPatch } from '../../src/message/json-patch.ts';

const patched = (value: unknown, ...patch: readonly object[]) => applyJsonPatch(value, patch)?.value;

describe('applyJsonPatch', () => {
  it.each([
    [{ a: 1 }, { op: 'add', path: '/b', value: 2 }, { a: 1, b: 2 }],
    [{ a: 1 }, { op: 'add', path: '/a', value: 2 }, { a: 2 }],
    [{ a: [1, 3] }, { op: 'add', path: '/a/1', value: 2 }, { a: [1, 2, 3] }],
    [{ a: [1] }, { op: 'add', path: '/a/-', value: 2 }, { a: [1, 2] }],
    [{ a: 1 }, { op: 'add', path: '', value: [1] }, [1]],
    [{ a: { b: 1 } }, { op: 'replace', path: '/a/b', value: null }, { a: { b: null } }],
    [[1, 2], { op: 'replace', path: '/0', value: 0 }, [0, 2]],
    [{ a: 1, b: 2 }, { op: 'remove', path: '/a' }, { b: 2 }],
    [[1, 2, 3], { op: 'remove', path: '/1' }, [1, 3]],
    [{ a: 1 }, { op: 'move', from: '/a', path: '/b' }, { b: 1 }],
    [{ a: [1] }, { op: 'copy', from: '/a/0', path: '/a/-' }, { a: [1, 1] }],
    [{ a: [1, { b: 2 }] }, { op: 'test', path: '/a', value: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
    [{ 'a/b': { '~': 1 } }, { op: 'replace', path: '/a~1b/~0', value: 2 }, { 'a/b': { '~': 2 } }],
  ])('%j, %j', (before, operation, after) => {
    expect(patched(before, operation)).toEqual(after);
  });

  it('does nothing at all where one operation does not fit', () => {
    const good = { op: 'add', path: '/b', value: 2 };
    for (const bad of [
      { op: 'remove', path: '/x' },
      { op: 'replace', path: '/x/y', value: 1 },
      { op: 'add', path: '/x/y', value: 1 },
      { op: 'test', path: '/a', value: 2 },
      { op: 'move', from: '/x', path: '/y' },
      { op: 'add', path: 'a' },
      { op: 'hologram', path: '/a' },
    ]) {
      expect(applyJsonPatch({ a: 1 }, [good, bad])).toBeUndefined();
    }
    expect(applyJsonPatch([1], [{ op: 'add', path: '/3', value: 1 }])).toBeUndefined();
  });

  it('shares what it does not touch, and leaves what it is given alone', () => {
    const before = { left: { a: 1 }, right: { b: 1 } };
    const after = patched(before, { op: 'replace', path: '/right/b', value: 2 }) as typeof before;
    expect(after.left).toBe(before.left);
    expect(before.right.b).toBe(1);
  });

  it('adds a name that means something to JavaScript like any other', () => {
    const after = patched({}, { op: 'add', path: '/__proto__', value: { x: 1 } });
    expect(Object.keys(after as object)).toEqual(['__proto__']);
    expect(after).not.toHaveProperty('x');
  });
});
