// Bundles the pages on which people decide into one module of texts, lib/lifecycle/decide/bundled/pages.js: the board serves them, and
// `--decide-page` writes one of them to a file.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, runRspack } from './run-rspack.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiled = join(root, 'lib', 'lifecycle', 'decide', 'page');
const output = join(root, 'lib', 'lifecycle', 'decide', 'bundled');
const ENTRIES = ['decision', 'list', 'enrolment', 'static'];

for (const entry of ENTRIES) {
  if (!existsSync(join(compiled, `${entry}.js`))) {
    fail(`lib/lifecycle/decide/page/${entry}.js does not exist. Run "npm run build", which compiles first.`);
  }
}
const folder = mkdtempSync(join(tmpdir(), 'launchbook-pages-'));
try {
  await bundle();
  const scripts = Object.fromEntries(
    ENTRIES.map(entry => [entry, readFileSync(join(folder, `${entry}.js`), 'utf8')])
  );
  const style = withoutRemarks(readFileSync(join(root, 'lifecycle', 'decide', 'page', 'page.css'), 'utf8'));
  mkdirSync(output, { recursive: true });
  writeFileSync(
    join(output, 'pages.js'),
    `// Bundled by scripts/bundle-pages.mjs.\nexport const style = ${JSON.stringify(style)};\nexport const scripts = ${JSON.stringify(scripts)};\n`
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** No string in our style has such signs. */
function withoutRemarks(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .trim();
}

function bundle() {
  return runRspack({
    // Browsers of 2022 have passkeys; what the code says beyond that is rewritten.
    target: ['web', 'es2022'],
    context: root,
    entry: Object.fromEntries(ENTRIES.map(entry => [entry, join(compiled, `${entry}.js`)])),
    output: { path: folder, filename: '[name].js', iife: true }
  });
}
