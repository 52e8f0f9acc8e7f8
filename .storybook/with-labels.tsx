// The toolbar's language: labels from above, as an application hands them in.
import type { Decorator } from '@storybook/react-vite';
import { LabelsProvider } from '../src/index.ts';
import { arabic } from '../stories/support/arabic-labels.ts';
import { pseudo } from '../stories/support/pseudo-labels.ts';
import { zhCN } from '../src/labels/zh-cn.ts';

const languages = { 'zh-CN': zhCN, ar: arabic, pseudo };

export const withLabels: Decorator = (Story, { globals }) => {
  const labels = languages[globals['locale'] as keyof typeof languages];
  return labels === undefined ? (
    <Story />
  ) : (
    <LabelsProvider labels={labels} locale={labels.locale}>
      <Story />
    </LabelsProvider>
  );
};
