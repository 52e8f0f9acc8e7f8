// The size budgets as data: what a user imports, and what it may cost, gzipped, with React and the other peers left out.

/** Named exports of one entry; `*` is the whole entry. Names that do not exist yet are left out. */
export interface Import {
  readonly from: string;
  readonly names: '*' | readonly string[];
}

export interface SizeBudget {
  readonly imports: readonly Import[];
  /** In bytes; a kB is 1,000 of them. Absent where the line is only for information. */
  readonly maxBytes?: number;
  /** What its user has in any case: only what comes on top counts. */
  readonly beside?: readonly Import[];
}

/** A budget for each export of an entry, measured alone. */
export interface SizeBudgetPerExport {
  readonly each: string;
  readonly maxBytes: number;
  /** Only names that match count. */
  readonly matching?: RegExp;
  /** Names with a budget of their own; `undefined` leaves them to another line. */
  readonly except?: Readonly<Record<string, number | undefined>>;
  /** What each of them is used with in any case: only what comes on top counts. */
  readonly beside?: readonly Import[];
}

const kB = 1000;
const oneAdapter: Import = { from: 'rivulet/protocols', names: ['namedEvents'] };
const conversation = { from: 'rivulet/core', names: ['createChat', 'fetchTransport'] } as const;
const whole = (from: string, maxBytes?: number): SizeBudget => ({
  imports: [{ from, names: '*' }],
  maxBytes,
});

// A plugin shows nothing without the component.
const plugin = (from: string): SizeBudget => ({
  ...whole(from, 2 * kB),
  beside: [{ from: 'rivulet/markdown', names: ['StreamingMarkdown'] }],
});

export const budgets: readonly (SizeBudget | SizeBudgetPerExport)[] = [
  whole('rivulet'),
  {
    imports: [
      { from: 'rivulet/hooks', names: ['useEventStream', 'useChatStream', 'useConnectionStatus'] },
      { from: 'rivulet/core', names: ['fetchTransport'] },
      oneAdapter,
    ],
    maxBytes: 14 * kB,
  },
  {
    each: 'rivulet/hooks',
    matching: /^use/,
    maxBytes: 2 * kB,
    except: { useEventStream: undefined, useChatStream: undefined, useConnectionStatus: undefined },
  },
  {
    imports: [{ from: 'rivulet/core', names: ['createChat', 'streamChat', 'fetchTransport'] }, oneAdapter],
    maxBytes: 12 * kB,
  },
  whole('rivulet/core'),
  {
    each: 'rivulet/protocols',
    maxBytes: 2 * kB,
    except: { openaiResponses: 3 * kB, anthropic: 3 * kB, aiSdk: 3 * kB, agUi: 3 * kB, langgraph: 3 * kB },
    // An adapter reads nothing without a conversation, and what the two share is paid once.
    beside: [conversation],
  },
  whole('rivulet/components', 22 * kB),
  whole('rivulet/markdown', 58 * kB),
  whole('rivulet/chat', 90 * kB),
  plugin('rivulet/highlight'),
  plugin('rivulet/math'),
  plugin('rivulet/mermaid'),
  {
    imports: [{ from: 'rivulet/fetch-event-source', names: '*' }],
    beside: [{ from: 'rivulet/core', names: ['fetchTransport'] }],
    maxBytes: 3 * kB,
  },
  {
    imports: [{ from: 'rivulet/labels/zh-CN', names: '*' }],
    // Whoever shows all of them has the English ones of the same components.
    beside: [{ from: 'rivulet/components', names: '*' }],
    maxBytes: 2 * kB,
  },
  whole('rivulet/testing'),
  whole('rivulet/styles.css', 8 * kB),
  whole('rivulet/tokens.css', 8 * kB),
  whole('rivulet/themes/quiet.css', kB),
  whole('rivulet/themes/playful.css', kB),
  whole('rivulet/themes/dense.css', kB),
];

/**
 * Lines that do not meet their budget yet, with what they may cost meanwhile: they are shown as over, and fail when they
 * grow. Take a line out as soon as it fits. docs/decisions/0003-sizes.md says what stands in the way.
 */
export const ceilings: Readonly<Record<string, number>> = {
  'rivulet/hooks { useEventStream, useChatStream, useConnectionStatus } + rivulet/core { fetchTransport } + rivulet/protocols { namedEvents }':
    29.8 * kB,
  'rivulet/core { createChat, streamChat, fetchTransport } + rivulet/protocols { namedEvents }': 27.7 * kB,
  'rivulet/markdown': 65.75 * kB,
  'rivulet/chat': 110.4 * kB,
  'rivulet/math beside rivulet/markdown { StreamingMarkdown }': 2.6 * kB,
  [adapterTitle('agUi')]: 3.9 * kB,
  [adapterTitle('aiSdk')]: 4 * kB,
  [adapterTitle('aiSdkData')]: 2.7 * kB,
  [adapterTitle('anthropic')]: 3.4 * kB,
  [adapterTitle('dify')]: 3.2 * kB,
  [adapterTitle('gemini')]: 3.9 * kB,
  [adapterTitle('langgraph')]: 3.9 * kB,
  [adapterTitle('ollama')]: 2.1 * kB,
  [adapterTitle('openaiChat')]: 3.4 * kB,
  [adapterTitle('openaiResponses')]: 3.95 * kB,
};

function adapterTitle(name: string): string {
  return `rivulet/protocols { ${name} } beside ${conversation.from} { ${conversation.names.join(', ')} }`;
}
