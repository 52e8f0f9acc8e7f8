import type { Meta, StoryObj } from '@storybook/react-vite';
import { PlanList } from '../src/index.ts';

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
