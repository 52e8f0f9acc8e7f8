// Every string the components show or speak, as plain data: it can cross from a server component to the client and be
// stored. Filling in and plural rules are `format.ts`; English is `en.ts`.

/** A text with `{name}` places, or one per plural form of its `{count}` (`Intl.PluralRules` categories). */
export type Label = string | PluralLabel;

export interface PluralLabel {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** Keys are grouped by the component that says them. In prose: what the places mean. */
export interface Labels {
  /** BCP 47 tag that `Intl` formats with when no `locale` is given. */
  readonly locale: string;

  /** Authors, read before each message. */
  readonly authorUser: Label;
  readonly authorAssistant: Label;
  readonly authorSystem: Label;

  /** Quiet marks of a message's status. */
  readonly statusUnconfirmed: Label;
  readonly statusStopped: Label;
  readonly statusInterrupted: Label;
  readonly statusFailed: Label;
  readonly statusLength: Label;
  readonly statusFiltered: Label;
  readonly statusPaused: Label;

  /** ThinkingIndicator. `{percent}` is a formatted percentage; `{phase}` what is done and `{progress}` how far, both texts. */
  readonly thinking: Label;
  readonly thinkingElapsed: Label;
  readonly thinkingElapsedMinutes: Label;
  readonly thinkingProgress: Label;
  readonly phaseWithProgress: Label;

  /** SourcesList. `{count}` sources in all or hidden; `{index}` of a citation; `{score}` a formatted percentage. */
  readonly sources: Label;
  readonly sourcesMore: Label;
  readonly sourcesLess: Label;
  readonly sourceUntitled: Label;
  readonly sourceScore: Label;
  /** `{title}` of the source. */
  readonly citation: Label;
  readonly citationOf: Label;

  /** MessageList. `{count}` unread messages. */
  readonly transcript: Label;
  readonly jumpToLatest: Label;
  readonly jumpToLatestUnread: Label;
  readonly loadEarlier: Label;
  readonly emptyTitle: Label;
  readonly emptyHint: Label;

  /** ChatInput. `{limit}`, `{size}` formatted numbers; `{name}` a file name. */
  readonly composer: Label;
  readonly composerPlaceholder: Label;
  readonly send: Label;
  readonly stop: Label;
  readonly attach: Label;
  readonly removeAttachment: Label;
  readonly queued: Label;
  readonly tooLong: Label;
  readonly fileTooLarge: Label;
  readonly tooManyFiles: Label;
  readonly fileTypeRefused: Label;

  /** ConnectionBanner. `{seconds}` until the next try; `{attempt}` its number. */
  readonly offline: Label;
  readonly reconnecting: Label;
  readonly reconnectingIn: Label;
  readonly tryNow: Label;
  readonly resumed: Label;
  readonly busy: Label;
  readonly busyIn: Label;
  readonly stalled: Label;
  readonly interrupted: Label;
  readonly connectionFailed: Label;
  readonly connectionLimit: Label;
  readonly resume: Label;

  /** ErrorNotice, one line per kind of failure. */
  readonly errorGeneric: Label;
  readonly errorInterrupted: Label;
  readonly errorNetwork: Label;
  readonly errorTimeout: Label;
  readonly errorUnauthorized: Label;
  readonly errorRateLimited: Label;
  readonly errorRefused: Label;
  readonly errorServer: Label;
  readonly errorTooLarge: Label;
  readonly retry: Label;
  readonly retryIn: Label;

  /** ReasoningPanel. `{seconds}` a formatted duration. */
  readonly reasoning: Label;
  readonly reasoningActive: Label;
  readonly reasoningDone: Label;

  /** ToolCallCard. `{name}` of the tool. */
  readonly tool: Label;
  readonly toolArguments: Label;
  readonly toolResult: Label;
  readonly toolPreparing: Label;
  readonly toolRunning: Label;
  readonly toolAwaiting: Label;
  readonly toolComplete: Label;
  readonly toolFailed: Label;
  readonly toolDenied: Label;
  readonly approvalNeeded: Label;
  readonly approve: Label;
  readonly approved: Label;
  readonly deny: Label;

  /** PlanList. `{done}` and `{count}` steps. */
  readonly plan: Label;
  readonly planProgress: Label;
  readonly stepPending: Label;
  readonly stepActive: Label;
  readonly stepDone: Label;
  readonly stepFailed: Label;
  /** The default line of a `memory` data part; `{text}` is what it says. */
  readonly memoryUpdated: Label;
  readonly memoryUpdatedWith: Label;

  /** MessageActions. `{index}` of `{count}` versions. */
  readonly actions: Label;
  readonly copy: Label;
  readonly copied: Label;
  readonly copyFailed: Label;
  readonly regenerate: Label;
  readonly edit: Label;
  readonly feedbackGood: Label;
  readonly feedbackBad: Label;
  readonly branch: Label;
  readonly branchPrevious: Label;
  readonly branchNext: Label;

  /** CodeBlock and tables. `{count}` hidden lines; `{language}` of the code. */
  readonly code: Label;
  readonly codeIn: Label;
  readonly copyCode: Label;
  readonly wrapLines: Label;
  readonly downloadCode: Label;
  readonly codeMore: Label;
  readonly codeLess: Label;
  readonly table: Label;
  readonly copyTable: Label;
  /** What a plugin draws from code, and the way back to the code. */
  readonly diagram: Label;
  readonly diagramSource: Label;
  readonly footnotes: Label;
  readonly footnoteBack: Label;
  readonly taskDone: Label;
  readonly taskOpen: Label;
  /** An image that is not loaded; `{host}` would serve it, `{alt}` describes it. */
  readonly imageBlocked: Label;
  readonly imageBlockedOf: Label;
  readonly imageLoad: Label;
  readonly image: Label;

  /** Attachment. */
  readonly attachment: Label;

  /** What the live regions say. `{count}` words or characters; `{name}` of a tool. */
  readonly announceResponding: Label;
  readonly announceComplete: Label;
  readonly announceCompleteWords: Label;
  readonly announceCompleteCharacters: Label;
  readonly announceStopped: Label;
  readonly announceInterrupted: Label;
  readonly announceFailed: Label;
  readonly announceToolStart: Label;
  readonly announceToolEnd: Label;
  readonly announceToolFailed: Label;
  readonly announceApproval: Label;
}

export type LabelKey = Exclude<keyof Labels, 'locale'>;
