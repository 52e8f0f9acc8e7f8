// The import rules, as dependency-cruiser reads them. They are generated from the table in layers.cjs.
const { mayImport, withEngine, withReact, withoutReact } = require('./layers.cjs');

const react = '(^|/)node_modules/(@types/)?(react|react-dom|scheduler)/';
const module_ = (path) => (path.includes('/') ? `${path}[.]tsx?$` : `${path}/`);

const layerRules = Object.entries(mayImport).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `${layer} may import only itself, base${allowed.map((path) => `, ${path}`).join('')}.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/(${[layer, 'base', ...allowed].map(module_).join('|')})` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: { path: '^(src|stories)/' },
      to: { circular: true },
    },
    {
      name: 'react-only-on-top',
      comment: `Only ${withReact.join(', ')} know React.`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${withReact.join('|')})/` },
      to: { path: react },
    },
    {
      name: 'no-react-in-reach',
      comment: `Nothing that ${withoutReact.join(' or ')} imports, however far away, is React.`,
      severity: 'error',
      from: { path: `^src/(${withoutReact.join('|')})[.]ts$` },
      to: { path: react, reachable: true },
    },
    {
      name: 'no-engine-in-reach',
      comment: `Of the components only ${withEngine.join(' and ')} bring markdown's engine along.`,
      severity: 'error',
      from: { path: '^src/components/', pathNot: `^src/components/(${withEngine.map(module_).join('|')})` },
      to: { path: '^src/markdown/(document|parse|render)[.]ts$', reachable: true },
    },
    {
      name: 'src-stands-alone',
      comment: 'The library imports nothing that is not shipped with it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|stories|scripts|bench|examples|[.]storybook)/' },
    },
    {
      name: 'stories-are-users',
      comment: 'Stories import what users import: entry points and stylesheets.',
      severity: 'error',
      from: { path: '^stories/' },
      to: { path: '^src/', pathNot: '^src/([^/]+[.]ts$|styles/)' },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere hides what it would break.',
      severity: 'error',
      from: { path: '^(src|stories)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Type-only imports count too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
