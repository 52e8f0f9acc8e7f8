import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import '../../src/styles/themes/dense.css';
import '../../src/styles/themes/playful.css';
import { sheetParameters } from '../support/component-stories.tsx';
import { Gallery } from '../support/gallery.tsx';

/** What a reviewer looks through before a release: everything on one sheet, under every circumstance. */
const meta = {
  title: 'Review/Sheets',
  component: Gallery,
  args: { name: 'Everything' },
  parameters: { layout: 'fullscreen', ...sheetParameters },
} satisfies Meta<typeof Gallery>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Nothing is wider than the page, on any host. */
async function fits({ canvasElement }: { readonly canvasElement: HTMLElement }): Promise<void> {
  const sheet = canvasElement.querySelector('.gallery, .galleries');
  await expect(sheet?.scrollWidth).toBeLessThanOrEqual(sheet?.clientWidth ?? 0);
}

export const AllStates: Story = { play: fits };

const themes = {
  Light: { 'data-theme': 'light' },
  Dark: { 'data-theme': 'dark' },
  'High contrast': { 'data-theme': 'light', 'data-contrast': 'more' },
  'High contrast, dark': { 'data-theme': 'dark', 'data-contrast': 'more' },
  Playful: { 'data-theme': 'light', 'data-rv-theme': 'playful' },
  Dense: { 'data-theme': 'light', 'data-rv-theme': 'dense' },
};

/** Side by side, each in a part of one page. */
export const AllThemes: Story = {
  // Each sheet is looked at alone elsewhere; here axe would find their headings and landmarks six times.
  parameters: { a11y: { test: 'off' } },
  tags: ['!test'],
  render: () => (
    <div className="galleries">
      {Object.entries(themes).map(([name, attributes]) => (
        <div key={name} className="rv" {...attributes}>
          <Gallery name={name} />
        </div>
      ))}
    </div>
  ),
};

export const Narrow: Story = { globals: { width: '320' }, play: fits };

export const RightToLeft: Story = { globals: { locale: 'ar' }, play: fits };

export const LongStrings: Story = { globals: { locale: 'pseudo', width: '480' }, play: fits };

/** The words stay, what can only be pressed goes. */
export const Print: Story = {
  globals: { media: 'print' },
  parameters: { a11y: { test: 'off' } },
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByText(/two bulges/)).toBeVisible();
    await expect(canvasElement.querySelector('[data-slot=chat-input]')).not.toBeVisible();
    await expect(canvasElement.querySelector('[data-slot=message-actions]')).not.toBeVisible();
  },
};

export const ForcedColours: Story = { globals: { media: 'forced' }, parameters: { a11y: { test: 'off' } }, play: fits };

export const ReducedMotion: Story = {
  globals: { motion: 'reduced' },
  play: async ({ canvasElement }) => {
    const moving = canvasElement.ownerDocument
      .getAnimations()
      .filter((animation) => animation.playState === 'running' && animation.effect?.getComputedTiming().duration !== 0);
    await expect(moving).toEqual([]);
  },
};

/** On a page with a reset of its own that stands in no layer, and so wins. What matters does not depend on winning. */
export const HostileHost: Story = {
  globals: { css: 'hostile' },
  parameters: { a11y: { test: 'off' } },
  play: async (context) => {
    await fits(context);
    const { canvas } = context;
    // The first to copy is the reader's own message, whose actions show when they are looked for.
    for (const name of ['Allow', 'Copy', 'Send'])
      await expect(canvas.getAllByRole('button', { name }).at(-1)).toBeVisible();
  },
};

/** Tailwind's preflight stands in its `base` layer, which comes before ours: nothing changes. */
export const TailwindPreflight: Story = {
  globals: { css: 'preflight' },
  play: async (context) => {
    await fits(context);
    const heading = context.canvas.getByRole('heading', { name: 'A table' });
    await expect(Number.parseInt(getComputedStyle(heading).fontWeight, 10)).toBeGreaterThanOrEqual(600);
    const cell = context.canvas.getByRole('cell', { name: 'Brest' });
    await expect(Number.parseFloat(getComputedStyle(cell).paddingInlineStart)).toBeGreaterThan(0);
  },
};

export const Unstyled: Story = { globals: { css: 'none' }, parameters: { a11y: { test: 'off' } } };
