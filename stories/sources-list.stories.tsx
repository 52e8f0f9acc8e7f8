import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { SourcesList } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';
import { sources } from './support/samples.ts';

const meta = {
  title: 'Components/SourcesList',
  component: SourcesList,
  args: { sources },
} satisfies Meta<typeof SourcesList>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Folded: Story = {
  play: async ({ canvas, userEvent }) => {
    const more = canvas.getByRole('button', { name: 'Show 2 more' });
    await userEvent.click(more);
    await expect(canvas.getAllByRole('listitem')).toHaveLength(7);
    await userEvent.click(more);
    await expect(canvas.getAllByRole('listitem')).toHaveLength(5);
  },
};

export const Open: Story = { args: { defaultOpen: true } };

export const WithScores: Story = { args: { scores: true } };

export const One: Story = { args: { sources: sources.slice(0, 1) } };

export const LongContent: Story = {
  args: {
    sources: Array.from({ length: 300 }, (_, index) => ({
      id: `many-${index}`,
      type: 'source' as const,
      kind: 'url' as const,
      url: `https://site-${index}.example.org/page`,
      title: `Observation ${index + 1}`,
    })),
  },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(SourcesList, meta.args, { Folded, Open, WithScores, One });

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(SourcesList, meta.args, 'section');
