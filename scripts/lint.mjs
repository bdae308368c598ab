// `npm run lint`: eslint, prettier, and the types of what is not part of the build. All parts run, so that one call tells all faults.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { readOptions } from './set-up/read-options.mjs';

readOptions(`Usage: npm run lint

Runs eslint and prettier, and checks the types of what is not part of the build. npm run fmt fixes what can be fixed.`);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tool = (...path) => join(root, 'node_modules', ...path);

/** Projects that Node or Playwright run directly. */
const UNBUILT = ['examples/fleet', 'examples/modules', 'tests/ui'];

const parts = [
  ['eslint', tool('eslint', 'bin', 'eslint.js'), '.'],
  ['prettier', tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ...UNBUILT.filter(folder => existsSync(join(root, folder, 'tsconfig.json'))).map(folder => [
    `types of ${folder}`,
    tool('typescript-native', 'bin', 'tsc'),
    '-p',
    folder
  ])
];

// Side by side, and each part's faults in one piece.
const results = await Promise.all(
  parts.map(async ([name, ...args]) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit')
    ]);
    process.stderr.write(stdout + stderr);
    return { name, code };
  })
);
const failed = results.filter(({ code }) => code !== 0);
failed.forEach(({ name }) =>
  console.error(`lint: ${name} has found faults (npm run fmt fixes what can be fixed).`)
);
process.exitCode = failed.length > 0 ? 1 : 0;
