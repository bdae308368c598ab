// Bundles the kernel's compiled programs into lib/kernel/bundled/programs, one file each: reading them takes a tenth of the time that their 170
// modules take. The folder is as deep as those the modules come from, so that paths relative to `import.meta` mean the same.
// Packages stay outside. Comments go, because a start reads all of the text, and so do letters beyond ASCII: with one of them V8 keeps the
// text in twice the memory and reads it for 2 ms longer. Names and lines stay for stack traces.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, runRspack } from './run-rspack.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiled = join(root, 'lib', 'kernel');
const output = join(compiled, 'bundled', 'programs');
const WITHOUT_COMMENTS = {
  test: /\.js$/,
  loader: 'builtin:swc-loader',
  options: {
    jsc: {
      target: 'esnext',
      parser: { syntax: 'ecmascript' },
      minify: { compress: false, mangle: false, format: { comments: false, asciiOnly: true } }
    }
  }
};

const ENTRIES = {
  'start-kernel': 'host/process/start-kernel.js',
  'executor-main': 'host/executor/executor-main.js',
  library: 'host/executor/library.js',
  'control-worker': 'executor/inside/control-worker.js'
};

for (const entry of Object.values(ENTRIES)) {
  if (!existsSync(join(compiled, entry))) {
    fail(`lib/kernel/${entry} does not exist. Run "npm run build", which compiles first.`);
  }
}
rmSync(join(compiled, 'bundled'), { recursive: true, force: true });
mkdirSync(output, { recursive: true });
for (const [name, entry] of Object.entries(ENTRIES)) {
  await bundle(name, join(compiled, entry));
}
writeFileSync(
  join(compiled, 'bundled', 'complete.js'),
  '// The bundles in programs/ are complete; its age is theirs.\nexport {};\n'
);

function bundle(name, entry) {
  return runRspack({
    target: 'node24',
    context: root,
    entry: { [name]: entry },
    output: {
      path: output,
      filename: '[name].js',
      chunkFilename: `${name}-[name].js`,
      module: true,
      // Functions in parentheses are compiled with their file, so that the cache of compiled code holds them.
      environment: { methodShorthand: false },
      chunkFormat: 'module',
      library: { type: 'module' }
    },
    module: {
      rules: [WITHOUT_COMMENTS],
      parser: { javascript: { importMeta: false, url: false, worker: false, createRequire: false } }
    },
    optimization: { minimize: false, moduleIds: 'named', chunkIds: 'named' },
    externalsType: 'module-import',
    externals: [({ request }, done) => (/^[./]/.test(request) ? done() : done(null, request))]
  });
}
