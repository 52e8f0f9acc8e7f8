// Every exported component with the least it needs, by its export's name. The table is typed over the entries' exports,
// so a component that is added without a sample does not compile.
import type { ReactElement } from 'react';
import * as chat from '../../src/chat.ts';
import * as components from '../../src/components.ts';
import * as markdown from '../../src/markdown.ts';
import { namedEvents } from '../../src/protocol/named-events.ts';
import { part, text } from '../support/messages.ts';

const { Chat, ChatFooter, ChatRoot } = chat;
const M = markdown;
const C = components;

type Exports = typeof chat & typeof components & typeof markdown;
/** Components are the exports with a capital; everything else is a function or a value. */
export type ComponentName = keyof { [Name in keyof Exports as Name extends Capitalize<Name> ? Name : never]: true };

export interface Sample {
  readonly element: ReactElement;
  /** What a reader meets in its markup, also on a server. */
  readonly words: string;
}

const nothing = (): void => undefined;
const answer = text('Water', { id: 'answer' });
const source = part('source', { id: 's1', title: 'Tides', url: 'https://tides.example' });
const tool = part('tool', { id: 't1', name: 'tides', args: { port: 'Brest' } });
const approval = part('approval', { id: 'a1', approvalId: 'a1', message: 'May it?' });

const sample = (element: ReactElement, words: string): Sample => ({ element, words });

