// Pins what each entry exports, and its types, so that nothing becomes public, changes, or stops being public unnoticed.
// Where the change is meant, `npm run api` writes it down.
import { describe, expect, it } from 'vitest';
import { apiReport } from '../scripts/api.ts';

describe('the public API', () => {
  it('is what public-api.txt says', { timeout: 120_000 }, async () => {
    await expect(apiReport()).toMatchFileSnapshot('public-api.txt');
  });
});
