import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn } from 'storybook/test';
import { ChatInput } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const meta = {
  title: 'Components/ChatInput',
  component: ChatInput,
  args: { onSend: fn(), onStop: fn() },
} satisfies Meta<typeof ChatInput>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Empty: Story = {};

export const Written: Story = { args: { defaultValue: 'Why are there two tides a day?', accept: '*' } };

export const LongContent: Story = {
  args: { defaultValue: Array.from({ length: 30 }, (_, line) => `Line ${line + 1}`).join('\n'), accept: '*' },
};

export const Streaming: Story = { args: { busy: true } };

export const StreamingAndQueueing: Story = { args: { busy: true, defaultValue: 'And on the equator?', queued: 1 } };

export const Disabled: Story = { args: { disabled: true, disabledReason: 'Sign in to ask' } };

export const TooLong: Story = { args: { defaultValue: 'Why are there two tides a day?', maxLength: 20 } };

export const Sends: Story = {
  args: { defaultValue: 'Why?' },
  play: async ({ args, canvas, userEvent }) => {
    const field = canvas.getByRole('textbox', { name: 'Your message' });
    await userEvent.click(field);
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}So?{Enter}');
    await expect(args.onSend).toHaveBeenCalledWith({ text: 'Why?\nSo?', files: [] });
    await expect(field).toHaveValue('');
    await expect(field).toHaveFocus();
  },
};

export const WithFiles: Story = {
  args: { accept: '.txt,.pdf', maxFileBytes: 2_097_152, defaultValue: 'What do these say?' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    const chooser = canvasElement.querySelector('input[type=file]');
    if (!(chooser instanceof HTMLInputElement)) throw new Error('no file input');
    await userEvent.upload(chooser, [
      new File(['a'.repeat(4_000)], 'notes.txt', { type: 'text/plain' }),
      new File(['b'.repeat(3_000_000)], 'log.txt', { type: 'text/plain' }),
    ]);
    await expect(canvas.getByText('notes.txt')).toBeVisible();
    await expect(canvas.getByText('log.txt is larger than 2 MB')).toBeVisible();
  },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(ChatInput, meta.args, {
  Empty,
  Written,
  Streaming,
  StreamingAndQueueing,
  Disabled,
  TooLong,
});

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(ChatInput, meta.args, 'section');
