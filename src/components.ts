// Entry point `rivulet/components`: every component that needs neither markdown nor a stream.
export type { Render, RenderOption, RenderProps } from './components/internal/element.ts';
export type { DataAttributes } from './components/internal/data-attributes.ts';
export { LabelsProvider } from './components/internal/labels-context.tsx';
export type { LabelsOption, LabelsProviderProps } from './components/internal/labels-context.tsx';
export { SourceHighlight } from './components/internal/source-highlight.tsx';
export { VisuallyHidden } from './components/internal/visually-hidden.tsx';
export { messageText } from './components/message-bubble/arrange-parts.ts';
export { MessageText } from './components/message-bubble/default-parts.tsx';
export { MemoryLine } from './components/message-bubble/memory-line.tsx';
export type { MemoryLineProps } from './components/message-bubble/memory-line.tsx';
export { MessageBubbleAuthor, MessageBubbleStatus } from './components/message-bubble/message-bubble-author.tsx';
export type {
  MessageBubbleAuthorProps,
  MessageBubbleStatusProps,
} from './components/message-bubble/message-bubble-author.tsx';
export {
  MessageBubble,
  MessageBubbleContent,
  MessageBubbleFooter,
  MessageBubbleHeader,
  MessageBubbleRoot,
} from './components/message-bubble/message-bubble.tsx';
export type {
  MessageBubbleContentProps,
  MessageBubbleProps,
  MessageBubbleRootProps,
} from './components/message-bubble/message-bubble.tsx';
export type { MessageParts, PartGroupProps, PartProps } from './components/message-bubble/message-parts.ts';
export {
  SourcesList,
  SourcesListHost,
  SourcesListItem,
  SourcesListItems,
  SourcesListLink,
  SourcesListMore,
  SourcesListNumber,
  SourcesListQuote,
  SourcesListRoot,
  SourcesListScore,
  SourcesListTitle,
} from './components/sources-list/sources-list.tsx';
export type { SourcesListItemProps, SourcesListProps } from './components/sources-list/sources-list.tsx';
export {
  ThinkingIndicator,
  ThinkingIndicatorElapsed,
  ThinkingIndicatorItem,
  ThinkingIndicatorItems,
  ThinkingIndicatorLabel,
  ThinkingIndicatorMark,
  ThinkingIndicatorRoot,
  ThinkingIndicatorStep,
  ThinkingIndicatorSteps,
} from './components/thinking-indicator/thinking-indicator.tsx';
export type {
  ThinkingIndicatorMarkProps,
  ThinkingIndicatorProps,
} from './components/thinking-indicator/thinking-indicator.tsx';
export type { Message, MessageError, MessageStatus, Part, PartOf, PartType, Role, Usage } from './message/message.ts';
export { en } from './labels/en.ts';
export type { Label, LabelKey, Labels, PluralLabel } from './labels/labels.ts';
