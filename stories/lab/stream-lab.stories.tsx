import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { labDriver } from '../../.storybook/lab/with-lab.tsx';
import { documentOf, standing } from '../support/lab/standing.ts';
import { asWritten } from '../support/live.ts';
import { StoryChat } from '../support/story-chat.tsx';

/**
 * A story in the lab's hands: its address says at which event it stands, and what was done to its stream. Open the panel
 * to play it, wind it, and break it.
 */
const meta = {
  title: 'Stream lab/Chat',
  component: StoryChat,
  parameters: { layout: 'fullscreen' },
  decorators: [(Story) => <div style={{ blockSize: '32rem' }}>{Story()}</div>],
  args: { stream: { question: 'Why did the answer stop?', script: 'sources', tokensPerSecond: 40, tokenChars: 12 } },
} satisfies Meta<typeof StoryChat>;

export default meta;
type Story = StoryObj<typeof meta>;

export const HeldAtAnEvent: Story = {
  parameters: { lab: { at: 15 } },
  play: asWritten(async ({ canvas }) => {
    await standing(15);
    const answer = canvas.getAllByRole('article')[1];
    await expect(answer).toHaveAttribute('data-status', 'streaming');
    await expect(answer).toHaveTextContent(/On “Why did the answer stop\?”, the handbook/);
  }),
};

/** The same event shows the same, reached at once or by way of others. */
export const WoundBackAndOn: Story = {
  parameters: { lab: { at: 20, faults: 'drop-12_duplicate-16' } },
  play: asWritten(async ({ canvasElement }) => {
    await standing(20);
    const first = documentOf(canvasElement);
    for (const at of [8, 9, 20]) {
      await labDriver.wind(at);
      await standing(at);
    }
    await expect(documentOf(canvasElement)).toBe(first);
  }),
};

export const Stalled: Story = {
  parameters: { lab: { at: 13, faults: 'stall-12' } },
  play: asWritten(async ({ canvas }) => {
    await standing(13);
    await expect(canvas.getAllByRole('article')[1]).toHaveAttribute('data-status', 'streaming');
  }),
};

export const OfflineInMidAnswer: Story = {
  parameters: { lab: { at: 14, faults: 'offline-12' } },
  play: asWritten(async ({ canvas }) => {
    await standing(14);
    await expect(canvas.getAllByRole('article')[1]).toHaveAttribute('data-status', 'streaming');
  }),
};

/** What a tool asks for is allowed at an event too, and the answer goes on. */
export const Allowed: Story = {
  args: { stream: { question: 'Tell them', script: 'approval', protocol: 'ai-sdk', tokensPerSecond: 40 } },
  parameters: { lab: { at: 'end', faults: 'allow-29' } },
  play: asWritten(async ({ canvas }) => {
    await standing('somewhere');
    await expect(canvas.getByText('It is sent.')).toBeVisible();
  }),
};

export const PlayedToTheEnd: Story = {
  parameters: { lab: { at: 'end', faults: 'drop-12', protocol: 'ai-sdk' } },
  play: asWritten(async ({ canvas }) => {
    await standing('somewhere');
    await expect(canvas.getAllByRole('article')[1]).toHaveAttribute('data-status', 'complete');
  }),
};
