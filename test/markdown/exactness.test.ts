import { describe, expect, it } from 'vitest';
import { firstDifference } from '../support/markdown/check.ts';
import { commonmarkExamples, randomDocument } from '../support/markdown/documents.ts';
import { createRandom, randomChunks } from '../support/markdown/random.ts';

describe('createDocument, against react-markdown with remark-gfm', () => {
  it('knows every example of the CommonMark specification', () => {
    expect(commonmarkExamples).toHaveLength(652);
    const different = commonmarkExamples.filter((example) => firstDifference([example], true));
    expect(different).toEqual([]);
  });

  it('equals it at every prefix of every example, character by character', { timeout: 60_000 }, () => {
    const different = commonmarkExamples.filter((example) => firstDifference([...example], true));
    expect(different).toEqual([]);
  });

  // Each was found by chance, cut down, and differed once.
  it.each([
    '[^x]:```\n\n\n- [^x][^Note]\n[^note]:',
    '>~~~\n>[\n>\n[^1]:n\n',
    '>[a b]\n<t>\n\n[a b]:u\n',
    "[long label]\n*\t<!t\n'\n\n[long label]:u\n",
    '[a\n| b |\n|---|\n\n[a\n| b |\n\nx\n\n[b]: c\n',
    '- [a]\n\n      code\n\n\n- b\n\nc\n\n[a]: /u\n',
    '  *  ```\n    `\n3) [Bar]\n3) [Bar]:"\n',
    '>+\n>\n   >\t+ \\\n',
    '+ [\n  * [^1]\n\n    ;\n[^x]:[^1]:',
  ])('equals it for %j', (text) => {
    expect(firstDifference(text.split(/(?<=\n)/), true)).toBeUndefined();
    expect(firstDifference([...text], true)).toBeUndefined();
  });

  it('equals it for random documents in random pieces', { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed);
      const chunks = randomChunks(randomDocument(random), random);
      expect({ seed, ...firstDifference(chunks, random.chance(0.3)) }).toEqual({ seed });
    }
  });
});
