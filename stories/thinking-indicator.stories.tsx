import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { ThinkingIndicator, type PartOf } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const searching: PartOf<'status'> = {
  id: 'p2',
  type: 'status',
  state: 'searching',
  label: 'Searching 3 queries',
  status: 'active',
  items: ['tide tables Brest 2026', 'lunar day length', 'spring tide dates'],
};

const phases: readonly PartOf<'status'>[] = [
  { id: 'p1', type: 'status', state: 'planning', label: 'Read the question', status: 'done' },
  { id: 'p1b', type: 'status', state: 'index', label: 'Look in the index', status: 'failed' },
  searching,
];

const meta = {
  title: 'Components/ThinkingIndicator',
  component: ThinkingIndicator,
  args: { delayMs: 0 },
} satisfies Meta<typeof ThinkingIndicator>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Flow: Story = {};

export const Shimmer: Story = { args: { variant: 'shimmer' } };

export const Searching: Story = { args: { phases } };

export const Progress: Story = {
  args: { phases: [{ ...searching, label: 'Reading 40 documents', progress: 0.35, items: [] }] },
};

export const Steps: Story = { args: { phases, variant: 'steps' } };

export const Elapsed: Story = {
  args: { phases: [{ ...searching, items: [], status: 'done', startedAt: 1_000, endedAt: 76_000 }], active: false },
  play: async ({ canvas }) => expect(canvas.getByText('1 min 15 s')).toBeVisible(),
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(ThinkingIndicator, meta.args, {
  Flow,
  Shimmer,
  Searching,
  Progress,
  Steps,
  Elapsed,
});

export const LongContent: Story = {
  args: {
    phases: [
      {
        ...searching,
        label: 'Searching '.repeat(30),
        items: Array.from({ length: 30 }, (_, index) => `query ${index + 1} ${'a'.repeat(120)}`),
      },
    ],
  },
};

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(ThinkingIndicator, meta.args, 'section');
