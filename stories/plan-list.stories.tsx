import type { Meta, StoryObj } from '@storybook/react-vite';
import { PlanList } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const meta = {
  title: 'Components/PlanList',
  component: PlanList,
  args: {
    steps: [
      { id: '1', label: 'Find the tide tables for Brest', status: 'done' },
      { id: '2', label: 'Read the almanac', status: 'failed', detail: 'The page did not answer' },
      { id: '3', label: 'Compare with last year’s spring tides', status: 'active', detail: '2 of 3 months' },
      { id: '4', label: 'Write the answer', status: 'pending' },
    ],
  },
} satisfies Meta<typeof PlanList>;

export default meta;
type Story = StoryObj<typeof meta>;

export const UnderWay: Story = {};

export const AllDone: Story = {
  args: { steps: meta.args.steps.map((step) => ({ ...step, status: 'done' as const })), heading: 'What was done' },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(PlanList, meta.args, { UnderWay, AllDone });

export const LongContent: Story = {
  args: {
    steps: Array.from({ length: 40 }, (_, index) => ({
      id: `long-${index}`,
      label: `Step ${index + 1}: ${'compare '.repeat(12)}`,
      status: 'pending' as const,
      detail: 'https://example.org/'.padEnd(160, 'a'),
    })),
  },
};

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(PlanList, meta.args, 'section');
