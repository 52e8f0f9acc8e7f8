import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent } from 'storybook/test';
import { highlight } from '../src/highlight.ts';
import { CodeBlock } from '../src/index.ts';
import { playground, replacedBy, rightToLeft, statesOf, unstyled } from './support/component-stories.tsx';

const code = `// The height of the tide, in metres, by the rule of twelfths.
export function heightAt(hours: number, low: number, high: number): number {
  const twelfths = [0, 1, 3, 6, 9, 11, 12];
  const hour = Math.min(6, Math.max(0, Math.floor(hours)));
  return low + ((high - low) * (twelfths[hour] ?? 12)) / 12;
}
`;

const meta = {
  title: 'Components/CodeBlock',
  component: CodeBlock,
  args: { code, language: 'ts' },
} satisfies Meta<typeof CodeBlock>;

export default meta;
type Story = StoryObj<typeof meta>;

export const Plain: Story = {};

export const Highlighted: Story = { args: { plugins: [highlight()] } };

export const WithoutLanguage: Story = { args: { language: undefined, code: 'High water 06:42\nLow water 12:55\n' } };

export const LongLines: Story = {
  args: { code: `const words = '${'the tide comes twice a day '.repeat(12)}';\n` },
  play: async ({ canvas, step }) => {
    await step('wraps when asked', async () => {
      const wrap = await canvas.findByRole('button', { name: 'Wrap lines' });
      await userEvent.click(wrap);
      await expect(wrap).toHaveAttribute('aria-pressed', 'true');
    });
  },
};

export const LongContent: Story = {
  args: {
    language: 'txt',
    code: Array.from({ length: 450 }, (_, index) => `Reading ${index + 1}\n`).join(''),
  },
};

export const Playground: Story = playground;

/** Every state on one sheet. */
export const States: Story = statesOf(CodeBlock, meta.args, {
  Plain,
  Highlighted,
  WithoutLanguage,
  LongLines,
  LongContent,
});

export const RightToLeft: Story = rightToLeft;

export const Unstyled: Story = unstyled;

export const ReplacedParts: Story = replacedBy(CodeBlock, meta.args, 'section');
