// Everything that must hold before a change is shared, in the order of what fails fastest. Stops at the first failure.
// Run by `npm run check`.
import { run } from './run.ts';

const steps = [
  { title: 'Format', command: 'oxfmt --check', remedy: 'npm run format' },
  { title: 'Lint', command: 'npm run --silent lint' },
  { title: 'Types', command: 'npm run --silent types' },
  { title: 'Layers', command: 'npm run --silent layers' },
  { title: 'Build', command: 'npm run --silent build' },
  { title: 'Package', command: 'publint --strict && attw --pack . --profile esm-only --format ascii' },
  { title: 'Sizes', command: 'npm run --silent sizes' },
  { title: 'Tests', command: 'npm test --silent' },
];

for (const { title, command, remedy } of steps) {
  console.log(`\n== ${title}: ${command}`);
  const started = performance.now();
  const code = await run(command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code !== 0) {
    console.error(`\n${title} failed after ${seconds} s.${remedy ? ` \`${remedy}\` may fix it.` : ''}`);
    process.exit(1);
  }
  console.log(`${title} passed in ${seconds} s.`);
}
console.log('\nAll checks passed.');
