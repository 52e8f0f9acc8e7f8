// The stories that every component has besides its own: all its states on one sheet, from right to left, without our CSS,
// and with another element in place of its own. Each is shown to be what its name says.
import { type ComponentType, createElement, type ReactElement } from 'react';
import { expect } from 'storybook/test';
import type { RenderProps } from '../../src/index.ts';
import './sheet.css';

interface Shown {
  readonly canvasElement: HTMLElement;
}

interface StateStory<Props> {
  readonly args?: Partial<Props>;
}

/** A sheet holds the same component many times over, under the same name; a page does not. */
export const sheetParameters = {
  a11y: { test: 'error', config: { rules: [{ id: 'landmark-unique', enabled: false }] } },
};

interface SharedStory {
  readonly parameters?: typeof sheetParameters;
  readonly globals?: Readonly<Record<string, string>>;
  readonly tags?: string[];
  readonly render?: () => ReactElement;
  readonly play?: (context: Shown) => Promise<void>;
}

/** To be played with by the controls. What it shows at first is another story's, which is tested. */
export const playground: SharedStory = { tags: ['!test'] };

/** The component in every state that has a story, by the names of those. */
export function statesOf<Props extends object>(
  Component: ComponentType<Props>,
  base: Partial<Props>,
  stories: Readonly<Record<string, StateStory<Props>>>,
): SharedStory {
  return {
    parameters: sheetParameters,
    render: () => (
      <div className="sheet">
        {Object.entries(stories).map(([name, { args }]) => (
          <section key={name} aria-label={name}>
            <p className="sheet-name">{name}</p>
            {createElement(Component, { ...base, ...args } as Props)}
          </section>
        ))}
      </div>
    ),
    play: async ({ canvasElement }) => {
      await expect(canvasElement.querySelectorAll('.sheet > section')).toHaveLength(Object.keys(stories).length);
      await fits(canvasElement);
    },
  };
}

/** In Arabic, and so from right to left. */
export const rightToLeft: SharedStory = {
  globals: { locale: 'ar' },
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('[data-slot]');
    await expect(getComputedStyle(root ?? canvasElement).direction).toBe('rtl');
    await fits(canvasElement);
  },
};

/** What is left without our style sheet: markup that makes sense, in the browser's own looks. */
export const unstyled: SharedStory = {
  globals: { css: 'none' },
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('[data-slot]');
    await expect(root).toBeVisible();
    await expect(getComputedStyle(root ?? canvasElement).getPropertyValue('--rv-color-text')).toBe('');
  },
};

/** Another element in place of the component's own, with all that the part needs. */
export function replacedBy<Props extends object>(
  Component: ComponentType<Props>,
  base: Partial<Props>,
  tag: 'aside' | 'div' | 'section' | 'article' | 'a',
): SharedStory {
  const render = (props: RenderProps): ReactElement => createElement(tag, { ...props, 'data-mine': '' });
  return {
    render: () => createElement(Component, { ...base, render } as unknown as Props),
    play: async ({ canvasElement }) => {
      const mine = canvasElement.querySelector('[data-mine]');
      await expect(mine?.localName).toBe(tag);
      await expect(mine).toHaveAttribute('data-slot');
      await expect(mine?.className).toMatch(/\brv-/);
    },
  };
}

async function fits(element: HTMLElement): Promise<void> {
  await expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth);
}
