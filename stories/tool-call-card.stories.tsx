import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn } from 'storybook/test';
import { ToolCallCard, type PartOf } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const part: PartOf<'tool'> = {
  id: 't1',
  type: 'tool',
  callId: 'c1',
  name: 'tide_tables',
  by: 'server',
  status: 'called',
  argsText: '{"port":"Brest","from":"2026-06-01","days":2}',
  args: { port: 'Brest', from: '2026-06-01', days: 2 },
};

const result = {
  high: ['05:12', '17:38'],
  low: ['11:21', '23:47'],
  range: 5.9,
  note: 'Heights in metres above chart datum, times in local summer time of the port.',
};

const meta = {
  title: 'Components/ToolCallCard',
  component: ToolCallCard,
  args: { part },
} satisfies Meta<typeof ToolCallCard>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Running: Story = {};

export const Preparing: Story = { args: { part: { ...part, status: 'streaming', argsText: '{"port":"Br' } } };

export const Complete: Story = { args: { part: { ...part, status: 'complete', title: 'Tide tables', result } } };

export const Open: Story = { args: { part: { ...part, status: 'complete', result }, defaultOpen: true } };

export const Failed: Story = {
  args: { part: { ...part, status: 'failed', error: 'No such port: “Brst”. Did you mean Brest?' } },
};

export const Denied: Story = { args: { part: { ...part, status: 'denied' } } };

export const NeedsApproval: Story = {
  args: {
    part: {
      ...part,
      name: 'send_email',
      status: 'awaiting',
      args: { to: 'harbour@example.org', subject: 'Arrival at high water' },
      approval: { id: 'ok1', message: 'Send this message to the harbour master?' },
    },
    onApprove: fn(),
  },
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Allow' }));
    await expect(args.onApprove).toHaveBeenCalledWith('ok1', true);
  },
};

export const LongContent: Story = {
  args: { part: { ...part, name: 'mcp__coastal_observatory__fetch_harmonic_constituents_for_reference_station' } },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(ToolCallCard, meta.args, {
  Running,
  Preparing,
  Complete,
  Open,
  Failed,
  Denied,
  NeedsApproval,
});

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(ToolCallCard, meta.args, 'section');
