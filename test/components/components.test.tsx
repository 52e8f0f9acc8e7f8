// Laws of every exported component, over the table of samples: what is new is in it, or this does not pass.
import { act } from '@testing-library/react';
import { type ReactElement, StrictMode } from 'react';
import { hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { zhCN } from '../../src/labels/zh-cn.ts';
import { en, type LabelKey, LabelsProvider } from '../../src/components.ts';
import { exportedComponents, samples } from './samples.tsx';

interface Page {
  readonly container: HTMLElement;
  readonly recovered: readonly string[];
}

const opened: { readonly root: Root; readonly container: HTMLElement }[] = [];

/** As a server sends it and a browser takes it over. The console is watched: a word on it fails the test. */
async function hydrate(element: ReactElement): Promise<Page & { readonly markup: string }> {
  const container = document.body.appendChild(document.createElement('div'));
  const markup = renderToString(element);
  container.innerHTML = markup;
  const recovered: string[] = [];
  await act(async () => {
    const root = hydrateRoot(container, element, { onRecoverableError: (error) => recovered.push(String(error)) });
    opened.push({ root, container });
  });
  return { container, recovered, markup };
}

afterEach(async () => {
  for (const { root, container } of opened.splice(0)) {
    await act(async () => root.unmount());
    container.remove();
  }
});

describe('the table of samples', () => {
  it('has every component that the entries export', () => {
    expect(Object.keys(samples).toSorted()).toEqual(exportedComponents());
  });
});

describe.each(Object.entries(samples))(
  '%s alone, without a provider and without our style sheet',
  (_, { element, words }) => {
    it('is hydrated from server markup in silence, also in StrictMode', async () => {
      for (const page of [element, <StrictMode key="strict">{element}</StrictMode>]) {
        const { container, recovered, markup } = await hydrate(page);
        expect(markup).toContain(words);
        expect(recovered).toEqual([]);
        expect(container.innerHTML).toContain(words);
      }
    });

    it('has no inline style in server markup, which a strict content policy would drop', () => {
      expect(renderToString(element)).not.toMatch(/\sstyle=/);
    });

    it('says nothing of its own in English where the page is Chinese', async () => {
      const { container } = await hydrate(<LabelsProvider labels={zhCN}>{element}</LabelsProvider>);
      const given = Object.values(element.props as Record<string, unknown>);
      expect(textsOf(container).filter((text) => english.has(text) && !given.includes(text))).toEqual([]);
    });
  },
);

/** Labels that need no values: the others are told by tests of their own. */
const english: ReadonlySet<string> = new Set(
  Object.entries(en).flatMap(([key, label]) =>
    typeof label === 'string' && zhCN[key as LabelKey] !== label ? [label] : [],
  ),
);

/** Whatever is read out or shown: text, names, hints. */
function textsOf(container: Element): readonly string[] {
  const texts: string[] = [];
  for (const element of container.querySelectorAll('*')) {
    for (const attribute of ['aria-label', 'placeholder', 'title', 'alt']) {
      texts.push(element.getAttribute(attribute) ?? '');
    }
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
  }
  return texts;
}
