// What each type of part looks like unless the application says otherwise.
import type { ReactElement } from 'react';
import { Attachment } from '../attachment/attachment.tsx';
import { present } from '../internal/data-attributes.ts';
import { createSlot, type SlotComponent, type SlotProps } from '../internal/element.ts';
import { ReasoningPanel } from '../reasoning-panel/reasoning-panel.tsx';
import { SourcesList } from '../sources-list/sources-list.tsx';
import { ThinkingIndicator } from '../thinking-indicator/thinking-indicator.tsx';
import { ApprovalPrompt, ToolCallCard } from '../tool-call-card/tool-call-card.tsx';
import { MemoryLine } from './memory-line.tsx';
import type { MessageParts, PartGroupProps, PartProps } from './message-parts.ts';

/** Plain text as it came: line breaks kept, direction by its own first letters. */
export const MessageText: SlotComponent<SlotProps<'div'>, HTMLDivElement> = /* @__PURE__ */ createSlot(
  'div',
  'message-text',
  { dir: 'auto' },
);

function TextPart({ part }: PartProps<'text'> | PartProps<'refusal'>): ReactElement {
  return (
    <MessageText data-part={part.type} data-streaming={present(part.status === 'streaming')}>
      {part.text}
    </MessageText>
  );
}

function ReasoningPart({ part }: PartProps<'reasoning'>): ReactElement | null {
  // A provider may keep the thoughts to itself and send only their signature.
  return part.text === '' && part.status === 'complete' ? null : <ReasoningPanel part={part} />;
}

function ToolPart({ part, onApprove }: PartProps<'tool'>): ReactElement {
  return <ToolCallCard part={part} onApprove={onApprove} />;
}

function ApprovalPart({ part, onApprove }: PartProps<'approval'>): ReactElement {
  return <ApprovalPrompt part={part} onApprove={onApprove} />;
}

function FilePart({ part }: PartProps<'file'>): ReactElement {
  return <Attachment file={part} />;
}

function SourceParts({ parts }: PartGroupProps<'source'>): ReactElement {
  return <SourcesList sources={parts} />;
}

function StatusParts({ parts, message }: PartGroupProps<'status'>): ReactElement {
  return <ThinkingIndicator phases={parts} startedAt={message.createdAt} />;
}

function MemoryPart({ part }: PartProps<'data'>): ReactElement {
  return <MemoryLine data={part.data} />;
}

export const defaultParts: Required<MessageParts> = {
  text: TextPart,
  refusal: TextPart,
  reasoning: ReasoningPart,
  tool: ToolPart,
  approval: ApprovalPart,
  file: FilePart,
  source: SourceParts,
  status: StatusParts,
  data: { memory: MemoryPart },
};
