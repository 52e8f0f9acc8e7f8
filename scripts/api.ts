// The public API as text: what each entry exports, with the types a user's compiler sees, read from declarations as
// the build emits them. `npm run api` writes it to test/public-api.txt, so that a change of API is seen in review.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { entries, root } from './entries.ts';

const sources = join(root, 'src');

export const reportFile: string = join(root, 'test/public-api.txt');

const heading = `What the entries export, and its types. Written by \`npm run api\`, checked by the tests.
A name that several entries export is described where it stands first; "rivulet" only says what it gathers.`;

export function apiReport(): string {
  const program = declarations();
  const checker = program.getTypeChecker();
  const modules = entries()
    .filter(({ kind, specifier }) => kind === 'module' && specifier !== 'rivulet')
    .map(({ specifier, name }) => ({ specifier, exported: exportsOf(program, checker, name) }));
  const gathered = entries().find(({ specifier }) => specifier === 'rivulet');
  const all = gathered ? exportsOf(program, checker, gathered.name) : new Map<string, ts.Symbol>();

  const home = new Map<ts.Symbol, string>();
  for (const { specifier, exported } of modules) {
    for (const symbol of exported.values()) if (!home.has(symbol)) home.set(symbol, specifier);
  }
  const sections = modules.map(({ specifier, exported }) => {
    const [own, others] = partition([...exported], ([, symbol]) => home.get(symbol) === specifier);
    const elsewhere = others.map(([name, symbol]) => `${name} (${home.get(symbol)})`);
    return [
      `== ${specifier}`,
      ...(elsewhere.length > 0 ? [wrap(`Also: ${elsewhere.join(', ')}`)] : []),
      ...own.map(([name, symbol]) => describe(symbol, name)),
    ].join('\n\n');
  });

  const whole = modules.filter(({ exported }) => [...exported].every(([name, symbol]) => all.get(name) === symbol));
  const covered = new Set(whole.flatMap(({ exported }) => [...exported.keys()]));
  const rest = [...all].filter(([name]) => !covered.has(name));
  const index = [
    '== rivulet',
    wrap(`All of ${whole.map(({ specifier }) => specifier).join(', ')}`),
    ...rest.map(([name, symbol]) => describe(symbol, name)),
  ].join('\n\n');

  const hidden = reachable([...home.keys()], checker);
  const named = hidden.map((symbol) => describe(symbol, symbol.name));
  return `${[heading, index, ...sections, ['== Named by these and exported by none', ...named].join('\n\n')].join('\n\n')}\n`;
}

/**
 * The declarations as the build emits them, file by file, and nothing else: what comes from other packages stays a name,
 * so no library has to be read.
 */
function declarations(): ts.Program {
  const emitted = new Map<string, string>();
  for (const file of globSync('**/*.{ts,tsx}', { cwd: sources })) {
    const options = { fileName: file, compilerOptions: { stripInternal: true, jsx: ts.JsxEmit.ReactJSX } };
    const { outputText } = ts.transpileDeclaration(readFileSync(join(sources, file), 'utf8'), options);
    emitted.set(join(sources, file.replace(/\.tsx?$/, '.d.ts')), outputText);
  }
  const options: ts.CompilerOptions = { noLib: true, noEmit: true, types: [], allowImportingTsExtensions: true };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    fileExists: (name) => emitted.has(name),
    readFile: (name) => emitted.get(name),
    getSourceFile: (name) => ts.createSourceFile(name, emitted.get(name) ?? '', ts.ScriptTarget.Latest, true),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const resolvedFileName = join(dirname(from), text.replace(/\.tsx?$/, '.d.ts'));
        return { resolvedModule: text.startsWith('.') ? { resolvedFileName, extension: ts.Extension.Dts } : undefined };
      }),
  };
  const names = entries()
    .filter(({ kind }) => kind === 'module')
    .map(({ name }) => join(sources, `${name}.d.ts`));
  return ts.createProgram(names, options, host);
}

/** What an entry exports, by name, in alphabetical order; aliases followed to what they stand for. */
function exportsOf(program: ts.Program, checker: ts.TypeChecker, entry: string): Map<string, ts.Symbol> {
  const file = program.getSourceFile(join(sources, `${entry}.d.ts`));
  const symbol = file && checker.getSymbolAtLocation(file);
  if (!symbol) throw new Error(`No declarations were emitted for ${entry}.`);
  const exported = checker
    .getExportsOfModule(symbol)
    .map((each): [string, ts.Symbol] => [each.name, target(each, checker)]);
  return new Map(exported.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function target(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const printer = ts.createPrinter({ removeComments: true });

function describe(symbol: ts.Symbol, name: string): string {
  const texts = (symbol.declarations ?? []).map((declaration) => {
    const text = printer.printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile());
    const own = ts.isVariableDeclaration(declaration) ? `const ${text};` : text.replace(/^(export |declare )+/, '');
    return own.replaceAll('    ', '  ');
  });
  const text = texts.join('\n');
  return symbol.name === name ? text : `${name} is\n${text}`;
}

/** Declarations of ours that exported ones name, and that a user therefore depends on without being able to import them. */
function reachable(exported: readonly ts.Symbol[], checker: ts.TypeChecker): ts.Symbol[] {
  const seen = new Set(exported);
  const found: ts.Symbol[] = [];
  const queue = [...exported];
  const isTopLevel = (declaration: ts.Declaration) => ts.isSourceFile(declaration.parent);
  const visit = (node: ts.Node): void => {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    const named = symbol && target(symbol, checker);
    if (named && !seen.has(named) && named.declarations?.some(isTopLevel)) {
      seen.add(named);
      found.push(named);
      queue.push(named);
    }
    ts.forEachChild(node, visit);
  };
  for (const symbol of queue) for (const declaration of symbol.declarations ?? []) visit(declaration);
  return found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function partition<T>(list: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [list.filter(isFirst), list.filter((item) => !isFirst(item))];
}

/** Lines of at most 120 characters, so that a name that is added changes few of them. */
function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(', ')) {
    if (line !== '' && line.length + word.length > 116) {
      lines.push(`${line},`);
      line = `  ${word}`;
    } else {
      line = line === '' ? word : `${line}, ${word}`;
    }
  }
  return [...lines, line].join('\n');
}

if (import.meta.main) writeFileSync(reportFile, apiReport());
