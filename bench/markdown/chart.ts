// The figures as a chart for the README: script seconds over the document's length, one panel a document, both axes
// logarithmic, so that a straight line of slope one is a flat cost.
import type { Row } from './report.ts';

const panel = { width: 260, height: 190, left: 44, top: 34, bottom: 26 };
const colours = ['#0b57d0', '#777777', '#00897b', '#d93025', '#e37400', '#9334e6', '#c2185b', '#5d4037', '#455a64'];

export function chart(rows: readonly Row[], sizes: readonly number[]): string {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const names = [...new Set(rows.map((row) => row.candidate))];
  const colourOf = (name: string) => colours[names.indexOf(name) % colours.length] ?? '#000000';
  const [least = 5000, most = 80_000] = [sizes.at(0), sizes.at(-1)];
  const seconds = rows.flatMap((row) => sizes.map((size) => row.script[size] ?? 0)).filter((value) => value > 0);
  const low = Math.min(...seconds) / 1.3;
  const high = Math.max(...seconds) * 1.3;
  const x = (size: number) =>
    panel.left + (Math.log(size / least) / Math.log(most / least || 1)) * (panel.width - panel.left - 14);
  const y = (value: number) =>
    panel.height -
    panel.bottom -
    (Math.log(value / low) / Math.log(high / low)) * (panel.height - panel.top - panel.bottom);
  const columns = Math.min(4, kinds.length);
  const panelRows = Math.ceil(kinds.length / columns);
  const height = panelRows * panel.height + 40 + Math.ceil(names.length / 5) * 18;
  const panels = kinds.map((kind, index) => {
    const own = rows.filter((row) => row.kind === kind);
    const lines = own.map((row) => {
      const points = sizes.flatMap((size) => (row.script[size] ? [[x(size), y(row.script[size])] as const] : []));
      const path = points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ');
      const dots = points
        .map(([left, top]) => `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="2.5"/>`)
        .join('');
      const width = row.candidate === 'rivulet' ? 2.5 : 1.2;
      const colour = colourOf(row.candidate);
      return `<g fill="${colour}"><polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${width}"/>${dots}</g>`;
    });
    const marks = [0.01, 0.1, 1, 10, 100]
      .filter((value) => value > low && value < high)
      .map(
        (value) =>
          `<path d="M${panel.left} ${y(value).toFixed(1)}H${panel.width - 14}" stroke="#ddd"/><text x="${panel.left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value} s</text>`,
      );
    const ticks = sizes.map(
      (size) => `<text x="${x(size).toFixed(1)}" y="${panel.height - 8}" text-anchor="middle">${size / 1000} KB</text>`,
    );
    const left = (index % columns) * panel.width;
    const top = Math.floor(index / columns) * panel.height;
    return `<g transform="translate(${left} ${top})"><text x="${panel.left}" y="20" font-weight="bold">${kind}</text>${marks.join('')}${ticks.join('')}${lines.join('')}</g>`;
  });
  const legend = names.map(
    (name, index) =>
      `<g transform="translate(${panel.left + (index % 5) * 150} ${panelRows * panel.height + 24 + Math.floor(index / 5) * 18})"><rect width="12" height="3" y="-5" fill="${colourOf(name)}"/><text x="18">${name}</text></g>`,
  );
  const width = Math.max(columns * panel.width, 800);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11"><title>Script seconds on the main thread while a document streams</title><rect width="100%" height="100%" fill="#fff"/>${panels.join('')}${legend.join('')}</svg>\n`;
}
