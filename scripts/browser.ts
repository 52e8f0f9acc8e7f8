// Finds the Chromium that the browser and story tests run in: $CHROME_PATH, else the one packed in @sparticuz/chromium
// (Linux x64), else Playwright's own. On Linux it also pins the fonts, so that screenshots agree on every machine.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache');

/** The one sentence shown where no Chromium is found, with the one command that fixes it. */
export const missingBrowser =
  'The browser tests need Chromium and none was found: run `npx playwright install chromium`.';

/** The part of Playwright's launch options that depends on the machine. */
export interface BrowserLaunch {
  readonly executablePath?: string;
  readonly env?: Record<string, string>;
  readonly args: string[];
}

/** A browser that was found. Without a path Playwright launches its own. */
export interface Chromium {
  readonly executablePath?: string;
  readonly libraries?: string;
}

/** Looks in one place. */
export type Place = () => Chromium | undefined | Promise<Chromium | undefined>;

// `--no-sandbox` is for containers that run as root; the rest keeps the browser off the network.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Resolves to launch options for Playwright; rejects with `missingBrowser` where no place has a browser. */
export async function launchOptions(places: readonly Place[] = [given, packed, installed]): Promise<BrowserLaunch> {
  const found = await firstOf(places);
  if (!found) throw new Error(missingBrowser);
  const launch: BrowserLaunch = found.executablePath ? { executablePath: found.executablePath, args } : { args };
  return process.platform === 'linux' ? { ...launch, env: environment(found.libraries) } : launch;
}

async function firstOf([place, ...others]: readonly Place[]): Promise<Chromium | undefined> {
  return place && ((await place()) ?? (await firstOf(others)));
}

function given(): Chromium | undefined {
  const path = process.env.CHROME_PATH;
  if (!path) return undefined;
  if (!existsSync(path))
    throw new Error(`CHROME_PATH names a file that does not exist: unset it, or point it to Chromium.`);
  return { executablePath: path };
}

async function packed(): Promise<Chromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = join(root, 'node_modules/@sparticuz/chromium');
  if (!existsSync(home)) return undefined;
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const target = join(cache, 'chromium', version);
  if (!existsSync(join(target, 'chromium'))) await unpack(join(home, 'bin'), target);
  return { executablePath: join(target, 'chromium'), libraries: join(target, 'al2023/lib') };
}

// The renaming at the end is atomic: of two runs that unpack at the same time one wins and both find a whole folder.
async function unpack(archives: string, target: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const draft = `${target}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = draft; // inflate() writes into os.tmpdir().
  try {
    for (const archive of ['al2023.tar.br', 'swiftshader.tar.br', 'chromium.br'])
      await inflate(join(archives, archive));
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(target, 'chromium'))) throw error;
  }
}

async function installed(): Promise<Chromium | undefined> {
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath()) ? {} : undefined;
}

function environment(libraries: string | undefined): Record<string, string> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return { ...inherited, FONTCONFIG_FILE: fontConfiguration(), ...(libraries && { LD_LIBRARY_PATH: libraries }) };
}

function fontConfiguration(): string {
  const folder = join(cache, 'fonts');
  const file = join(folder, 'fonts.conf');
  const families = {
    'sans-serif': 'DejaVu Sans',
    'system-ui': 'DejaVu Sans',
    serif: 'DejaVu Serif',
    monospace: 'DejaVu Sans Mono',
  };
  const aliases = Object.entries(families).map(
    ([generic, family]) => `<alias><family>${generic}</family><prefer><family>${family}</family></prefer></alias>`,
  );
  mkdirSync(folder, { recursive: true });
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `<dir>${join(root, 'node_modules/dejavu-fonts-ttf/ttf')}</dir>`,
    `<cachedir>${join(folder, 'cache')}</cachedir>`,
    ...aliases,
    '</fontconfig>',
    '',
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}
