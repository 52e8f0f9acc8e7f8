// What a screen reader is given of a long thread. Chromium fills in what it skipped only while assistive technology is
// at work, so the test needs a browser of its own that believes so.
import { chromium } from 'playwright';
import { renderToString } from 'react-dom/server';
import { expect, it, onTestFinished } from 'vitest';
import { launchOptions } from '../../../scripts/browser.ts';
import { MessageList } from '../../../src/components.ts';
import { text } from '../../support/messages.ts';
import { bundledStyles } from '../../support/stylesheet.ts';

it('29: all 2,000 messages are items of the list, and a word of message 3 is read, though its layout is skipped', async () => {
  const messages = Array.from({ length: 2_000 }, (_, index) => text(`The tide comes twice a day. word${index}`));
  const markup = renderToString(<MessageList messages={messages} />);
  const launch = await launchOptions();
  const browser = await chromium.launch({ ...launch, args: [...launch.args, '--force-renderer-accessibility'] });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const css = await bundledStyles('styles.css');
  await page.setContent(`<style>${css}</style><div style="block-size: 500px">${markup}</div>`);
  await page.getByRole('region').evaluate((region) => region.scrollTo({ top: region.scrollHeight }));
  const far = page.locator('[role=listitem]').nth(3);
  const isLaidOut = () => far.evaluate((row) => row.checkVisibility({ contentVisibilityAuto: true }));
  await expect.poll(isLaidOut, { timeout: 10_000 }).toBe(false);

  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Accessibility.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const query = async (asked: { readonly role?: string; readonly accessibleName?: string }) =>
    (await devtools.send('Accessibility.queryAXTree', { nodeId: root.nodeId, ...asked })).nodes.length;
  await expect.poll(() => query({ role: 'listitem' }), { timeout: 30_000, interval: 500 }).toBe(2_000);
  expect(await query({ role: 'StaticText', accessibleName: 'The tide comes twice a day. word3' })).toBe(1);
}, 60_000);
