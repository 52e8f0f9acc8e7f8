import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactElement } from 'react';
import { fn } from 'storybook/test';
import { ChatInput, MarkdownText, MessageActions, MessageBubble, ToolCallCard } from '../../src/index.ts';
import '../../src/styles/themes/dense.css';
import '../../src/styles/themes/playful.css';
import '../../src/styles/themes/quiet.css';
import '../support/foundations.css';
import { message, question, text } from '../support/samples.ts';

const reply = message({
  id: 'theme',
  parts: [
    text(
      'theme/0',
      'In **Brest**, high water comes at 05:12 and at 17:38:\n\n- leave by `nextHigh() - 2 h`\n- come back before dusk',
    ),
  ],
});
const parts = { text: MarkdownText };

function Themed({ theme }: { readonly theme: string }): ReactElement {
  return (
    <section className="themed rv" data-rv-theme={theme} aria-label={theme}>
      <MessageBubble message={question} />
      <ToolCallCard
        part={{
          id: `${theme}/t`,
          type: 'tool',
          callId: 'c1',
          name: 'tide_tables',
          by: 'server',
          status: 'complete',
          argsText: '{}',
        }}
      />
      <MessageBubble
        message={reply}
        parts={parts}
        footer={<MessageActions message={reply} onCopy={fn()} onFeedback={fn()} />}
      />
      <ChatInput onSend={fn()} defaultValue="And on Sunday?" />
    </section>
  );
}

/**
 * Three looks made of tokens alone. `quiet` is the default written out; `playful` and `dense` show how far tokens reach.
 * Import one (`rivulet/themes/dense.css`) and set `data-rv-theme` on the page or on any element, or copy the file.
 */
const meta = { title: 'Foundations/Themes', component: Themed, args: { theme: 'quiet' } } satisfies Meta<typeof Themed>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Quiet: Story = {};

export const Playful: Story = { args: { theme: 'playful' } };

export const Dense: Story = { args: { theme: 'dense' } };

export const SideBySide: Story = {
  render: () => (
    <div className="themes">
      <Themed theme="quiet" />
      <Themed theme="playful" />
      <Themed theme="dense" />
    </div>
  ),
};
