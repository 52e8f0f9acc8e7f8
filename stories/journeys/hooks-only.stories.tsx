import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { AnyProtocol } from '../support/any-protocol.tsx';
import { BareChat } from '../support/bare-chat.tsx';
import * as journeys from '../support/journeys.ts';
import { live } from '../support/live.ts';
import { Reloading } from '../support/reloading.tsx';
import { useStoryChat, type StoryChatOptions } from '../support/use-story-chat.ts';

function HooksOnly({ stream }: { readonly stream: StoryChatOptions }): ReactElement {
  return <BareChat stream={useStoryChat(stream)} />;
}

/** The same journeys in bare HTML: `useChatStream` and the small hooks, none of our components, none of our CSS. */
const meta = { title: 'Journeys/Hooks only', component: HooksOnly } satisfies Meta<typeof HooksOnly>;

export default meta;
type Story = StoryObj<typeof meta>;

function story({ stream, play }: journeys.Journey): Story {
  return { args: { stream }, globals: { css: 'none' }, play: live(({ canvasElement }) => play(canvasElement)) };
}

export const FirstMessage: Story = story(journeys.firstMessage);

export const LongAnswerWhileReadingAbove: Story = story(journeys.readingAbove);

export const StopAndRetry: Story = story(journeys.stopAndRetry);

export const OfflineInMidAnswerAndResumed: Story = story(journeys.offlineAndResumed);

export const BusyServer: Story = story(journeys.busyServer);

export const ToolApproval: Story = story(journeys.toolApproval);

export const EditAndBranch: Story = story(journeys.editAndBranch);

export const ReloadAndResumed: Story = {
  ...story(journeys.reloadAndResumed),
  render: ({ stream }) => <Reloading stream={stream}>{(chat) => <BareChat stream={chat} />}</Reloading>,
};

/** The switch of the lab does the same to any story. */
export const EveryProtocol: Story = {
  ...story(journeys.everyProtocol),
  render: ({ stream }) => <AnyProtocol stream={stream}>{(chat) => <BareChat stream={chat} />}</AnyProtocol>,
};
