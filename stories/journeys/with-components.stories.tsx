import type { Meta, StoryObj } from '@storybook/react-vite';
import { Chat } from '../../src/index.ts';
import { AnyProtocol } from '../support/any-protocol.tsx';
import * as journeys from '../support/journeys.ts';
import { live } from '../support/live.ts';
import { Reloading } from '../support/reloading.tsx';
import { StoryChat } from '../support/story-chat.tsx';

/** `Chat` on real connections to the simulated server. Each can be taken into the lab's hands from its panel. */
const meta = {
  title: 'Journeys/With components',
  component: StoryChat,
  parameters: { layout: 'fullscreen' },
  decorators: [(Story) => <div style={{ blockSize: '36rem' }}>{Story()}</div>],
} satisfies Meta<typeof StoryChat>;

export default meta;
type Story = StoryObj<typeof meta>;

function story({ stream, play }: journeys.Journey): Story {
  return { args: { stream }, play: live(({ canvasElement }) => play(canvasElement)) };
}

export const FirstMessage: Story = story(journeys.firstMessage);

/** What is being read stays where it is, however much arrives below. */
export const LongAnswerWhileReadingAbove: Story = story(journeys.readingAbove);

export const StopAndRetry: Story = story(journeys.stopAndRetry);

export const OfflineInMidAnswerAndResumed: Story = story(journeys.offlineAndResumed);

export const BusyServer: Story = story(journeys.busyServer);

export const ToolApproval: Story = story(journeys.toolApproval);

export const EditAndBranch: Story = story(journeys.editAndBranch);

export const ReloadAndResumed: Story = {
  ...story(journeys.reloadAndResumed),
  render: ({ stream }) => <Reloading stream={stream}>{({ chat }) => <Chat chat={chat} />}</Reloading>,
};

/** The switch of the lab does the same to any story. */
export const EveryProtocol: Story = {
  ...story(journeys.everyProtocol),
  render: ({ stream }) => <AnyProtocol stream={stream}>{({ chat }) => <Chat chat={chat} />}</AnyProtocol>,
};
