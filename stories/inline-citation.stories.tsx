import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { InlineCitation, MessageText, SourceHighlight, SourcesList } from '../src/index.ts';
import { sources } from './support/samples.ts';

const meta = {
  title: 'Components/InlineCitation',
  component: InlineCitation,
  args: { index: 1, source: sources[0] },
} satisfies Meta<typeof InlineCitation>;

export default meta;
type Story = StoryObj<typeof meta>;

export const InText: Story = {
  render: (args) => (
    <SourceHighlight>
      <MessageText>
        Each coast meets two high tides
        <InlineCitation {...args} />, the second about 12 hours and 25 minutes after the first
        <InlineCitation index={2} source={sources[1]} />
        <InlineCitation index={3} source={sources[2]} />.
      </MessageText>
      <br />
      <SourcesList sources={sources.slice(0, 3)} />
    </SourceHighlight>
  ),
  play: async ({ canvas, canvasElement, userEvent }) => {
    await userEvent.hover(canvas.getByRole('link', { name: /^Source 2: Lecture 12/ }));
    const items = canvasElement.querySelectorAll('[data-slot=sources-list-item]');
    await expect(items[1]).toHaveAttribute('data-highlighted');
    await expect(items[0]).not.toHaveAttribute('data-highlighted');
  },
};

export const NotYetArrived: Story = { args: { index: 4, source: undefined } };
