// The colours of the place where a diagram stands, as Mermaid takes them: it computes shades of its own and knows neither
// custom properties nor `oklch()`.
import type { MermaidConfig } from 'mermaid';

export function mermaidTheme(place: Element): MermaidConfig {
  const [canvas, sunken, hover, text, muted, line, control] = [
    'canvas',
    'sunken',
    'hover',
    'text',
    'muted',
    'line',
    'control',
  ].map((name) => colorOf(place, `--rv-color-${name}`));
  const { fontFamily } = getComputedStyle(place);
  return {
    theme: 'base',
    fontFamily,
    themeVariables: {
      darkMode: isDark(canvas),
      fontFamily,
      fontSize: '14px',
      background: sunken,
      primaryColor: canvas,
      primaryTextColor: text,
      primaryBorderColor: control,
      secondaryColor: hover,
      secondaryTextColor: text,
      tertiaryColor: canvas,
      tertiaryTextColor: text,
      tertiaryBorderColor: line,
      lineColor: muted,
      textColor: text,
      mainBkg: canvas,
      nodeBorder: control,
      clusterBkg: sunken,
      clusterBorder: line,
      edgeLabelBackground: sunken,
      noteBkgColor: hover,
      noteTextColor: text,
      noteBorderColor: line,
    },
  };
}

/** The colour of a custom property, as `#rrggbb`. */
function colorOf(place: Element, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const rgb = [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  return `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const isDark = (color = '#ffffff'): boolean =>
  [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(color.slice(at, at + 2), 16), 0) < 384;
