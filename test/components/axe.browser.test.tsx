// The items of the accessibility checklist that axe decides, by its own rules, over one page with everything on it. Every
// story is audited too, in five modes; here the rules are named that must have had something to look at.
import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import {
  Attachment,
  ChatInput,
  ConnectionBanner,
  EmptyState,
  ErrorNotice,
  InlineCitation,
  MessageActions,
  MessageBubble,
  MessageList,
  MessageText,
  PlanList,
  ReasoningPanel,
  SourcesList,
  ThinkingIndicator,
  ToolCallCard,
} from '../../src/components.ts';
import { MarkdownText } from '../../src/markdown.ts';
import '../../src/styles/styles.css';
import { part, text } from '../support/messages.ts';

const nothing = (): void => undefined;
const sources = [1, 2, 3].map((n) => part('source', { title: `Source ${n}`, url: 'https://x.example', quote: 'so' }));
const markdown = `# Tides

See [the tables](https://tides.example) and \`tides()\`.

- [x] read
- [ ] understood

> A quote

| port | high |
| --- | --- |
| Brest | 5.9 |

\`\`\`js
const tides = 2;
\`\`\`

1. one[^1]

[^1]: A note.`;

function Everything() {
  return (
    <main className="rv" style={{ background: 'var(--rv-color-canvas)' }}>
      <div style={{ blockSize: 900 }}>
        <MessageList
          messages={[text('Why?', { role: 'user' }), text(markdown)]}
          parts={{ text: MarkdownText }}
          onLoadEarlier={nothing}
        />
      </div>
      <MessageBubble message={text('Partly', { status: 'interrupted' })} onRetry={nothing} onResume={nothing} />
      <MessageBubble message={text('Partly', { status: 'failed' })} onRetry={nothing} />
      <MessageBubble message={text('Perhaps', { status: 'unconfirmed' })} />
      <MessageText>
        As told <InlineCitation index={1} source={sources[0]} />
      </MessageText>
      <ThinkingIndicator delayMs={0} variant="steps" phases={[part('status', { label: 'Searching' })]} />
      <ThinkingIndicator delayMs={0} />
      <ReasoningPanel part={part('reasoning', { text: 'hm', status: 'streaming' })} />
      <ToolCallCard
        part={part('tool', { args: { port: 'Brest' }, status: 'failed', error: 'No such port' })}
        defaultOpen
      />
      <ToolCallCard
        part={part('tool', {
          callId: 'c2',
          name: 'email',
          status: 'awaiting',
          approval: { id: 'a', message: 'Send it?' },
        })}
        onApprove={nothing}
      />
      <PlanList
        steps={(['pending', 'active', 'done', 'failed'] as const).map((status) => ({
          id: status,
          label: status,
          status,
        }))}
      />
      <SourcesList sources={sources} visible={2} scores />
      <MessageActions
        message={text('x')}
        onEdit={nothing}
        onRegenerate={nothing}
        onFeedback={nothing}
        branch={{ index: 0, count: 2 }}
        onBranch={nothing}
      />
      <Attachment file={{ name: 'a.txt', mediaType: 'text/plain', size: 4_000 }} onRemove={nothing} />
      <ErrorNotice error={{ code: 'failed', retryable: true }} onRetry={nothing} />
      <ConnectionBanner state={{ status: 'offline' }} delayMs={0} onRetry={nothing} />
      <EmptyState suggestions={['How so?']} />
      <ChatInput onSend={nothing} accept="*" defaultValue="x" />
    </main>
  );
}

const root = document.documentElement;

/** Violations of these rules, each with its element; and how many elements each rule looked at. */
async function audit(...rules: readonly string[]) {
  const { container } = await render(<Everything />);
  const found = await axe.run(container, { runOnly: { type: 'rule', values: [...rules] } });
  const elements = (results: axe.Result[]) =>
    results.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
  return { violations: elements(found.violations), passes: new Set(found.passes.map(({ id }) => id)) };
}

afterEach(() => {
  for (const name of ['data-theme', 'data-contrast', 'dir']) root.removeAttribute(name);
  root.style.removeProperty('--rv-duration-fast');
});

describe('by axe', () => {
  it('13: the composer has a name beyond its placeholder', async () => {
    const { violations, passes } = await audit('label', 'aria-input-field-name', 'autocomplete-valid');
    expect([violations, passes.has('label')]).toEqual([[], true]);
    const field = document.querySelector('textarea') as Element;
    expect(field.getAttribute('aria-label')).not.toBe(field.getAttribute('placeholder'));
  });

  it('14: every button has a name, and so have groups and pictures', async () => {
    const { violations, passes } = await audit('button-name', 'svg-img-alt', 'image-alt', 'aria-toggle-field-name');
    expect([violations, passes.has('button-name')]).toEqual([[], true]);
  });

  it.each([
    ['light', { 'data-theme': 'light' }],
    ['dark', { 'data-theme': 'dark' }],
    ['light, more contrast', { 'data-theme': 'light', 'data-contrast': 'more' }],
    ['dark, more contrast', { 'data-theme': 'dark', 'data-contrast': 'more' }],
  ])('25: contrast of text, %s', async (_, attributes) => {
    for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
    // Colours on their way from one theme to the other are neither.
    root.style.setProperty('--rv-duration-fast', '0s');
    const { violations, passes } = await audit('color-contrast');
    expect([violations, passes.has('color-contrast')]).toEqual([[], true]);
  });

  it('27: links have an address and a name, task boxes a name, lists hold items', async () => {
    const { violations, passes } = await audit('link-name', 'label', 'list', 'listitem', 'link-in-text-block');
    expect([violations, passes.has('link-name'), passes.has('list')]).toEqual([[], true, true]);
    expect(document.querySelectorAll('a:not([href]), p :is(div, p, ul, ol, pre, table, section)')).toHaveLength(0);
    for (const box of document.querySelectorAll('input[type=checkbox]'))
      expect(box.getAttribute('aria-label')).toBeTruthy();
    expect(document.querySelectorAll('input[type=checkbox]')).toHaveLength(2);
  });

  it('has no other complaint, in either direction', async () => {
    for (const dir of ['ltr', 'rtl']) {
      root.dir = dir;
      const { container, unmount } = await render(<Everything />);
      const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
      const complaints = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
      expect(complaints).toEqual([]);
      await unmount();
    }
  });
});
