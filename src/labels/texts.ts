// The English texts, by what says them: a component imports its own, so that a bundle holds no others. Together they are
// `en.ts`.

/** Who speaks, how an answer ended, and what was remembered. */
export const messageTexts = {
  authorUser: 'You',
  authorAssistant: 'Assistant',
  authorSystem: 'System',
  statusUnconfirmed: 'The end was not confirmed',
  statusStopped: 'Stopped',
  statusInterrupted: 'Interrupted',
  statusFailed: 'Failed',
  statusLength: 'Cut short: the length limit was reached',
  statusFiltered: 'Stopped by a content filter',
  statusPaused: 'Paused before the end',
  resume: 'Continue',
  memoryUpdated: 'Memory updated',
  memoryUpdatedWith: 'Memory updated: {text}',
} as const;

/** What is being done, and for how long. */
export const progressTexts = {
  thinking: 'Thinking',
  thinkingElapsed: '{seconds} s',
  thinkingElapsedMinutes: '{minutes} min {seconds} s',
  thinkingProgress: '{percent} done',
  phaseWithProgress: '{phase}, {progress}',
  reasoning: 'Reasoning',
  reasoningActive: 'Reasoning',
  reasoningDone: { one: 'Reasoned for {seconds} second', other: 'Reasoned for {seconds} seconds' },
  plan: 'Plan',
  planProgress: '{done} of {count} done',
  stepPending: 'Not started',
  stepActive: 'In progress',
  stepDone: 'Done',
  stepFailed: 'Failed',
} as const;

export const sourcesTexts = {
  sources: { one: '{count} source', other: '{count} sources' },
  sourcesMore: 'Show {count} more',
  sourcesLess: 'Show fewer',
  sourceUntitled: 'Untitled source',
  sourceScore: 'Relevance {score}',
} as const;

export const citationTexts = {
  citation: 'Source {index}',
  citationOf: 'Source {index}: {title}',
} as const;

export const transcriptTexts = {
  transcript: 'Conversation',
  jumpToLatest: 'Jump to the latest message',
  jumpToLatestUnread: 'Jump to the latest message, {count} new',
  loadEarlier: 'Load earlier messages',
  emptyTitle: 'How can I help?',
  emptyHint: 'Ask a question to begin.',
} as const;

export const composerTexts = {
  composer: 'Your message',
  composerPlaceholder: 'Ask anything',
  send: 'Send',
  stop: 'Stop',
  attach: 'Attach files',
  removeAttachment: 'Remove {name}',
  queued: { one: '{count} message waiting', other: '{count} messages waiting' },
  tooLong: 'Too long by {count} characters',
  fileTooLarge: '{name} is larger than {size}',
  tooManyFiles: 'At most {limit} files',
  fileTypeRefused: '{name} is not a kind of file that can be attached',
  attachment: 'Attachment {name}',
} as const;

/** A connection in trouble, and what failed. */
export const troubleTexts = {
  offline: 'You are offline. The answer goes on when you are back.',
  reconnecting: 'Reconnecting',
  reconnectingIn: { one: 'Reconnecting in {seconds} second', other: 'Reconnecting in {seconds} seconds' },
  tryNow: 'Try now',
  resumed: 'Back online',
  busy: 'The server is busy',
  busyIn: {
    one: 'The server is busy. Next try in {seconds} second',
    other: 'The server is busy. Next try in {seconds} seconds',
  },
  stalled: 'Nothing has arrived for a while',
  interrupted: 'The connection was lost before the answer was whole',
  connectionFailed: 'The connection failed',
  connectionLimit: 'Too many open streams to this server. Close another tab or conversation.',
  resume: 'Continue',
  errorGeneric: 'Something went wrong',
  errorInterrupted: 'The answer was interrupted. What arrived is kept.',
  errorNetwork: 'The server could not be reached',
  errorTimeout: 'The server took too long',
  errorUnauthorized: 'You need to sign in again',
  errorRateLimited: 'Too many requests. Try again in a moment.',
  errorRefused: 'The request was refused',
  errorServer: 'The server reported an error',
  errorTooLarge: 'The answer was larger than allowed',
  retry: 'Try again',
  retryIn: {
    one: 'The server asks to wait {seconds} second',
    other: 'The server asks to wait {seconds} seconds',
  },
} as const;

export const toolTexts = {
  tool: 'Tool {name}',
  toolArguments: 'Arguments',
  toolResult: 'Result',
  toolPreparing: 'Preparing',
  toolRunning: 'Running',
  toolAwaiting: 'Needs your approval',
  toolComplete: 'Done',
  toolFailed: 'Failed',
  toolDenied: 'Denied',
  approvalNeeded: 'May this be done?',
  approve: 'Allow',
  approved: 'Allowed',
  deny: 'Deny',
} as const;

/** Code, and copying whatever it is. */
export const copyTexts = {
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy',
  code: 'Code',
  codeIn: 'Code, {language}',
  copyCode: 'Copy code',
  wrapLines: 'Wrap lines',
  downloadCode: 'Download code',
  codeMore: { one: 'Show {count} more line', other: 'Show {count} more lines' },
  codeLess: 'Show fewer lines',
} as const;

export const markdownTexts = {
  table: 'Table',
  copyTable: 'Copy as CSV',
  diagram: 'Diagram',
  diagramSource: 'Show code',
  footnotes: 'Footnotes',
  footnoteBack: 'Back to reference {index}',
  taskDone: 'Done',
  taskOpen: 'Not done',
  imageBlocked: 'Image from {host} not loaded',
  imageBlockedOf: '{alt} (image from {host} not loaded)',
  imageLoad: 'Load image',
  image: 'Image',
} as const;

export const announceTexts = {
  announceResponding: 'Assistant is responding',
  announceComplete: 'Response complete',
  announceCompleteWords: {
    one: 'Response complete, {count} word',
    other: 'Response complete, {count} words',
  },
  announceCompleteCharacters: {
    one: 'Response complete, {count} character',
    other: 'Response complete, {count} characters',
  },
  announceStopped: 'Response stopped',
  announceInterrupted: 'Response interrupted',
  announceFailed: 'Response failed',
  announceToolStart: 'Using {name}',
  announceToolEnd: '{name} finished',
  announceToolFailed: '{name} failed',
  announceApproval: '{name} needs your approval',
} as const;

export const actionTexts = {
  actions: 'Message actions',
  regenerate: 'Answer again',
  edit: 'Edit',
  feedbackGood: 'Good answer',
  feedbackBad: 'Bad answer',
  branch: 'Version {index} of {count}',
  branchPrevious: 'Previous version',
  branchNext: 'Next version',
} as const;
