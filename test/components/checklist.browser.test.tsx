// The items of the accessibility checklist that only a browser can show, named by their numbers.
import { useState } from 'react';
import { cdp, page, userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { render } from 'vitest-browser-react';
import {
  Attachment,
  ChatInput,
  ErrorNotice,
  MessageActions,
  MessageBubble,
  MessageList,
  PlanList,
  ReasoningPanel,
  SourcesList,
  ThinkingIndicator,
  ToolCallCard,
} from '../../src/components.ts';
import { StreamingMarkdown } from '../../src/markdown.ts';
import '../../src/styles/styles.css';
import { message, part, text } from '../support/messages.ts';

interface MediaFeature {
  readonly name: string;
  readonly value: string;
}

async function emulate(...features: readonly MediaFeature[]): Promise<void> {
  await (cdp() as { send(method: string, params: object): Promise<unknown> }).send('Emulation.setEmulatedMedia', {
    features,
  });
}

afterEach(() => emulate());

const nothing = (): void => undefined;
const call = part('tool', { name: 'tides', args: { words: 'x'.repeat(400) }, status: 'called' });

function Everything() {
  const streaming = text('So far', { id: 's', status: 'streaming' });
  return (
    <>
      <MessageBubble message={streaming} />
      <MessageBubble message={text('Partly', { status: 'interrupted' })} onRetry={nothing} onResume={nothing} />
      <ThinkingIndicator delayMs={0} />
      <ThinkingIndicator delayMs={0} variant="shimmer" />
      <ReasoningPanel part={part('reasoning', { text: 'hm', status: 'streaming' })} />
      <ToolCallCard part={call} defaultOpen />
      <PlanList steps={[{ id: '1', label: 'Find', status: 'active' }]} />
      <SourcesList
        sources={[1, 2, 3].map((n) => part('source', { title: `${n}`, url: 'https://x.example' }))}
        visible={2}
      />
      <MessageActions
        message={text('x')}
        onEdit={nothing}
        onRegenerate={nothing}
        onFeedback={nothing}
        branch={{ index: 0, count: 2 }}
        onBranch={nothing}
      />
      <Attachment file={{ name: 'a.txt', mediaType: 'text/plain' }} onRemove={nothing} />
      <ErrorNotice error={{ code: 'failed', retryable: true }} onRetry={nothing} />
      <ChatInput onSend={nothing} accept="*" defaultValue="x" />
    </>
  );
}

describe('in a browser', () => {
  it('20: sending by pointer and by keyboard keeps the focus in the text, and Stop keeps it too', async () => {
    function Page() {
      const [busy, setBusy] = useState(false);
      return <ChatInput busy={busy} onSend={() => setBusy(true)} onStop={() => setBusy(false)} />;
    }
    await render(<Page />);
    const field = page.getByRole('textbox');
    await userEvent.fill(field, 'one');
    await page.getByRole('button', { name: 'Send' }).click();
    expect(document.activeElement).toBe(field.element());
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(document.activeElement).toBe(field.element());
    const action = page.getByRole('button').element() as HTMLElement;
    await userEvent.fill(field, 'two');
    action.focus();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(action);
    expect(action.getAttribute('aria-label')).toBe('Stop');
  });

  it('the composer grows with its text, and no further than it may', async () => {
    await render(<ChatInput onSend={nothing} />);
    const field = page.getByRole('textbox');
    const height = () => field.element().getBoundingClientRect().height;
    const one = height();
    await userEvent.fill(field, 'a\nb\nc');
    expect(height()).toBeGreaterThan(one * 1.5);
    await userEvent.fill(field, 'line\n'.repeat(200));
    expect(height()).toBeLessThanOrEqual(window.innerHeight * 0.4 + 1);
  });

  it('23: with reduced motion nothing moves: no animation, no transition, no smooth scroll', async () => {
    await emulate({ name: 'prefers-reduced-motion', value: 'reduce' });
    const { container } = await render(<Everything />);
    expect(container.getAnimations({ subtree: true })).toEqual([]);
    for (const element of container.querySelectorAll('.rv')) {
      expect([element.className, getComputedStyle(element).transitionDuration]).toEqual([
        element.className,
        expect.stringMatching(/^(0s(, )?)+$/),
      ]);
    }
  });

  it('23: without that wish it does move', async () => {
    const { container } = await render(<Everything />);
    expect(container.getAnimations({ subtree: true }).length).toBeGreaterThan(3);
  });

  it('24: in forced colours controls have borders, and the caret, the focus and the status are seen', async () => {
    await emulate({ name: 'forced-colors', value: 'active' });
    const { container } = await render(<Everything />);
    for (const button of container.querySelectorAll('button')) {
      expect([button.className, getComputedStyle(button).borderTopStyle]).toEqual([button.className, 'solid']);
    }
    const caret = container.querySelector('[data-slot=message-text][data-streaming]') as Element;
    expect(getComputedStyle(caret, '::after').borderInlineStartStyle).toBe('solid');
    const shimmer = container.querySelector('[data-variant=shimmer] [data-slot=thinking-indicator-label]') as Element;
    expect(getComputedStyle(shimmer).color).not.toBe('rgba(0, 0, 0, 0)');
    await userEvent.tab();
    expect(getComputedStyle(document.activeElement as Element).outlineStyle).not.toBe('none');
  });

  it('28: what scrolls by itself is reached by keyboard, and code runs left to right in any text', async () => {
    document.documentElement.dir = 'rtl';
    await render(<ToolCallCard part={call} defaultOpen />);
    const code = page.getByRole('region', { name: 'Arguments' }).element() as HTMLElement;
    expect(code.scrollWidth).toBeGreaterThan(code.clientWidth);
    expect(getComputedStyle(code).direction).toBe('ltr');
    code.focus();
    expect(document.activeElement).toBe(code);
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => code.scrollLeft).toBeGreaterThan(0);
    document.documentElement.dir = '';
  });

  it('28: so do the code and the tables of an answer', async () => {
    document.documentElement.dir = 'rtl';
    onTestFinished(() => document.documentElement.removeAttribute('dir'));
    const cells = Array.from({ length: 12 }, (_, index) => `column number ${index}`);
    const row = (values: readonly string[]) => `| ${values.join(' | ')} |`;
    const table = [row(cells), row(cells.map(() => '---')), row(cells)].join('\n');
    await render(<StreamingMarkdown>{`نص\n\n${table}\n\n\`\`\`js\n${'x'.repeat(400)}\n\`\`\``}</StreamingMarkdown>);
    const code = () =>
      page
        .getByText(/^x{400}/)
        .element()
        .closest('[tabindex]') as HTMLElement;
    for (const [element, ahead] of [
      [code(), '{ArrowRight}'],
      [page.getByRole('table').element().closest('[tabindex]'), '{ArrowLeft}'],
    ] as const) {
      const scroller = element as HTMLElement;
      expect(scroller.scrollWidth).toBeGreaterThan(scroller.clientWidth);
      scroller.focus();
      expect(document.activeElement).toBe(scroller);
      await userEvent.keyboard(ahead);
      await expect.poll(() => scroller.scrollLeft).not.toBe(0);
    }
    expect(getComputedStyle(code()).direction).toBe('ltr');
  });

  it('30: every control is at least 24 pixels wide and high, also when compact', async () => {
    for (const density of ['', 'compact']) {
      document.documentElement.dataset['density'] = density;
      const { container, unmount } = await render(<Everything />);
      for (const control of container.querySelectorAll('button, textarea')) {
        const { width, height } = control.getBoundingClientRect();
        expect([control.className, Math.min(width, height) >= 24]).toEqual([control.className, true]);
      }
      await unmount();
    }
    delete document.documentElement.dataset['density'];
  });

  it('30: reflows at 320 pixels, at which 1,280 zoomed to 400 % stands', async () => {
    await page.viewport(320, 640);
    onTestFinished(() => page.viewport(800, 600));
    await render(<Everything />);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  });

  it('sends from question to copied answer with the keyboard alone, in the order of the page', async () => {
    const copied: string[] = [];
    await render(
      <>
        <div style={{ blockSize: 300 }}>
          <MessageList
            messages={[text('Why?', { id: 'q', role: 'user' }), text('Because.', { id: 'a' })]}
            renderMessage={(shown) => (
              <MessageBubble
                message={shown}
                footer={<MessageActions message={shown} onCopy={(words) => void copied.push(words)} />}
              />
            )}
          />
        </div>
        <ChatInput onSend={nothing} />
      </>,
    );
    await userEvent.tab();
    expect(document.activeElement?.getAttribute('role')).toBe('region');
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    expect(copied).toEqual(['Because.']);
    await userEvent.tab();
    expect(document.activeElement).toBe(page.getByRole('textbox').element());
  });
});

