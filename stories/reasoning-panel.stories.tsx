import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { ReasoningPanel, type PartOf } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const part: PartOf<'reasoning'> = {
  id: 'r1',
  type: 'reasoning',
  text: 'The reader asks why there are two bulges.\nFirst the differential pull, then the turning Earth, then the 25 minutes.\n\nKeep it short: they know that the Moon causes tides.',
  status: 'complete',
  startedAt: 1_000,
  endedAt: 13_000,
};

const meta = {
  title: 'Components/ReasoningPanel',
  component: ReasoningPanel,
  args: { part },
} satisfies Meta<typeof ReasoningPanel>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Closed: Story = {
  play: async ({ canvas, userEvent }) => {
    const trigger = canvas.getByRole('button', { name: 'Reasoned for 12 seconds' });
    await expect(trigger).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(trigger);
    await expect(canvas.getByText(/differential pull/)).toBeVisible();
    await userEvent.click(trigger);
    await expect(canvas.queryByText(/differential pull/)).toBeNull();
  },
};

export const Open: Story = { args: { defaultOpen: true } };

export const Streaming: Story = {
  args: { part: { id: 'r2', type: 'reasoning', text: part.text, status: 'streaming' } },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(ReasoningPanel, meta.args, { Closed, Open, Streaming });

export const LongContent: Story = {
  args: { part: { ...part, text: `${part.text}\n\n`.repeat(30) }, defaultOpen: true },
};

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(ReasoningPanel, meta.args, 'section');
