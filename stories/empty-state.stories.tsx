import type { Meta, StoryObj } from '@storybook/react-vite';
import { fn } from 'storybook/test';
import { EmptyState } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const meta = { title: 'Components/EmptyState', component: EmptyState } satisfies Meta<typeof EmptyState>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Plain: Story = {};

export const WithSuggestions: Story = {
  args: {
    suggestions: ['Why are there two tides a day?', 'Plan a walk at low tide', 'When is the next spring tide?'],
    onSuggestion: fn(),
  },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(EmptyState, {}, { Plain, WithSuggestions });

export const LongContent: Story = {
  args: {
    heading: 'What would you like to know about tides, currents, harbours and the charts that show them?',
    hint: 'Ask in your own words. '.repeat(12),
    suggestions: [
      'Which harbours between Brest and Saint-Malo can be entered at low water at spring tide by a boat that draws two metres?',
    ],
  },
};

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(EmptyState, {}, 'section');
