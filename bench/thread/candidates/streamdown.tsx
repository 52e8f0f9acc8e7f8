// The recipe of the AI SDK: memoised rows with Streamdown in a container of use-stick-to-bottom.
import { memo } from 'react';
import { Streamdown } from 'streamdown';
import { StickToBottom } from 'use-stick-to-bottom';
import type { ViewProps } from '../candidate.ts';
import type { BenchMessage } from '../messages.ts';

interface RowProps {
  readonly message: BenchMessage;
  readonly streaming: boolean;
}

const Row = memo(({ message, streaming }: RowProps) => (
  <div style={{ padding: 12 }}>
    <Streamdown isAnimating={streaming}>{message.text}</Streamdown>
  </div>
));

export default function View({ messages, streaming }: ViewProps) {
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100vh' }}>
      <StickToBottom style={{ flex: 1, minHeight: 0, position: 'relative' }} initial="instant" resize="instant">
        <StickToBottom.Content>
          {messages.map((message, index) => (
            <Row key={message.id} message={message} streaming={streaming && index === messages.length - 1} />
          ))}
        </StickToBottom.Content>
      </StickToBottom>
      <textarea rows={2} />
    </div>
  );
}
