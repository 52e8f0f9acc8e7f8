// Entry point `rivulet/components`: every component that needs neither markdown nor a stream.
export type { AnnouncePolicy } from './components/announcer/announcements.ts';
export { Announcer } from './components/announcer/announcer.tsx';
export type { AnnouncerProps } from './components/announcer/announcer.tsx';
export {
  Attachment,
  AttachmentFacts,
  AttachmentName,
  AttachmentPicture,
  AttachmentRemove,
  AttachmentRoot,
} from './components/attachment/attachment.tsx';
export type { AttachedFile, AttachmentProps } from './components/attachment/attachment.tsx';
export { ChatInput } from './components/chat-input/chat-input.tsx';
export {
  ChatInputAction,
  ChatInputAttach,
  ChatInputBar,
  ChatInputField,
  ChatInputFiles,
  ChatInputFrame,
  ChatInputNotes,
  ChatInputRoot,
} from './components/chat-input/chat-input-parts.tsx';
export type { ChatInputProps } from './components/chat-input/chat-input.tsx';
export {
  ConnectionBanner,
  ConnectionBannerAction,
  ConnectionBannerRoot,
  ConnectionBannerText,
} from './components/connection-banner/connection-banner.tsx';
export type { ConnectionBannerProps } from './components/connection-banner/connection-banner.tsx';
export {
  EmptyState,
  EmptyStateHint,
  EmptyStateRoot,
  EmptyStateSuggestion,
  EmptyStateSuggestions,
  EmptyStateTitle,
} from './components/empty-state/empty-state.tsx';
export type { EmptyStateProps } from './components/empty-state/empty-state.tsx';
export {
  ErrorNotice,
  ErrorNoticeAction,
  ErrorNoticeDetails,
  ErrorNoticeRoot,
  ErrorNoticeText,
} from './components/error-notice/error-notice.tsx';
export type { ErrorNoticeProps } from './components/error-notice/error-notice.tsx';
export { InlineCitation } from './components/inline-citation/inline-citation.tsx';
export type { InlineCitationProps } from './components/inline-citation/inline-citation.tsx';
export {
  MessageAction,
  MessageActions,
  MessageActionsBranch,
  MessageActionsRoot,
} from './components/message-actions/message-actions.tsx';
export type {
  Feedback,
  MessageActionProps,
  MessageActionsProps,
} from './components/message-actions/message-actions.tsx';
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
export type { Approve, MessageParts, PartGroupProps, PartProps } from './components/message-bubble/message-parts.ts';
export { MessageList } from './components/message-list/message-list.tsx';
export {
  MessageListEarlier,
  MessageListItem,
  MessageListItems,
  MessageListJump,
  MessageListLog,
  MessageListRoot,
  MessageListRun,
  MessageListViewport,
} from './components/message-list/message-list-parts.tsx';
export type { MessageListProps } from './components/message-list/message-list.tsx';
export {
  PlanList,
  PlanListDetail,
  PlanListItem,
  PlanListItems,
  PlanListProgress,
  PlanListRoot,
  PlanListTitle,
} from './components/plan-list/plan-list.tsx';
export type { PlanListProps, PlanStep } from './components/plan-list/plan-list.tsx';
export {
  ReasoningPanel,
  ReasoningPanelContent,
  ReasoningPanelRoot,
  ReasoningPanelTrigger,
} from './components/reasoning-panel/reasoning-panel.tsx';
export type { ReasoningPanelProps } from './components/reasoning-panel/reasoning-panel.tsx';
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
export {
  ApprovalPrompt,
  ApprovalPromptButton,
  ApprovalPromptRoot,
  ToolCallCard,
  ToolCallCardCode,
  ToolCallCardContent,
  ToolCallCardError,
  ToolCallCardName,
  ToolCallCardRoot,
  ToolCallCardStatus,
  ToolCallCardTrigger,
} from './components/tool-call-card/tool-call-card.tsx';
export type { ApprovalPromptProps, ToolCallCardProps } from './components/tool-call-card/tool-call-card.tsx';
export type { Render, RenderOption, RenderProps } from './components/internal/element.ts';
export type { DataAttributes } from './components/internal/data-attributes.ts';
export type { CssVariable } from './components/internal/css-variables.ts';
export { LabelsProvider } from './components/internal/labels-context.tsx';
export type { LabelsOption, LabelsProviderProps } from './components/internal/labels-context.tsx';
export { messageText } from './components/internal/message-text.ts';
export { SourceHighlight } from './components/internal/source-highlight.tsx';
export { VisuallyHidden } from './components/internal/visually-hidden.tsx';
export type { Message, MessageError, MessageStatus, Part, PartOf, PartType, Role, Usage } from './message/message.ts';
export type { ConnectionState } from './connection/connection-state.ts';
export { en } from './labels/en.ts';
export type { Label, LabelKey, Labels, PluralLabel } from './labels/labels.ts';
