// `Chat` on a conversation that the lab can hold.
import type { ReactElement } from 'react';
import { Chat, type ChatViewProps } from '../../src/index.ts';
import { useStoryChat, type StoryChatOptions } from './use-story-chat.ts';

export interface StoryChatProps extends ChatViewProps {
  readonly stream: StoryChatOptions;
}

export function StoryChat({ stream, ...view }: StoryChatProps): ReactElement {
  const { chat } = useStoryChat(stream);
  return <Chat {...view} chat={chat} />;
}
