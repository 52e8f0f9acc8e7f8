// CopilotKit v2: its whole chat view on messages of ours, with its own stylesheet.
import { CopilotChatConfigurationProvider, CopilotChatView, CopilotKitProvider } from '@copilotkit/react-core/v2';
import '@copilotkit/react-core/v2/styles.css';
import { useMemo } from 'react';
import type { ViewProps } from '../candidate.ts';
import type { BenchMessage } from '../messages.ts';

const known = new WeakMap<BenchMessage, { id: string; role: 'user' | 'assistant'; content: string }>();

function messageOf(given: BenchMessage) {
  const made = known.get(given) ?? { id: given.id, role: given.role, content: given.text };
  known.set(given, made);
  return made;
}

export default function View({ messages, streaming }: ViewProps) {
  const shown = useMemo(() => messages.map(messageOf), [messages]);
  return (
    <CopilotKitProvider runtimeUrl="./runtime">
      <CopilotChatConfigurationProvider threadId="bench">
        <div style={{ height: '100vh' }}>
          <CopilotChatView messages={shown} isRunning={streaming} welcomeScreen={false} style={{ height: '100%' }} />
        </div>
      </CopilotChatConfigurationProvider>
    </CopilotKitProvider>
  );
}
