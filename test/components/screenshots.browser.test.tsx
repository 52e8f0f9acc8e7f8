// Every component's states as pictures, one sheet for a component and a mode. Renew them after a wanted change with
// `npx vitest run --project browser test/components/screenshots -u`, and look at what changed before you commit it.
import '@fontsource/noto-sans-arabic/arabic-400.css';
import '@fontsource/noto-sans-arabic/arabic-700.css';
import '@fontsource/noto-sans-sc/chinese-simplified-400.css';
import '@fontsource/noto-sans-sc/chinese-simplified-700.css';
import { composeStories } from '@storybook/react-vite';
import type { ComponentType } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { LabelsProvider, type LabelsProviderProps } from '../../src/components.ts';
import { zhCN } from '../../src/labels/zh-cn.ts';
import { arabic } from '../../stories/support/arabic-labels.ts';
import '../../src/styles/styles.css';
import { painted } from '../support/devtools.ts';

type StoryModule = Parameters<typeof composeStories>[0];

/** Stories that show a state by themselves. Journeys, which need a server or a hand, are tests of their own. */
const modules = import.meta.glob<StoryModule>(
  [
    '../../stories/*.stories.tsx',
    '!../../stories/chat-component.stories.tsx',
    '!../../stories/use-event-stream.stories.tsx',
  ],
  { eager: true },
);

interface Mode {
  readonly width: number;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly labels?: LabelsProviderProps['labels'];
  readonly forcedColors?: boolean;
}

const modes: Readonly<Record<string, Mode>> = {
  light: { width: 640, attributes: { 'data-theme': 'light' } },
  dark: { width: 640, attributes: { 'data-theme': 'dark' } },
  arabic: { width: 640, attributes: { dir: 'rtl', lang: 'ar' }, labels: arabic },
  forced: { width: 640, forcedColors: true },
  'narrow-chinese': { width: 320, attributes: { lang: 'zh-CN' }, labels: zhCN },
};

const root = document.documentElement;

interface Devtools {
  send(method: string, params: object): Promise<unknown>;
}

const devtools = (): Devtools => cdp() as Devtools;

async function emulate(forcedColors: boolean): Promise<void> {
  const features = [
    { name: 'prefers-reduced-motion', value: 'reduce' },
    { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
  ];
  await devtools().send('Emulation.setEmulatedMedia', { features });
}

beforeAll(async () => {
  // A font that is asked for while a picture is taken comes too late for it.
  await Promise.all([...document.fonts].map((font) => font.load()));
  // The tests before may have left the pointer on something that shows it.
  await devtools().send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 0, y: 0 });
  // Elapsed times and countdowns stand still.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 5, 1, 12, 0, 5) });
  root.style.setProperty('--rv-font-body', "'DejaVu Sans', 'Noto Sans Arabic', 'Noto Sans SC', sans-serif");
  root.style.setProperty('--rv-font-mono', "'DejaVu Sans Mono', monospace");
});

afterAll(async () => {
  vi.useRealTimers();
  root.removeAttribute('style');
  await emulate(false);
  await page.viewport(800, 600);
});

afterEach(() => {
  for (const name of ['data-theme', 'dir', 'lang']) root.removeAttribute(name);
});

/** Stories that show the others' states once more, and those that wait for a plugin to load. */
const elsewhere =
  /^(Playground|States|LongContent|RightToLeft|Unstyled|ReplacedParts)$|Plugins|Highlighted|Formula|Diagram/;

/** A busy machine takes its time over a tall picture. */
const timeout = 20_000;

const sheets = Object.entries(modules).map(([path, module]) => {
  const name = path.replace(/^.*\/|\.stories\.tsx$/g, '');
  const plays = (story: string): boolean =>
    (Object.entries(module).find(([key]) => key === story)?.[1] as { readonly play?: unknown })?.play !== undefined;
  const stories = Object.entries(composeStories(module) as Record<string, ComponentType>).filter(
    ([story]) => !elsewhere.test(story) && !plays(story),
  );
  return { name, stories };
});

describe.each(Object.keys(modes))('in the mode %s', (modeName) => {
  it.each(sheets)('$name looks as it did', { timeout: 2 * timeout }, async ({ name, stories }) => {
    const mode = modes[modeName] as Mode;
    for (const [attribute, value] of Object.entries(mode.attributes ?? {})) root.setAttribute(attribute, value);
    await emulate(mode.forcedColors === true);
    await page.viewport(mode.width, 400);
    const sheet = (
      <div
        data-testid="sheet"
        className="rv"
        style={{ background: 'var(--rv-color-canvas)', padding: 16, display: 'grid', gap: 24 }}
      >
        {stories.map(([story, Story]) => (
          <div key={story} style={{ minInlineSize: 0 }}>
            <Story />
          </div>
        ))}
      </div>
    );
    await render(
      mode.labels === undefined ? (
        sheet
      ) : (
        <LabelsProvider labels={mode.labels} locale={mode.labels.locale}>
          {sheet}
        </LabelsProvider>
      ),
    );
    const locator = page.getByTestId('sheet');
    await document.fonts.ready;
    // The whole sheet must be in view, or the picture ends where the view does; and a taller view may make it taller.
    for (let pass = 0; pass < 2; pass += 1) {
      await page.viewport(mode.width, Math.ceil(locator.element().getBoundingClientRect().height) + 40);
    }
    // A busy machine gives the view its new height late.
    const isInView = () => locator.element().getBoundingClientRect().bottom + 1 < window.innerHeight;
    await expect.poll(isInView, { timeout }).toBe(true);
    await painted();
    await expect.element(locator, { timeout }).toMatchScreenshot(`${name}-${modeName}`, { timeout });
  });
});
