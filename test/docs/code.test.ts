// Type-checks the code in the documentation against the entries' sources: every ```ts and ```tsx block is a module of its
// own. A block that needs what is not installed here says so, visibly for the reader of the source: ```ts no-check <why>.
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { entries, root } from '../../scripts/entries.ts';
import { type Fence, fencesOf, pages } from './fences.ts';

const isCode = ({ language }: Fence) => language === 'ts' || language === 'tsx';

/** Complaints of the compiler, each with the page and the line it is about. */
function check(fences: readonly Fence[]): string[] {
  const files = new Map(fences.map((fence, index) => [join(root, `docs/fence-${index}.tsx`), fence]));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ['node', 'vitest/globals'],
    paths: Object.fromEntries(entries().map(({ specifier, source }) => [specifier, [join(root, source)]])),
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.getCurrentDirectory = () => root;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name)?.code ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) => {
    const code = files.get(name)?.code;
    return code === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, code, target, true);
  };
  const ambient = ['test/docs/ambient.d.ts', 'node_modules/vite/client.d.ts'].map((file) => join(root, file));
  const program = ts.createProgram([...ambient, ...files.keys()], options, host);
  return [...files].flatMap(([name, fence]) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((diagnostic) => {
      const { line } = ts.getLineAndCharacterOfPosition(
        diagnostic.file ?? (source as ts.SourceFile),
        diagnostic.start ?? 0,
      );
      const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
      return `${fence.page}:${fence.line + line + 1} ${text}`;
    });
  });
}

describe('the code in the documentation', { timeout: 240_000 }, () => {
  const code = pages()
    .flatMap((page) => fencesOf(page))
    .filter(isCode);
  const checked = code.filter(({ note }) => !note.startsWith('no-check'));
  const wrong = "Text\n\n```ts\nimport { useCountdown } from 'rivulet/hooks';\n\nuseCountdown('soon');\n```\n";

  // One program for both, because making one takes longer than everything else here.
  it('compiles, and is caught where it does not', () => {
    expect(checked.length).toBeGreaterThan(50);
    expect(check([...checked, ...fencesOf('wrong.md', wrong)])).toEqual([
      expect.stringMatching(/^wrong\.md:6 Argument of type 'string'/),
    ]);
  });

  it('says why where it is not checked', () => {
    expect(code.filter(({ note }) => note !== '' && !/^no-check \S+/.test(note))).toEqual([]);
  });
});