export const samples: Readonly<Record<ComponentName, Sample>> = {
  Announcer: sample(<C.Announcer messages={[answer]}>Water</C.Announcer>, 'role="status"'),
  ApprovalPrompt: sample(<C.ApprovalPrompt part={approval} onApprove={nothing} />, 'May it?'),
  ApprovalPromptButton: sample(<C.ApprovalPromptButton>Yes</C.ApprovalPromptButton>, 'Yes'),
  ApprovalPromptRoot: sample(<C.ApprovalPromptRoot>Words</C.ApprovalPromptRoot>, 'Words'),
  Attachment: sample(<C.Attachment file={{ name: 'a.pdf', mediaType: 'application/pdf' }} />, 'a.pdf'),
  AttachmentFacts: sample(<C.AttachmentFacts>PDF</C.AttachmentFacts>, 'PDF'),
  AttachmentName: sample(<C.AttachmentName href="https://x.example/a.pdf">a.pdf</C.AttachmentName>, 'a.pdf'),
  AttachmentPicture: sample(<C.AttachmentPicture src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" />, '<img'),
  AttachmentRemove: sample(<C.AttachmentRemove>Remove</C.AttachmentRemove>, 'Remove'),
  AttachmentRoot: sample(<C.AttachmentRoot>a.pdf</C.AttachmentRoot>, 'a.pdf'),
  Chat: sample(<Chat url="/chat" protocol={namedEvents()} suggestions={['Why?']} accept="*" />, 'Why?'),
  ChatFooter: sample(<ChatFooter>Words</ChatFooter>, 'Words'),
  ChatRoot: sample(<ChatRoot>Words</ChatRoot>, 'Words'),
  ChatInput: sample(<C.ChatInput onSend={nothing} accept="*" />, '<textarea'),
  ChatInputAction: sample(<C.ChatInputAction>Send</C.ChatInputAction>, 'Send'),
  ChatInputAttach: sample(<C.ChatInputAttach>Attach</C.ChatInputAttach>, 'Attach'),
  ChatInputBar: sample(<C.ChatInputBar>Words</C.ChatInputBar>, 'Words'),
  ChatInputField: sample(<C.ChatInputField aria-label="Message" />, '<textarea'),
  ChatInputFiles: sample(
    <C.ChatInputFiles>
      <li>a.pdf</li>
    </C.ChatInputFiles>,
    'a.pdf',
  ),
  ChatInputFrame: sample(<C.ChatInputFrame>Words</C.ChatInputFrame>, 'Words'),
  ChatInputNotes: sample(<C.ChatInputNotes>Words</C.ChatInputNotes>, 'Words'),
  ChatInputRoot: sample(<C.ChatInputRoot>Words</C.ChatInputRoot>, 'Words'),
  CodeBlock: sample(<M.CodeBlock code="tides = 2" language="js" />, 'tides = 2'),
  CodeBlockAction: sample(<M.CodeBlockAction label="Copy it">Copy it</M.CodeBlockAction>, 'Copy it'),
  CodeBlockContent: sample(<M.CodeBlockContent>tides</M.CodeBlockContent>, 'tides'),
  CodeBlockFold: sample(<M.CodeBlockFold>More</M.CodeBlockFold>, 'More'),
  CodeBlockHeader: sample(
    <M.CodeBlockRoot>
      <M.CodeBlockHeader>js</M.CodeBlockHeader>
    </M.CodeBlockRoot>,
    'js',
  ),
  CodeBlockLanguage: sample(<M.CodeBlockLanguage>js</M.CodeBlockLanguage>, 'js'),
  CodeBlockRoot: sample(<M.CodeBlockRoot>js</M.CodeBlockRoot>, 'js'),
  ConnectionBanner: sample(<C.ConnectionBanner state={{ status: 'offline' }} delayMs={0} />, 'You are offline'),
  ConnectionBannerAction: sample(<C.ConnectionBannerAction>Try now</C.ConnectionBannerAction>, 'Try now'),
  ConnectionBannerRoot: sample(<C.ConnectionBannerRoot>Words</C.ConnectionBannerRoot>, 'Words'),
  ConnectionBannerText: sample(<C.ConnectionBannerText>Words</C.ConnectionBannerText>, 'Words'),
  EmptyState: sample(<C.EmptyState suggestions={['Why?']} />, 'Why?'),
  EmptyStateHint: sample(<C.EmptyStateHint>Words</C.EmptyStateHint>, 'Words'),
  EmptyStateRoot: sample(<C.EmptyStateRoot>Words</C.EmptyStateRoot>, 'Words'),
  EmptyStateSuggestion: sample(<C.EmptyStateSuggestion>Why?</C.EmptyStateSuggestion>, 'Why?'),
  EmptyStateSuggestions: sample(
    <C.EmptyStateSuggestions>
      <li>Why?</li>
    </C.EmptyStateSuggestions>,
    'Why?',
  ),
  EmptyStateTitle: sample(<C.EmptyStateTitle>Words</C.EmptyStateTitle>, 'Words'),
  ErrorNotice: sample(
    <C.ErrorNotice error={{ code: 'failed', retryable: true, retryAt: 9e15 }} onRetry={nothing} />,
    'reported an error',
  ),
  ErrorNoticeAction: sample(<C.ErrorNoticeAction>Try again</C.ErrorNoticeAction>, 'Try again'),
  ErrorNoticeDetails: sample(<C.ErrorNoticeDetails>Words</C.ErrorNoticeDetails>, 'Words'),
  ErrorNoticeRoot: sample(<C.ErrorNoticeRoot>Words</C.ErrorNoticeRoot>, 'Words'),
  ErrorNoticeText: sample(<C.ErrorNoticeText>Words</C.ErrorNoticeText>, 'Words'),
  InlineCitation: sample(<C.InlineCitation index={1} source={source} />, 'https://tides.example'),
  LabelsProvider: sample(<C.LabelsProvider locale="de">Wörter</C.LabelsProvider>, 'Wörter'),
  MarkdownText: sample(
    <M.MarkdownText part={part('text', { id: 'm', text: 'Some **water**' })} message={answer} />,
    '<strong>water</strong>',
  ),
  MemoryLine: sample(<C.MemoryLine data="Likes tea" />, 'Likes tea'),
  MessageAction: sample(<C.MessageAction label="Copy" icon="copy" />, 'Copy'),
  MessageActions: sample(
    <C.MessageActions
      message={answer}
      onRegenerate={nothing}
      onFeedback={nothing}
      branch={{ index: 0, count: 2 }}
      onBranch={nothing}
    />,
    'Copy',
  ),
  MessageActionsBranch: sample(<C.MessageActionsBranch aria-label="Versions">1 / 2</C.MessageActionsBranch>, '1 / 2'),
  MessageActionsRoot: sample(<C.MessageActionsRoot aria-label="Actions">Words</C.MessageActionsRoot>, 'Words'),
  MessageBubble: sample(<C.MessageBubble message={answer} />, 'Water'),
  MessageBubbleAuthor: sample(<C.MessageBubbleAuthor message={answer} />, 'Assistant'),
  MessageBubbleContent: sample(<C.MessageBubbleContent message={answer} />, 'Water'),
  MessageBubbleFooter: sample(<C.MessageBubbleFooter>Words</C.MessageBubbleFooter>, 'Words'),
  MessageBubbleHeader: sample(<C.MessageBubbleHeader>Words</C.MessageBubbleHeader>, 'Words'),
  MessageBubbleRoot: sample(
    <C.MessageBubbleRoot message={answer} aria-label="Assistant">
      Words
    </C.MessageBubbleRoot>,
    'Words',
  ),
  MessageBubbleStatus: sample(<C.MessageBubbleStatus message={{ status: 'stopped' }} />, 'Stopped'),
  MessageList: sample(<C.MessageList messages={[answer]} />, 'Water'),
  MessageListEarlier: sample(<C.MessageListEarlier>Earlier</C.MessageListEarlier>, 'Earlier'),
  MessageListItem: sample(<C.MessageListItem>Words</C.MessageListItem>, 'Words'),
  MessageListItems: sample(<C.MessageListItems>Words</C.MessageListItems>, 'Words'),
  MessageListJump: sample(<C.MessageListJump>Latest</C.MessageListJump>, 'Latest'),
  MessageListLog: sample(<C.MessageListLog>Words</C.MessageListLog>, 'Words'),
  MessageListRoot: sample(<C.MessageListRoot>Words</C.MessageListRoot>, 'Words'),
  MessageListRun: sample(<C.MessageListRun>Words</C.MessageListRun>, 'Words'),
  MessageListViewport: sample(<C.MessageListViewport aria-label="Talk">Words</C.MessageListViewport>, 'Words'),
  MessageText: sample(<C.MessageText>Words</C.MessageText>, 'Words'),
  PlanList: sample(<C.PlanList steps={[{ id: '1', label: 'Find', status: 'active', detail: 'now' }]} />, 'Find'),
  PlanListDetail: sample(<C.PlanListDetail>Words</C.PlanListDetail>, 'Words'),
  PlanListItem: sample(<C.PlanListItem>Words</C.PlanListItem>, 'Words'),
  PlanListItems: sample(
    <C.PlanListItems>
      <li>Words</li>
    </C.PlanListItems>,
    'Words',
  ),
  PlanListProgress: sample(<C.PlanListProgress>1 of 2</C.PlanListProgress>, '1 of 2'),
  PlanListRoot: sample(<C.PlanListRoot>Words</C.PlanListRoot>, 'Words'),
  PlanListTitle: sample(<C.PlanListTitle>Words</C.PlanListTitle>, 'Words'),
  ReasoningPanel: sample(
    <C.ReasoningPanel part={part('reasoning', { id: 'r', text: 'hm', status: 'streaming' })} />,
    'hm',
  ),
  ReasoningPanelContent: sample(<C.ReasoningPanelContent>hm</C.ReasoningPanelContent>, 'hm'),
  ReasoningPanelRoot: sample(<C.ReasoningPanelRoot>hm</C.ReasoningPanelRoot>, 'hm'),
  ReasoningPanelTrigger: sample(<C.ReasoningPanelTrigger>Thinking</C.ReasoningPanelTrigger>, 'Thinking'),
  SourceHighlight: sample(
    <C.SourceHighlight>
      <C.InlineCitation index={1} source={source} />
    </C.SourceHighlight>,
    'Tides',
  ),
  SourcesList: sample(<C.SourcesList sources={[source]} scores />, 'Tides'),
  SourcesListHost: sample(<C.SourcesListHost>tides.example</C.SourcesListHost>, 'tides.example'),
  SourcesListItem: sample(<C.SourcesListItem source={source} index={1} />, 'Tides'),
  SourcesListItems: sample(
    <C.SourcesListItems>
      <li>Tides</li>
    </C.SourcesListItems>,
    'Tides',
  ),
  SourcesListLink: sample(<C.SourcesListLink href="https://tides.example">Tides</C.SourcesListLink>, 'Tides'),
  SourcesListMore: sample(<C.SourcesListMore>More</C.SourcesListMore>, 'More'),
  SourcesListNumber: sample(<C.SourcesListNumber>1</C.SourcesListNumber>, '1'),
  SourcesListQuote: sample(<C.SourcesListQuote>Words</C.SourcesListQuote>, 'Words'),
  SourcesListRoot: sample(<C.SourcesListRoot>Words</C.SourcesListRoot>, 'Words'),
  SourcesListScore: sample(<C.SourcesListScore>90 %</C.SourcesListScore>, '90 %'),
  SourcesListTitle: sample(<C.SourcesListTitle>Words</C.SourcesListTitle>, 'Words'),
  StreamingMarkdown: sample(
    <M.StreamingMarkdown streaming caret>{`Some **water**\n\n- [x] [link](https://x.example)`}</M.StreamingMarkdown>,
    '<strong>water</strong>',
  ),
  ThinkingIndicator: sample(<C.ThinkingIndicator delayMs={0} startedAt={1} />, 'Thinking'),
  ThinkingIndicatorElapsed: sample(<C.ThinkingIndicatorElapsed>3 s</C.ThinkingIndicatorElapsed>, '3 s'),
  ThinkingIndicatorItem: sample(<C.ThinkingIndicatorItem>Words</C.ThinkingIndicatorItem>, 'Words'),
  ThinkingIndicatorItems: sample(
    <C.ThinkingIndicatorItems>
      <li>Words</li>
    </C.ThinkingIndicatorItems>,
    'Words',
  ),
  ThinkingIndicatorLabel: sample(<C.ThinkingIndicatorLabel>Words</C.ThinkingIndicatorLabel>, 'Words'),
  ThinkingIndicatorMark: sample(<C.ThinkingIndicatorMark />, '<svg'),
  ThinkingIndicatorRoot: sample(<C.ThinkingIndicatorRoot>Words</C.ThinkingIndicatorRoot>, 'Words'),
  ThinkingIndicatorStep: sample(<C.ThinkingIndicatorStep>Words</C.ThinkingIndicatorStep>, 'Words'),
  ThinkingIndicatorSteps: sample(
    <C.ThinkingIndicatorSteps>
      <li>Words</li>
    </C.ThinkingIndicatorSteps>,
    'Words',
  ),
  ToolCallCard: sample(<C.ToolCallCard part={tool} defaultOpen />, 'tides'),
  ToolCallCardCode: sample(<C.ToolCallCardCode aria-label="Result">Words</C.ToolCallCardCode>, 'Words'),
  ToolCallCardContent: sample(<C.ToolCallCardContent>Words</C.ToolCallCardContent>, 'Words'),
  ToolCallCardError: sample(<C.ToolCallCardError>Words</C.ToolCallCardError>, 'Words'),
  ToolCallCardName: sample(<C.ToolCallCardName>tides</C.ToolCallCardName>, 'tides'),
  ToolCallCardRoot: sample(<C.ToolCallCardRoot aria-label="tides">Words</C.ToolCallCardRoot>, 'Words'),
  ToolCallCardStatus: sample(<C.ToolCallCardStatus>Running</C.ToolCallCardStatus>, 'Running'),
  ToolCallCardTrigger: sample(<C.ToolCallCardTrigger>tides</C.ToolCallCardTrigger>, 'tides'),
  VisuallyHidden: sample(<C.VisuallyHidden>Words</C.VisuallyHidden>, 'Words'),
};

/** The names of the components that the entries really export, for a table to be held against. */
export function exportedComponents(): readonly string[] {
  const all: Readonly<Record<string, unknown>> = { ...chat, ...components, ...markdown };
  return Object.keys(all)
    .filter((name) => /^[A-Z]/.test(name))
    .toSorted();
}
