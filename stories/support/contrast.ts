// Contrast of two tokens as the browser paints them, by the formula of WCAG 2.
export interface Pair {
  readonly front: string;
  readonly back: string;
  /** What WCAG asks: 4.5 for text, 3 for what only has to be seen. */
  readonly least: number;
}

const text = ['text', 'muted', 'accent', 'danger', 'warning', 'success'];

export const pairs: readonly Pair[] = [
  ...['canvas', 'surface', 'sunken'].flatMap((back) => text.map((front) => ({ front, back, least: 4.5 }))),
  { front: 'text', back: 'hover', least: 4.5 },
  { front: 'muted', back: 'hover', least: 4.5 },
  { front: 'on-accent', back: 'accent', least: 4.5 },
  { front: 'on-accent', back: 'accent-strong', least: 4.5 },
  { front: 'control', back: 'canvas', least: 3 },
  { front: 'control', back: 'surface', least: 3 },
  { front: 'focus', back: 'canvas', least: 3 },
];

/** The ratio of each pair inside an element with these attributes. */
export function contrastOf(attributes: Readonly<Record<string, string>>): number[] {
  const probe = document.createElement('div');
  probe.className = 'rv';
  for (const [name, value] of Object.entries(attributes)) probe.setAttribute(name, value);
  document.body.append(probe);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('The browser has no canvas, so colours cannot be read.');
  const luminance = (token: string): number => {
    probe.style.color = `var(--rv-color-${token})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const ratios = pairs.map(({ front, back }) => {
    const [light = 0, dark = 0] = [luminance(front), luminance(back)].toSorted((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  });
  probe.remove();
  return ratios;
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
