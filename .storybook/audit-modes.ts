// axe once more in dark, in high contrast and from right to left, on what a story shows when it has been played. The
// modes are attributes of the page that only style sheets read: nothing needs to be rendered again, and what axe says of
// names, roles and structure it has said before. Runs where the
// global `audit` is `modes`, as it is in the test run.
import type { AfterEach } from 'storybook/internal/csf';
import type { ReactRenderer } from '@storybook/react-vite';
import axe from 'axe-core';

/** What a story says of its check, as the accessibility panel takes it. */
interface A11yParameter {
  readonly test?: string;
  readonly config?: { readonly rules?: readonly { readonly id: string; readonly enabled: boolean }[] };
}

const modes = {
  dark: { 'data-theme': 'dark' },
  'high contrast': { 'data-theme': 'light', 'data-contrast': 'more' },
  'dark high contrast': { 'data-theme': 'dark', 'data-contrast': 'more' },
  'right to left': { dir: 'rtl' },
} as const;

/** What style sheets decide: colours, sizes, and what overflows. */
const rulesOfStyle = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'];

export const auditModes: AfterEach<ReactRenderer> = async ({ canvasElement, globals, parameters }) => {
  const { test, config = {} } = (parameters['a11y'] ?? {}) as A11yParameter;
  if (globals['audit'] !== 'modes' || test === 'off') return;
  const off = (config.rules ?? []).filter(({ enabled }) => !enabled).map(({ id }) => id);
  const rules = rulesOfStyle.filter((id) => !off.includes(id));
  const complaints: string[] = [];
  for (const [mode, attributes] of Object.entries(modes)) {
    const restore = dress(document.documentElement, attributes);
    try {
      complaints.push(...(await audit(canvasElement, mode, rules)));
    } finally {
      restore();
    }
  }
  if (complaints.length > 0) throw new Error(complaints.join('\n\n'));
};

async function audit(element: HTMLElement, mode: string, rules: string[]): Promise<string[]> {
  const { violations } = await axe.run(element, { runOnly: rules, resultTypes: ['violations'] });
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => `  ${node.html}\n  ${node.failureSummary ?? ''}`);
    return `In ${mode}: ${help} (${id})\n${places.join('\n')}`;
  });
}

/** Sets attributes, without the transitions that would show colours on their way. Returns how to undo it. */
function dress(root: HTMLElement, attributes: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(attributes).map((name) => [name, root.getAttribute(name)] as const);
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
  const durations = ['--rv-duration', '--rv-duration-fast'];
  for (const name of durations) root.style.setProperty(name, '0s');
  return () => {
    for (const [name, value] of before) {
      if (value === null) root.removeAttribute(name);
      else root.setAttribute(name, value);
    }
    for (const name of durations) root.style.removeProperty(name);
  };
}
