// Measures what each entry costs a user and compares it with its budget. Reads the built package: run `npm run build`
// first, then `npm run sizes`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { exportedEntries, root, type Entry } from './entries.ts';
import {
  budgets as ownBudgets,
  ceilings as ownCeilings,
  type Import,
  type SizeBudget,
  type SizeBudgetPerExport,
} from './size-budgets.ts';

export interface SizeLine {
  readonly title: string;
  readonly bytes: number;
  readonly maxBytes?: number;
  /** What it may cost until it meets its budget. */
  readonly ceilingBytes?: number;
}

/** Measures every budget whose entries are built in the package below `base`. */
export async function measureSizes(
  base: string = root,
  budgets: readonly (SizeBudget | SizeBudgetPerExport)[] = ownBudgets,
  ceilings: Readonly<Record<string, number>> = ownCeilings,
): Promise<SizeLine[]> {
  const built = builtEntries(base);
  const lines: SizeLine[] = [];
  for (const budget of (await Promise.all(budgets.map((item) => expand(base, built, item)))).flat()) {
    const imports = await existing(base, built, budget.imports);
    if (!imports) continue;
    const beside = (await existing(base, built, budget.beside ?? [])) ?? [];
    const { bytes } = await bundle([...imports, ...beside], base);
    const owned = beside.length > 0 ? (await bundle(beside, base)).bytes : 0;
    const title = beside.length > 0 ? `${describe(imports)} beside ${describe(beside)}` : describe(imports);
    lines.push({ title, bytes: bytes - owned, maxBytes: budget.maxBytes, ceilingBytes: ceilings[title] });
  }
  return lines;
}

/** The lines above what they may cost now: their ceiling, else their budget. */
export function overBudget(lines: readonly SizeLine[]): SizeLine[] {
  return lines.filter(({ bytes, maxBytes, ceilingBytes }) => bytes > (ceilingBytes ?? maxBytes ?? Infinity));
}

function markOf(line: SizeLine): string {
  if (overBudget([line]).length > 0) return 'OVER';
  return line.bytes > (line.maxBytes ?? Infinity) ? `over its budget, ceiling ${kB(line.ceilingBytes)}` : '';
}

function kB(bytes: number | undefined): string {
  return bytes === undefined ? '-' : `${(bytes / 1000).toFixed(2)} kB`;
}

// Names what was really measured, which is less than the budget's line as long as parts of it do not exist.
function describe(imports: readonly Import[]): string {
  return imports.map(({ from, names }) => (names === '*' ? from : `${from} { ${names.join(', ')} }`)).join(' + ');
}

type Built = ReadonlyMap<string, Entry>;

function builtEntries(base: string): Built {
  const built = exportedEntries(base).filter((entry) => existsSync(join(base, entry.built)));
  return new Map(built.map((entry) => [entry.specifier, entry]));
}

async function expand(base: string, built: Built, budget: SizeBudget | SizeBudgetPerExport): Promise<SizeBudget[]> {
  if (!('each' in budget)) return [budget];
  const entry = built.get(budget.each);
  if (!entry) return [];
  const { each, matching = /./, except = {}, maxBytes, beside } = budget;
  return (await exportsOf(base, entry))
    .filter((name) => matching.test(name) && !(name in except && except[name] === undefined))
    .map((name) => ({
      imports: [{ from: each, names: [name] }],
      maxBytes: except[name] ?? maxBytes,
      beside,
    }));
}

// A line stands for its first entry: without that there is no line, while its companions may come later.
async function existing(base: string, built: Built, imports: readonly Import[]): Promise<Import[] | undefined> {
  const found: Import[] = [];
  for (const item of imports) {
    const entry = built.get(item.from);
    const available = entry && entry.kind === 'module' ? await exportsOf(base, entry) : [];
    const names = item.names === '*' ? '*' : item.names.filter((name) => available.includes(name));
    if (entry && names.length > 0) found.push({ from: item.from, names });
    else if (item === imports[0]) return undefined;
  }
  return found;
}

