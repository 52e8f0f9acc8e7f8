import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn } from 'storybook/test';
import { MessageActions } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';
import { answer } from './support/samples.ts';

const meta = {
  title: 'Components/MessageActions',
  component: MessageActions,
  args: { message: answer, onCopy: fn(), onRegenerate: fn(), onFeedback: fn() },
} satisfies Meta<typeof MessageActions>;

export default meta;
type Story = StoryObj<typeof meta>;

export const OfAnAnswer: Story = {};

export const OfAQuestion: Story = { args: { onRegenerate: undefined, onFeedback: undefined, onEdit: fn() } };

export const Judged: Story = { args: { feedback: 'good' } };

export const WithVersions: Story = { args: { branch: { index: 1, count: 3 }, onBranch: fn() } };

export const Copied: Story = {
  play: async ({ args, canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Copy' }));
    await expect(args.onCopy).toHaveBeenCalledOnce();
    await expect(await canvas.findByRole('button', { name: 'Copied' })).toHaveFocus();
  },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(MessageActions, meta.args, { OfAnAnswer, OfAQuestion, Judged, WithVersions });

export const LongContent: Story = { args: { branch: { index: 998, count: 1_000 }, onBranch: fn() } };

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(MessageActions, meta.args, 'div');
