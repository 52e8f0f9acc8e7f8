import type { Meta, StoryObj } from '@storybook/react-vite';
import { fn } from 'storybook/test';
import { EmptyState } from '../src/index.ts';

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
