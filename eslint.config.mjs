// Lint: what the compiler does not see. Types come from TypeScript 6, the last one with the programming interface that
// typescript-eslint reads; the product itself is compiled by TypeScript 7.
import jupyter from '@jupyter/eslint-plugin';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { circlesRule } from './scripts/eslint/circles.mjs';
import { docCommentsRule } from './scripts/eslint/doc-comments.mjs';
import { folderSizeRule } from './scripts/eslint/folder-size.mjs';
import { layersRule } from './scripts/eslint/layers.mjs';

const root = dirname(fileURLToPath(import.meta.url));

const HOUSE_RULES = {
  layers: layersRule(root),
  circles: circlesRule(root),
  'folder-size': folderSizeRule(root),
  'doc-comments': docCommentsRule(root)
};

const SOURCE_RULES = {
  ...Object.fromEntries(Object.keys(HOUSE_RULES).map(name => [`launchbook/${name}`, 'error'])),
  'max-lines': ['error', { max: 400 }],
  eqeqeq: 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-debugger': 'error',
  'no-duplicate-imports': 'off',
  'no-unreachable': 'error',
  'no-unsafe-finally': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error'
};

const TYPED_RULES = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-for-in-array': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
};

// The bundle is small and loaded as one, and each plugin connects to notebooks as soon as JupyterLab starts.
const JUPYTER_EXCEPTIONS = { 'jupyter/prefer-lazy-imports': 'off' };

export default [
  {
    ignores: [
      'lib/',
      'launchbook/',
      'dist/',
      'node_modules/',
      '.venv/',
      '.launchbook/',
      'examples/runs/',
      'tests/fixtures/',
      'test-results/'
    ]
  },
  {
    files: ['**/*.{ts,mjs,js}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { launchbook: { rules: HOUSE_RULES } },
    rules: SOURCE_RULES
  },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: root }
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: TYPED_RULES
  },
  {
    files: ['labextension/**/*.ts'],
    plugins: { jupyter },
    rules: { ...jupyterRules(), ...JUPYTER_EXCEPTIONS }
  }
];

/** The plugin's recommended rules, all as errors: a warning that is allowed to stay is never read. */
function jupyterRules() {
  const names = jupyter.configs.recommended.flatMap(part => Object.keys(part.rules ?? {}));
  return Object.fromEntries(names.map(name => [name, 'error']));
}
