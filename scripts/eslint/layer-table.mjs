// The layers of the source tree: which folder may import which other one, and which packages and Node modules it may use.
// The compiler's project references say the same about folders; this table also says it about packages, and names the rule.

const NODE = 'node:*';

/** First match wins, so a folder inside of another one stands before it. Tests, scripts and benchmarks may import everything. */
export const LAYERS = [
  { folder: 'contract', layers: [], packages: [] },
  {
    folder: 'runbook',
    layers: ['contract'],
    packages: [
      '@resvg/resvg-wasm',
      '@slack/web-api',
      'ajv',
      'execa',
      'ky',
      'p-queue',
      'p-retry',
      'vega',
      'vega-lite',
      NODE
    ],
    // What acts on the world stands in few places, so that a dry run can be trusted.
    reserved: {
      'node:child_process': ['runbook/shell/'],
      'node:fs': ['runbook/shell/', 'runbook/chart/picture/'],
      execa: ['runbook/shell/'],
      ky: ['runbook/http/'],
      // Half a second to load: only the thread that draws may.
      '@resvg/resvg-wasm': ['runbook/chart/picture/'],
      vega: ['runbook/chart/picture/'],
      'vega-lite': ['runbook/chart/picture/']
    }
  },
  {
    folder: 'record',
    layers: ['contract', 'runbook'],
    packages: ['ajv', 'oxc-parser', 'yaml', NODE],
    reserved: { 'node:child_process': ['record/journal/', 'record/secret/', 'record/signature/'] }
  },
  // Runs in the browser of whoever decides.
  { folder: 'lifecycle/decide/page', layers: ['contract'], packages: [] },
  {
    folder: 'lifecycle',
    layers: ['contract', 'runbook', 'record'],
    packages: [
      '@secretlint/core',
      '@secretlint/secretlint-rule-preset-recommend',
      '@slack/socket-mode',
      '@slack/web-api',
      'hast',
      'hast-util-from-html',
      'hast-util-to-mdast',
      'mdast',
      'mdast-util-from-markdown',
      'mdast-util-gfm',
      'mdast-util-to-markdown',
      'micromark-extension-gfm',
      'saxes',
      'sh-syntax',
      'yaml',
      NODE
    ],
    // git is the only program that the life of a runbook needs; a document is read in a process of ours.
    reserved: { 'node:child_process': ['lifecycle/git/', 'lifecycle/import/file/reading-process.ts'] }
  },
  // A run knows no Jupyter: what evaluates its cells is described in run/ports.ts.
  { folder: 'run', layers: ['contract', 'runbook', 'record', 'lifecycle'], packages: [NODE] },
  { folder: 'kernel/protocol', layers: ['contract'], packages: [NODE] },
  { folder: 'kernel/core', layers: ['contract', 'kernel/protocol'], packages: [NODE] },
  {
    folder: 'kernel/transport',
    layers: ['contract', 'kernel/protocol', 'kernel/core'],
    packages: ['zeromq', NODE]
  },
  {
    folder: 'kernel/language',
    layers: ['contract', 'record', 'kernel/protocol', 'kernel/core'],
    packages: [NODE]
  },
  { folder: 'kernel/executor', layers: ['contract', 'kernel/protocol', 'kernel/core'], packages: [NODE] },
  {
    folder: 'kernel/host',
    layers: [
      'contract',
      'runbook',
      'record',
      'lifecycle',
      'run',
      'kernel/protocol',
      'kernel/core',
      'kernel/transport',
      'kernel/language',
      'kernel/executor'
    ],
    packages: [NODE]
  },
  { folder: 'kernel/kernelspec', layers: ['contract'], packages: [NODE] },
  {
    folder: 'kernel',
    layers: [
      'contract',
      'runbook',
      'kernel/protocol',
      'kernel/core',
      'kernel/transport',
      'kernel/language',
      'kernel/executor',
      'kernel/host'
    ],
    packages: [NODE]
  },
  {
    folder: 'cli',
    layers: ['contract', 'runbook', 'record', 'lifecycle', 'run', 'kernel/kernelspec', 'kernel/host'],
    packages: ['commander', NODE]
  },
  // The browser part: packages by their front door only, a deep path is private to its package.
  {
    folder: 'labextension',
    layers: ['contract'],
    packages: ['@jupyterlab/*', '@lumino/*', '@codemirror/state', '@codemirror/view']
  },
  { folder: 'examples', layers: [], packages: ['launchbook', NODE] }
];

/** The layer of a file, given by its path from the checkout's folder with forward slashes; undefined outside of all. */
export function layerOf(path) {
  return LAYERS.find(layer => path.startsWith(`${layer.folder}/`));
}
