// Pins what each entry exports, so that nothing becomes public, or stops being public, unnoticed.
import { describe, expect, it } from 'vitest';
import { entries } from '../scripts/entries.ts';

const pinned: Readonly<Record<string, readonly string[]>> = {
  rivulet: [
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