describe('in someone else’s page', () => {
  it('changes nothing outside itself, whatever theme the page names', async () => {
    const host = document.createElement('div');
    for (const tag of ['p', 'button', 'a', 'ol', 'textarea', 'h2']) host.append(document.createElement(tag));
    document.body.append(host);
    const look = (): string[] =>
      [...host.children].map((child) => {
        const { font, color, backgroundColor, colorScheme, margin, padding, border, boxSizing, listStyle, outline } =
          getComputedStyle(child);
        return [
          font,
          color,
          backgroundColor,
          colorScheme,
          margin,
          padding,
          border,
          boxSizing,
          listStyle,
          outline,
        ].join();
      });
    const styles = [...document.head.querySelectorAll<HTMLStyleElement>('style')];
    expect(styles.some((style) => style.textContent?.includes('rv-message-bubble'))).toBe(true);
    const withOurs = look();
    document.documentElement.dataset['theme'] = 'dark';
    document.documentElement.dataset['contrast'] = 'more';
    expect(look()).toEqual(withOurs);
    delete document.documentElement.dataset['theme'];
    delete document.documentElement.dataset['contrast'];
    for (const style of styles) style.disabled = true;
    const without = look();
    for (const style of styles) style.disabled = false;
    expect(withOurs).toEqual(without);
    host.remove();
  });

  it('keeps its colours apart from the page’s, and follows a theme that is set on any element', async () => {
    const { container } = await render(
      <>
        <div data-theme="dark">
          <MessageBubble message={message({ id: 'd', parts: [part('text', { text: 'dark' })] })} />
          <div data-theme="light">
            <MessageBubble message={message({ id: 'l', parts: [part('text', { text: 'light' })] })} />
          </div>
        </div>
      </>,
    );
    const [dark, light] = [...container.querySelectorAll('[data-slot=message-bubble]')].map(
      (bubble) => getComputedStyle(bubble).color,
    );
    expect(dark).not.toBe(light);
  });

  it('keeps its shape under a reset of the page’s, where that stands in a layer of its own before ours', async () => {
    const heights = (root: Element): number[] =>
      [...root.querySelectorAll('.rv')].map((one) => Math.round(one.getBoundingClientRect().height));
    const { container } = await render(<Everything />);
    const before = heights(container);
    const reset = document.createElement('style');
    reset.textContent = `@layer reset { *, ::before, ::after { margin: 0; padding: 0; border: 0; box-sizing: border-box; font: inherit; list-style: none; }
      button, textarea { all: unset; } img, svg { display: block; } }`;
    // Layers rank in the order in which the page names them first.
    document.head.prepend(reset);
    expect(heights(container)).toEqual(before);
    reset.remove();
  });
});
