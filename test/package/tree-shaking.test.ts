import { describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/sizes.ts';
import { installedPackage } from '../support/consumer.ts';

const filesOf = async (from: string, name: string) =>
  (await bundle([{ from, names: [name] }], installedPackage())).modules.toSorted();

describe('importing one component from rivulet', () => {
  it.each(['MessageBubble', 'ThinkingIndicator', 'SourcesList'])('costs no more than %s alone', async (name) => {
    const files = await filesOf('rivulet', name);
    expect(files).toEqual(await filesOf('rivulet/components', name));
    expect(files.length).toBeGreaterThan(0);
    // There is one policy for addresses, whoever shows them.
    const markdown = files.filter((file) => file.includes('markdown') && !file.endsWith('/url-policy.js'));
    expect(markdown).toEqual([]);
  });

  it('brings no component along with a hook', async () => {
    const files = await filesOf('rivulet', 'useChatStream');
    expect(files).toEqual(await filesOf('rivulet/hooks', 'useChatStream'));
    expect(files.filter((file) => /components|markdown/.test(file.slice(installedPackage().length)))).toEqual([]);
  });
});