async function exportsOf(base: string, entry: Entry): Promise<string[]> {
  return Object.keys((await import(pathToFileURL(join(base, entry.built)).href)) as object).toSorted();
}

export interface Bundle {
  /** Gzipped and minified. Chunks loaded later do not count. */
  readonly bytes: number;
  /** The files that contribute code to it. */
  readonly modules: readonly string[];
}

/** Bundles just these imports, as a user's production build would, with the peers left out. */
export async function bundle(imports: readonly Import[], base: string = root): Promise<Bundle> {
  const built = builtEntries(base);
  const manifest = JSON.parse(readFileSync(join(base, 'package.json'), 'utf8')) as { peerDependencies?: object };
  const peers = Object.keys(manifest.peerDependencies ?? {});
  const result = await build({
    configFile: false,
    root: base,
    logLevel: 'error',
    plugins: [user(imports, (specifier) => join(base, built.get(specifier)?.built ?? specifier))],
    build: {
      write: false,
      target: 'es2022',
      cssTarget: 'esnext',
      minify: true,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: userModule,
        external: (id) => peers.some((peer) => id === peer || id.startsWith(`${peer}/`)),
      },
    },
  });
  if (!('output' in result)) throw new Error('Vite returned no bundle to measure.');
  const assets = result.output.filter((item) => item.type === 'asset');
  const stylesheets = assets.filter((item) => item.fileName.endsWith('.css')).map((item) => item.source);
  const chunks = result.output.filter((item) => item.type === 'chunk').filter((item) => !item.isDynamicEntry);
  // A bundle of nothing but stylesheets still has a chunk, which no user would load.
  const code = imports.every((item) => item.from.endsWith('.css')) ? [] : chunks.map((item) => item.code);
  const pieces = [...code, ...stylesheets];
  return {
    bytes: pieces.reduce((total, piece) => total + gzipSync(piece, { level: 9 }).byteLength, 0),
    modules: chunks
      .flatMap((chunk) => Object.entries(chunk.modules))
      .filter(([id, module]) => id !== userModule && module.renderedLength > 0)
      .map(([id]) => id),
  };
}

const userModule = 'virtual:user';

// Assigning the imports to a global keeps the bundler from dropping them as unused.
function user(imports: readonly Import[], locate: (specifier: string) => string): Plugin {
  const lines = imports.map(({ from, names }, index) => {
    const path = JSON.stringify(locate(from));
    if (from.endsWith('.css')) return `import ${path};`;
    if (names === '*') return `import * as all${index} from ${path};\nglobalThis.kept${index} = all${index};`;
    return `import { ${names.join(', ')} } from ${path};\nglobalThis.kept${index} = [${names.join(', ')}];`;
  });
  return {
    name: 'rivulet:user',
    resolveId: (id) => (id === userModule ? id : undefined),
    load: (id) => (id === userModule ? lines.join('\n') : undefined),
  };
}

function table(lines: readonly SizeLine[]): string {
  const rows = [
    ['entry', 'gzip', 'budget', ''],
    ...lines.map((line) => [line.title, kB(line.bytes), kB(line.maxBytes), markOf(line)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([title = '', gzip = '', budget = '', mark = '']) =>
      `${title.padEnd(widths[0] ?? 0)}  ${gzip.padStart(widths[1] ?? 0)}  ${budget.padStart(widths[2] ?? 0)}  ${mark}`.trimEnd(),
    )
    .join('\n');
}

if (import.meta.main) {
  const lines = await measureSizes();
  console.log(table(lines));
  const over = overBudget(lines);
  if (lines.length === 0) console.error('Nothing is built, so nothing was measured: run `npm run build` first.');
  for (const { title } of over) console.error(`${title} is over its budget.`);
  process.exitCode = lines.length === 0 || over.length > 0 ? 1 : 0;
}
