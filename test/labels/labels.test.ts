import { describe, expect, it } from 'vitest';
import { en } from '../../src/labels/en.ts';
import type { Label, Labels } from '../../src/labels/labels.ts';
import { zhCN } from '../../src/labels/zh-cn.ts';

function formsOf(label: Label): string[] {
  return typeof label === 'string' ? [label] : Object.values(label).filter((form) => form !== undefined);
}

function placesIn(label: Label): string[] {
  const places = formsOf(label).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
  return [...new Set(places)].sort();
}

describe.each<[string, Labels]>([
  ['en', en],
  ['zhCN', zhCN],
])('%s', (_, labels) => {
  const keys = Object.keys(en) as (keyof Labels)[];

  it('has every label, none of them empty, and no other', () => {
    expect(Object.keys(labels).sort()).toEqual([...keys].sort());
    expect(keys.flatMap((key) => formsOf(labels[key])).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('has the same places as the built-in labels', () => {
    for (const key of keys) expect([key, placesIn(labels[key])]).toEqual([key, placesIn(en[key])]);
  });

  it('is plain data, which can cross from a server to a page', () => {
    expect(structuredClone(labels)).toEqual(labels);
    expect(JSON.parse(JSON.stringify(labels))).toEqual(labels);
  });
});
