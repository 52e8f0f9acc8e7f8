// The floor: memoised rows of plain text by id, a scroll container kept at its end, a text area.
import { memo, useLayoutEffect, useRef } from 'react';
import type { ViewProps } from '../candidate.ts';
import type { BenchMessage } from '../messages.ts';

const Row = memo(({ message }: { readonly message: BenchMessage }) => (
  <li style={{ whiteSpace: 'pre-wrap', padding: 12 }}>{message.text}</li>
));

export default function View({ messages }: ViewProps) {
  const viewport = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    viewport.current?.scrollTo({ top: viewport.current.scrollHeight });
  }, [messages]);
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100vh' }}>
      <div ref={viewport} style={{ flex: 1, minHeight: 0, overflowY: 'auto' }}>
        <ol style={{ margin: 0, padding: 0, listStyle: 'none' }}>
          {messages.map((message) => (
            <Row key={message.id} message={message} />
          ))}
        </ol>
      </div>
      <textarea rows={2} />
    </div>
  );
}
