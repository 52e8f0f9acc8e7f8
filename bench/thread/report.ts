// Turns the rounds into the table that the README quotes: medians, growth, and ratios to the candidates we name.

export interface Run {
  readonly candidate: string;
  readonly measure: Measure;
  /** Milliseconds; absent where the run was given up. */
  readonly value: number | undefined;
}

/** Milliseconds of the main thread's CPU, except the keys: how late they were on the screen. */
export const measures = ['mount', 'stream at 10', 'stream at 2,000', 'key p50', 'key p95'] as const;
export type Measure = (typeof measures)[number];

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

interface Claim {
  readonly text: string;
  readonly ratio: number;
  readonly limit: number;
}

export function report(runs: readonly Run[]): { readonly text: string; readonly claims: readonly Claim[] } {
  const of = (candidate: string, measure: Measure): number => {
    const mine = runs.filter((run) => run.candidate === candidate && run.measure === measure);
    // A run that was given up is worse than all that were not.
    return mine.length === 0 ? Number.NaN : median(mine.map((run) => run.value ?? Infinity));
  };
  const names = [...new Set(runs.map((run) => run.candidate))];
  const show = (value: number): string =>
    Number.isNaN(value)
      ? '-'
      : value === Infinity
        ? 'gave up'
        : value.toLocaleString('en', { maximumFractionDigits: 0 });
  const head = ['', ...measures.map((measure) => `${measure}, ms`), 'stream 2,000 / 10'];
  const rows = names.map((name) => [
    name,
    ...measures.map((measure) => show(of(name, measure))),
    (of(name, 'stream at 2,000') / of(name, 'stream at 10')).toFixed(2),
  ]);
  const claims: readonly Claim[] = [
    { text: 'mount, of CopilotKit', ratio: of('rivulet', 'mount') / of('copilotkit', 'mount'), limit: 0.5 },
    { text: 'mount, of plain rows', ratio: of('rivulet', 'mount') / of('plain', 'mount'), limit: 3 },
    {
      text: 'stream at 2,000, of at 10',
      ratio: of('rivulet', 'stream at 2,000') / of('rivulet', 'stream at 10'),
      limit: 1.5,
    },
    {
      text: 'stream at 2,000, of CopilotKit',
      ratio: of('rivulet', 'stream at 2,000') / of('copilotkit', 'stream at 2,000'),
      limit: 1,
    },
    { text: 'key p95, of CopilotKit', ratio: of('rivulet', 'key p95') / of('copilotkit', 'key p95'), limit: 1 },
  ];
  const lines = claims
    .filter(({ ratio }) => !Number.isNaN(ratio))
    .map(({ text, ratio, limit }) => [
      text,
      ratio.toFixed(2),
      `at most ${limit}`,
      ratio <= limit ? 'holds' : 'DOES NOT HOLD',
    ]);
  const table = [head, ...rows];
  return { text: `${align(table)}\n\nRivulet\n${align(lines)}\n`, claims };
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((cells) => cells.join('   ').trimEnd())
    .join('\n');
}
