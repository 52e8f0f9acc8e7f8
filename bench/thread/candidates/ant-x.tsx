// Ant Design X: its bubble list and sender, with its own markdown in the answers.
import { Bubble, Sender } from '@ant-design/x';
import XMarkdown from '@ant-design/x-markdown';
import { useMemo } from 'react';
import type { ViewProps } from '../candidate.ts';

const roles = {
  user: { placement: 'end' as const },
  assistant: {
    placement: 'start' as const,
    contentRender: (content: string, info: { readonly status?: string }) => (
      <XMarkdown content={content} streaming={{ hasNextChunk: info.status === 'updating' }} />
    ),
  },
};

export default function View({ messages, streaming }: ViewProps) {
  const items = useMemo(
    () =>
      messages.map((message, index) => ({
        key: message.id,
        role: message.role,
        content: message.text,
        status: streaming && index === messages.length - 1 ? ('updating' as const) : ('success' as const),
      })),
    [messages, streaming],
  );
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100vh' }}>
      <Bubble.List items={items} role={roles} autoScroll style={{ flex: 1, minHeight: 0 }} />
      <Sender loading={streaming} />
    </div>
  );
}
