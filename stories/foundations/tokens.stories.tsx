import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { ThinkingIndicator, type CssVariable } from '../../src/index.ts';
import '../../src/styles/themes/dense.css';
import '../../src/styles/themes/playful.css';
import { contrastOf, pairs } from '../support/contrast.ts';
import '../support/foundations.css';

const meta = { title: 'Foundations/Tokens' } satisfies Meta;

export default meta;
type Story = StoryObj<typeof meta>;

const colors = [
  ...(['canvas', 'surface', 'sunken', 'hover', 'text', 'muted', 'line', 'control'] as const),
  ...(['accent', 'accent-strong', 'on-accent', 'danger', 'warning', 'success', 'focus'] as const),
].map((name): CssVariable => `--rv-color-${name}`);

export const Colors: Story = {
  render: () => (
    <div className="foundations rv">
      <p>
        Components read only these. Each follows the page’s <code>color-scheme</code>, or the nearest{' '}
        <code>data-theme</code>; <code>data-contrast=&quot;more&quot;</code> sharpens them.
      </p>
      <ul className="swatches">
        {colors.map((name) => (
          <li key={name}>
            <span className="swatch" style={{ background: `var(${name})` }} />
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </div>
  ),
};

const sizes = (['xs', 'sm', 'md', 'lg', 'xl'] as const).map((name): CssVariable => `--rv-text-${name}`);
const steps = ([1, 2, 3, 4, 5, 6, 7] as const).map((step): CssVariable => `--rv-space-${step}`);

export const TypeAndSpace: Story = {
  render: () => (
    <div className="foundations rv">
      <h2>Type</h2>
      {sizes.map((name) => (
        <div key={name}>
          <code>{name}</code>
          <div style={{ fontSize: `var(${name})` }}>Each coast meets two high tides a day</div>
        </div>
      ))}
      <h2>Space</h2>
      {steps.map((name) => (
        <div key={name}>
          <code>{name}</code>
          <span className="measure" style={{ inlineSize: `var(${name})` }} />
        </div>
      ))}
    </div>
  ),
};

const looks = {
  light: { 'data-theme': 'light' },
  dark: { 'data-theme': 'dark' },
  'high contrast': { 'data-theme': 'light', 'data-contrast': 'more' },
  'dark high contrast': { 'data-theme': 'dark', 'data-contrast': 'more' },
  playful: { 'data-theme': 'light', 'data-rv-theme': 'playful' },
  'playful dark': { 'data-theme': 'dark', 'data-rv-theme': 'playful' },
  dense: { 'data-theme': 'light', 'data-rv-theme': 'dense' },
  'dense dark': { 'data-theme': 'dark', 'data-rv-theme': 'dense' },
};

/** Measured as painted. A pair below what WCAG asks fails this story. */
export const Contrast: Story = {
  loaders: [
    () => ({ measured: Object.entries(looks).map(([look, attributes]) => ({ look, ratios: contrastOf(attributes) })) }),
  ],
  render: (_, { loaded }) => (
    <div className="foundations rv">
      <table>
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col">At least</th>
            {measuredIn(loaded).map(({ look }) => (
              <th scope="col" key={look}>
                {look}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ front, back, least }, row) => (
            <tr key={`${front} on ${back}`}>
              <th scope="row">
                {front} on {back}
              </th>
              <td>{least}</td>
              {measuredIn(loaded).map(({ look, ratios }) => (
                <td key={look}>{ratios[row]?.toFixed(1)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  ),
  play: async ({ loaded }) => {
    const weak = measuredIn(loaded).flatMap(({ look, ratios }) =>
      pairs
        .filter(({ least }, row) => (ratios[row] ?? 0) < least)
        .map(({ front, back }) => `${front} on ${back} in ${look}`),
    );
    await expect(weak).toEqual([]);
  },
};

interface Measured {
  readonly look: string;
  readonly ratios: readonly number[];
}

function measuredIn(loaded: Record<string, unknown>): readonly Measured[] {
  return (loaded['measured'] ?? []) as readonly Measured[];
}

export const Motion: Story = {
  render: () => (
    <div className="foundations rv">
      <p>
        Two durations and one curve: <code>--rv-duration-fast</code> for what answers a pointer,{' '}
        <code>--rv-duration</code> for what comes and goes, <code>--rv-ease</code> for both. Where the reader asks for
        reduced motion both durations are nothing, and what moves without end stands still. Arriving text is never
        animated.
      </p>
      <ThinkingIndicator delayMs={0} elapsedAfterMs={Infinity} />
      <ThinkingIndicator delayMs={0} elapsedAfterMs={Infinity} variant="shimmer" />
    </div>
  ),
};

export const Layers: Story = {
  render: () => (
    <div className="foundations rv">
      <p>
        All rules stand in <code>@layer rivulet.tokens, rivulet.base, rivulet.components</code>, in this order, with
        selectors inside <code>:where()</code>, which count nothing. So a rule of yours that stands in no layer always
        wins, whatever its selector; and where you use layers yourself, name yours after <code>rivulet</code>.
      </p>
      <LayersExample />
    </div>
  ),
};

function LayersExample() {
  return (
    <pre style={{ whiteSpace: 'pre-wrap' }}>
      <code>{`@layer reset, rivulet, app;
@import 'rivulet/styles.css';

.rv-message-bubble { gap: 0 }            /* wins: no layer */
@layer app { .rv-button { … } }          /* wins: a later layer */`}</code>
    </pre>
  );
}
