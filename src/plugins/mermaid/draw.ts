// A diagram's source to an SVG that can do no harm. Mermaid's strict mode encodes HTML and binds no clicks, but a source
// may still name addresses that a browser would fetch (images in shapes, `url()` in styles). Such a source is not drawn,
// and what is drawn is read once more: only known elements, no address, no inline style that a content security policy
// would refuse.
import type { MermaidConfig, Mermaid } from 'mermaid';
import { mermaidTheme } from './theme.ts';

export interface Drawing {
  readonly svg: SVGSVGElement;
  /** For a shadow root, where its ids and rules stay among themselves. */
  readonly styleSheet: CSSStyleSheet;
  /** What the source says of itself (`accTitle`). */
  readonly title: string | undefined;
}

/** What leads, or could be written to lead, to another place. */
const fetches = /url\s*\(|\\[0-9a-f]|@import|image-set|\bimg\s*:|<\s*i(?:mg|mage|frame)/i;

const config: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  suppressErrorRendering: true,
  htmlLabels: false,
  maxTextSize: 20_000,
  // Keys that a source may not set for itself.
  secure: [
    'secure securityLevel startOnLoad suppressErrorRendering htmlLabels maxTextSize maxEdges',
    'theme themeVariables themeCSS darkMode fontFamily altFontFamily dompurifyConfig',
  ].flatMap((keys) => keys.split(' ')),
};

// Mermaid's configuration is global: one diagram after the other, each with the theme of its place.
let queue: Promise<unknown> = Promise.resolve();

/** Rejects where the source is no diagram, or one that must not be drawn. */
export function draw(mermaid: Mermaid, id: string, source: string, place: Element): Promise<Drawing> {
  const drawing = queue.then(async () => {
    if (fetches.test(source)) throw new Error('The diagram names an address.');
    mermaid.initialize({ ...config, ...mermaidTheme(place) });
    return adopt((await mermaid.render(id, source)).svg);
  });
  queue = drawing.catch(() => undefined);
  return drawing;
}

const elements =
  /^(?:svg|g|a|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|textPath|marker|defs|symbol|use|title|desc|switch|foreignObject|(?:linear|radial)Gradient|stop|pattern|clipPath|mask|filter|fe[A-Z]\w+|div|span|p|br|b|i|em|strong|code|table|tbody|tr|td|math|semantics|m[a-z]+)$/;

const leadsOut = /url\(\s*(?!["']?#)/i;

function adopt(markup: string): Drawing {
  const svg = new DOMParser().parseFromString(markup, 'text/html').querySelector('svg');
  if (!svg) throw new Error('Mermaid drew nothing.');
  const rules = [...svg.querySelectorAll('style')].map((style) => style.textContent ?? '').join('\n');
  const title = svg.querySelector(':scope > title')?.textContent ?? undefined;
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    if (!elements.test(element.localName)) element.remove();
    else clean(element as SVGElement);
  }
  const styleSheet = new CSSStyleSheet();
  styleSheet.replaceSync(leadsOut.test(rules) ? '' : rules);
  return { svg: document.adoptNode(svg), styleSheet, title };
}

function clean(element: SVGElement): void {
  for (const { name, value } of [...element.attributes]) {
    const isAddress = /href$|^src/i.test(name) && !value.startsWith('#');
    if (/^on/i.test(name) || isAddress || leadsOut.test(value)) element.removeAttribute(name);
  }
  const style = element.getAttribute('style');
  if (style === null) return;
  element.removeAttribute('style');
  element.style.cssText = style;
}
