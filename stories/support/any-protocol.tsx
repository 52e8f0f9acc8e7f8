// One conversation and a switch for what its server speaks.
import { type ReactElement, type ReactNode, useId, useState } from 'react';
import type { UseChatStreamResult } from '../../src/hooks.ts';
import { type ProtocolName, protocolTitles } from './lab/protocol-titles.ts';
import { useStoryChat, type StoryChatOptions } from './use-story-chat.ts';

interface AnyProtocolProps {
  readonly stream: StoryChatOptions;
  children(result: UseChatStreamResult): ReactNode;
}

export function AnyProtocol({ stream, children }: AnyProtocolProps): ReactElement {
  const [protocol, setProtocol] = useState<ProtocolName>(stream.protocol ?? 'named-events');
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Protocol </label>
      <select id={id} value={protocol} onChange={(event) => setProtocol(event.currentTarget.value as ProtocolName)}>
        {Object.entries(protocolTitles).map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <Spoken key={protocol} stream={{ ...stream, protocol }}>
        {children}
      </Spoken>
    </>
  );
}

function Spoken({ stream, children }: AnyProtocolProps): ReactElement {
  return <>{children(useStoryChat(stream))}</>;
}
