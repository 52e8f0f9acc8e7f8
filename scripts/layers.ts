// Checks the direction of imports: every folder of src is a layer of test/architecture/layers.cjs, and no file imports
// upward, in a circle, or React where it does not belong. Run by `npm run layers`.
import { existsSync, globSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { exportedEntries, root } from './entries.ts';

const require = createRequire(import.meta.url);
const table = require('../test/architecture/layers.cjs') as {
  mayImport: Record<string, readonly string[]>;
  stylesheets: readonly string[];
};

/** The rules that `npm run layers` applies. */
export const configuration = require('../test/architecture/dependency-cruiser.cjs') as IConfiguration;

export interface LayerReport {
  /** One sentence for each fault; empty when all is well. */
  readonly faults: readonly string[];
  readonly files: number;
}

/** Checks the tree below `base`, which holds a `src` and a `tsconfig.json`. */
export async function checkLayers(base: string = root, rules: IConfiguration = configuration): Promise<LayerReport> {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: base }).map((path) => path.replaceAll('\\', '/'));
  const { modules, summary } = await cruiseTree(base, rules);
  const seen = new Set(modules.map((module) => module.source));
  const unseen = files.filter((file) => !seen.has(file));
  return {
    files: files.length,
    faults: [
      ...strayFolders(base),
      ...strayFiles(base),
      ...unseen.map((file) => `${file} exists and was not looked at, so this check proves nothing.`),
      ...summary.violations.map(
        ({ rule, from, to }) => `${from} imports ${to}: ${explain(rules, rule.name)} (${rule.name})`,
      ),
    ],
  };
}

async function cruiseTree(base: string, rules: IConfiguration): Promise<ICruiseResult> {
  const { options, ...ruleSet } = rules;
  const roots = ['src', 'stories'].filter((folder) => existsSync(join(base, folder)));
  const { output } = await cruise(
    roots,
    { ...options, ruleSet, validate: true, baseDir: base },
    options?.enhancedResolveOptions,
    { tsConfig: extractTSConfig(join(base, 'tsconfig.json')) },
  );
  return output as ICruiseResult;
}

function explain(rules: IConfiguration, name: string): string {
  return rules.forbidden?.find((rule) => rule.name === name)?.comment ?? 'This import is forbidden.';
}

function strayFolders(base: string): string[] {
  const known = new Set([...Object.keys(table.mayImport), ...table.stylesheets]);
  const folders = readdirSync(join(base, 'src'), { withFileTypes: true }).filter((item) => item.isDirectory());
  const misplaced = table.stylesheets.flatMap((folder) => globSync(`src/${folder}/**/*.{ts,tsx,js}`, { cwd: base }));
  return [
    ...folders
      .filter(({ name }) => !known.has(name))
      .map(({ name }) => `src/${name} is no layer: name it in test/architecture/layers.cjs or move its files.`),
    ...misplaced.map((file) => `${file} stands in a folder that holds only stylesheets.`),
  ];
}

function strayFiles(base: string): string[] {
  const exported = new Set(exportedEntries(base).map((entry) => entry.source));
  return readdirSync(join(base, 'src'), { withFileTypes: true })
    .filter((item) => item.isFile() && !exported.has(`src/${item.name}`))
    .map(({ name }) => `src/${name} is no entry: export it in package.json or move it into a layer.`);
}

if (import.meta.main) {
  const { faults, files } = await checkLayers();
  for (const fault of faults) console.error(fault);
  console.log(
    faults.length === 0 ? `${files} files keep to their layers.` : `Faults: ${faults.length}, in ${files} files.`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
