// Results as a table of text: one row a kind of server, one column a verdict.
import { formatFaults } from '../../src/simulate/fault-text.ts';
import { keep } from './kept.ts';
import type { Run } from './run-schedule.ts';
import { isRight, verdicts } from './verdict.ts';

export function tableOf(runs: readonly Run[], rowOf: (run: Run) => string): string {
  const rows = [...new Set(runs.map(rowOf))].toSorted();
  const header = ['', 'runs', ...verdicts];
  const line = (title: string, of: readonly Run[]): string[] => [
    title,
    String(of.length),
    ...verdicts.map((verdict) => String(of.filter((run) => run.verdict === verdict).length)),
  ];
  const body = [
    ...rows.map((row) =>
      line(
        row,
        runs.filter((run) => rowOf(run) === row),
      ),
    ),
    line('all', runs),
  ];
  return alignColumns([header, ...body]);
}

/** The first column to the left, the others to the right. */
export function alignColumns(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function describeRun({ schedule, verdict, seen, ms }: Run): string {
  const { text, ending, stats } = seen;
  const { reference, simulation } = schedule;
  const { faults = [], ...shape } = simulation;
  return [
    `${schedule.name}: ${verdict} (${schedule.server} over ${schedule.transport}, ${Math.round(ms)} ms)`,
    `  faults: ${formatFaults(faults)}`,
    `  answer: ${JSON.stringify(shape)}`,
    `  kept case: ${JSON.stringify(keep(schedule))}`,
    `  ended ${ending ?? 'not at all'} with ${text.length} of ${reference.text.length} characters; ${JSON.stringify(stats)}`,
  ].join('\n');
}

export function failuresOf(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run) => !isRight(run.verdict));
}

/** How often each fault was drawn, so that a reader sees what the schedules were made of. */
export function faultCounts(runs: readonly Run[]): string {
  const counts = new Map<string, number>();
  for (const { schedule } of runs) {
    for (const fault of schedule.simulation.faults ?? []) {
      const kind = fault.type === 'cut' || fault.type === 'refuse' ? `${fault.type} by ${fault.end}` : fault.type;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
}
