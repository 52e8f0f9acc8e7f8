// Turns runs into the table that the README quotes: medians, growth, and ratios at the same characters.
import type { CalmResult } from './calm.ts';
import type { DocumentKind } from './documents.ts';

/** Seconds of the main thread since the first frame. */
export interface Checkpoint {
  readonly chars: number;
  readonly cpu: number;
  readonly script: number;
  readonly layout: number;
}

export interface Result {
  readonly candidate: string;
  readonly kind: DocumentKind;
  readonly chars: number;
  readonly checkpoints: readonly Checkpoint[];
  readonly frames: readonly number[];
}

export interface CalmRow extends CalmResult {
  readonly candidate: string;
  readonly kind: DocumentKind;
}

export interface Row {
  readonly kind: DocumentKind;
  readonly candidate: string;
  /** Script seconds by size; absent where the run was ended before. */
  readonly script: Readonly<Record<string, number | undefined>>;
  readonly cpu: number | undefined;
  readonly exponent: number | undefined;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly lastChars: number;
  /** Ours over theirs at the last characters both reached. */
  readonly ours: number | undefined;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function report(
  results: readonly Result[],
  sizes: readonly number[],
  compared: readonly number[],
): { markdown: string; rows: readonly Row[] } {
  const keys = [...new Set(results.map(({ kind, candidate }) => `${kind}\t${candidate}`))];
  const rows = keys.map((key) => {
    const [kind = '', candidate = ''] = key.split('\t');
    return rowOf(results, kind as DocumentKind, candidate, sizes, compared);
  });
  const head = [
    'document',
    'renderer',
    ...sizes.map((size) => `${size / 1000} KB`),
    'exponent',
    'CPU',
    'frame p50 / p95 / p99 ms',
    'Rivulet / it',
  ];
  const lines = rows.map((row) => [
    row.kind,
    row.candidate,
    ...sizes.map((size) => row.script[size]?.toFixed(2) ?? `- (${Math.round(row.lastChars / 1000)} KB)`),
    row.exponent?.toFixed(2) ?? '-',
    row.cpu?.toFixed(2) ?? '-',
    [row.p50, row.p95, row.p99].map((ms) => ms.toFixed(1)).join(' / '),
    row.ours?.toFixed(2) ?? '-',
  ]);
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return { markdown: `Script seconds on the main thread while the whole document streams.\n\n${table}\n`, rows };
}

function rowOf(
  results: readonly Result[],
  kind: DocumentKind,
  candidate: string,
  sizes: readonly number[],
  compared: readonly number[],
): Row {
  const mine = results.filter((result) => result.kind === kind && result.candidate === candidate);
  const at = (chars: number, field: 'script' | 'cpu') => medianAt(mine, chars, field);
  const script = Object.fromEntries(sizes.map((size) => [size, at(size, 'script')]));
  const [small, large] = [compared.at(-2), compared.at(-1)];
  const frames = mine
    .filter((result) => result.chars <= (large ?? Infinity))
    .flatMap((result) => result.frames)
    .toSorted((a, b) => a - b);
  const percentile = (share: number) =>
    frames[Math.min(frames.length - 1, Math.floor(frames.length * share))] ?? Number.NaN;
  const reached = mine.map((result) => result.checkpoints.at(-1)?.chars ?? 0);
  const lastChars = Math.min(large ?? Infinity, Math.max(0, ...reached));
  const ours = results.filter((result) => result.kind === kind && result.candidate === 'rivulet');
  const [own, theirs] = [medianAt(ours, lastChars, 'script'), at(lastChars, 'script')];
  const [from, to] = [small && at(small, 'script'), large && at(large, 'script')];
  return {
    kind,
    candidate,
    script,
    cpu: large === undefined ? undefined : at(large, 'cpu'),
    exponent: from && to && small && large ? Math.log(to / from) / Math.log(large / small) : undefined,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    lastChars,
    ours: own === undefined || theirs === undefined || candidate === 'rivulet' ? undefined : own / theirs,
  };
}

function medianAt(results: readonly Result[], chars: number, field: 'script' | 'cpu'): number | undefined {
  // References are a document of their own for each size; the others pass every size on their way.
  const own = results.filter((result) => result.kind !== 'references' || result.chars === chars);
  const values = own.flatMap((result) =>
    result.checkpoints.filter((point) => point.chars === chars).map((point) => point[field]),
  );
  return values.length === 0 ? undefined : median(values);
}

export function calmReport(rows: readonly CalmRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map((row) => {
    const vanilla = rows.find((each) => each.kind === row.kind && each.candidate === 'streaming-markdown');
    const shares = row.visible.map((count, index) => {
      const theirs = vanilla?.visible[index] ?? 0;
      return theirs === 0 ? 1 : count / theirs;
    });
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    return [
      row.kind,
      row.candidate,
      percent(row.rawFrames / row.frames),
      row.removed,
      row.removedInListedCases,
      row.longestStall,
      ...(vanilla
        ? [
            percent(shares.reduce((sum, share) => sum + share, 0) / shares.length),
            percent(Math.min(...shares)),
            percent(shares.filter((share) => share < 0.95).length / shares.length),
          ]
        : ['-', '-', '-']),
    ];
  });
  const head = [
    'document',
    'renderer',
    'frames with raw syntax',
    'elements removed',
    'in listed cases',
    'longest stall',
    'shown, mean',
    'least',
    'frames below 95 %',
  ];
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `One character a frame. Shown: characters of the answer on screen, of those that streaming-markdown shows at the same frame.\n\n${table}\n`;
}
