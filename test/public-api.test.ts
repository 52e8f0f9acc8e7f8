// Pins what each entry exports, so that nothing becomes public, or stops being public, unnoticed.
import { describe, expect, it } from 'vitest';
import { entries } from '../scripts/entries.ts';

const pinned: Readonly<Record<string, readonly string[]>> = {
  rivulet: [
    'LabelsProvider',
    'MarkdownText',
    'MemoryLine',
    'MessageBubble',
    'MessageBubbleAuthor',
    'MessageBubbleContent',
    'MessageBubbleFooter',
    'MessageBubbleHeader',
    'MessageBubbleRoot',
    'MessageBubbleStatus',
    'MessageText',
    'ProtocolError',
    'RemoteError',
    'SourceHighlight',
    'SourcesList',
    'SourcesListHost',
    'SourcesListItem',
    'SourcesListItems',
    'SourcesListLink',
    'SourcesListMore',
    'SourcesListNumber',
    'SourcesListQuote',
    'SourcesListRoot',
    'SourcesListScore',
    'SourcesListTitle',
    'StreamError',
    'StreamingMarkdown',
    'ThinkingIndicator',
    'ThinkingIndicatorElapsed',
    'ThinkingIndicatorItem',
    'ThinkingIndicatorItems',
    'ThinkingIndicatorLabel',
    'ThinkingIndicatorMark',
    'ThinkingIndicatorRoot',
    'ThinkingIndicatorStep',
    'ThinkingIndicatorSteps',
    'TransportError',
    'UsageError',
    'VisuallyHidden',
    'WireError',
    'agentMemory',
    'createChat',
    'delta',
    'en',
    'fetchTransport',
    'genie',
    'isStreamError',
    'isTerminal',
    'messageText',
    'namedEvents',
    'typed',
    'useChatStream',
    'useStore',
  ],
  'rivulet/hooks': ['createChat', 'useChatStream', 'useStore'],
  'rivulet/core': [
    'ProtocolError',
    'RemoteError',
    'StreamError',
    'TransportError',
    'UsageError',
    'WireError',
    'createChat',
    'fetchTransport',
    'isStreamError',
    'isTerminal',
  ],
  'rivulet/protocols': ['agentMemory', 'delta', 'genie', 'namedEvents', 'typed'],
  'rivulet/components': [
    'LabelsProvider',
    'MemoryLine',
    'MessageBubble',
    'MessageBubbleAuthor',
    'MessageBubbleContent',
    'MessageBubbleFooter',
    'MessageBubbleHeader',
    'MessageBubbleRoot',
    'MessageBubbleStatus',
    'MessageText',
    'SourceHighlight',
    'SourcesList',
    'SourcesListHost',
    'SourcesListItem',
    'SourcesListItems',
    'SourcesListLink',
    'SourcesListMore',
    'SourcesListNumber',
    'SourcesListQuote',
    'SourcesListRoot',
    'SourcesListScore',
    'SourcesListTitle',
    'ThinkingIndicator',
    'ThinkingIndicatorElapsed',
    'ThinkingIndicatorItem',
    'ThinkingIndicatorItems',
    'ThinkingIndicatorLabel',
    'ThinkingIndicatorMark',
    'ThinkingIndicatorRoot',
    'ThinkingIndicatorStep',
    'ThinkingIndicatorSteps',
    'VisuallyHidden',
    'en',
    'messageText',
  ],
  'rivulet/markdown': ['MarkdownText', 'StreamingMarkdown'],
  'rivulet/fetch-event-source': ['fetchEventSourceTransport'],
  'rivulet/testing': ['createSimulator', 'scriptedTransport'],
};

const sources = import.meta.glob<object>('../src/*.ts');

describe.each(Object.entries(pinned))('%s', (specifier, names) => {
  it('exports what is pinned here, and nothing else', async () => {
    const entry = entries().find((candidate) => candidate.specifier === specifier);
    const load = sources[`../${entry?.source}`];
    expect(Object.keys((await load?.()) ?? {}).toSorted()).toEqual(names);
  });
});

describe('the entries', () => {
  it('are all pinned', () => {
    const modules = entries().filter((entry) => entry.kind === 'module');
    expect(modules.map((entry) => entry.specifier)).toEqual(Object.keys(pinned));
  });
});
