import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { InlineCitation, MessageText, SourceHighlight, SourcesList } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';
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

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(InlineCitation, meta.args, { InText, NotYetArrived });

export const LongContent: Story = {
  args: { index: 1_234, source: { ...sources[4], id: 'long', type: 'source', kind: 'url' } },
};

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(InlineCitation, meta.args, 'a');
