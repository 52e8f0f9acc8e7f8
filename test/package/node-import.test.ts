import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { entries } from '../../scripts/entries.ts';
import { consumer } from '../support/consumer.ts';

const modules = entries().filter((entry) => entry.kind === 'module');

describe('the built package in plain Node, without a DOM', () => {
  it.each(modules)('imports $specifier, silently and leaving nothing running', ({ specifier }) => {
    const script = `
      if (typeof document !== 'undefined' || typeof window !== 'undefined') throw new Error('There is a DOM.');
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const names = Object.keys(await import(${JSON.stringify(specifier)}));
      if (names.length === 0) throw new Error('Nothing is exported.');
      const added = Object.getOwnPropertyNames(globalThis).filter((key) => !before.has(key));
      if (added.length > 0) throw new Error('Globals were added: ' + added.join(', '));
    `;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: consumer(),
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
