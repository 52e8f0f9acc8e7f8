// assistant-ui: its primitives as its documentation assembles them, on an external store, with its markdown.
import {
  ActionBarPrimitive,
  AssistantRuntimeProvider,
  ComposerPrimitive,
  MessagePrimitive,
  type ThreadMessageLike,
  ThreadPrimitive,
  useExternalStoreRuntime,
} from '@assistant-ui/react';
import { MarkdownTextPrimitive } from '@assistant-ui/react-markdown';
import { memo } from 'react';
import remarkGfm from 'remark-gfm';
import type { ViewProps } from '../candidate.ts';
import type { BenchMessage } from '../messages.ts';

const plugins = [remarkGfm];
// Its typing effect would stretch the work over time that is not measured.
const Markdown = memo(() => <MarkdownTextPrimitive remarkPlugins={plugins} smooth={false} />);
const answerParts = { Text: Markdown };

function UserMessage() {
  return (
    <MessagePrimitive.Root style={{ padding: 12 }}>
      <MessagePrimitive.Parts />
    </MessagePrimitive.Root>
  );
}

function AssistantMessage() {
  return (
    <MessagePrimitive.Root style={{ padding: 12 }}>
      <MessagePrimitive.Parts components={answerParts} />
      <ActionBarPrimitive.Root hideWhenRunning>
        <ActionBarPrimitive.Copy>Copy</ActionBarPrimitive.Copy>
        <ActionBarPrimitive.Reload>Again</ActionBarPrimitive.Reload>
      </ActionBarPrimitive.Root>
    </MessagePrimitive.Root>
  );
}

const rows = { UserMessage, AssistantMessage };

function convertMessage(given: BenchMessage): ThreadMessageLike {
  return { id: given.id, role: given.role, content: given.text };
}

const onNew = async (): Promise<void> => undefined;

export default function View({ messages, streaming }: ViewProps) {
  const runtime = useExternalStoreRuntime({ messages, isRunning: streaming, convertMessage, onNew });
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root style={{ display: 'flex', flexDirection: 'column', height: '100vh' }}>
        <ThreadPrimitive.Viewport style={{ flex: 1, minHeight: 0, overflowY: 'auto' }}>
          <ThreadPrimitive.Messages components={rows} />
        </ThreadPrimitive.Viewport>
        <ComposerPrimitive.Root>
          <ComposerPrimitive.Input rows={2} />
          <ComposerPrimitive.Send>Send</ComposerPrimitive.Send>
        </ComposerPrimitive.Root>
      </ThreadPrimitive.Root>
    </AssistantRuntimeProvider>
  );
}
