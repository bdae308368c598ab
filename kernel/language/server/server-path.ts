// Where the TypeScript 7 compiler is: the native program of this machine's platform package, spawned without Node in between,
// which saves 50 ms at the start and one process.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LaunchbookError } from '../../../contract/base/error.js';

let found: string | undefined;

/** Absolute path of the native compiler. Throws `language.missing`. Looked for once, which takes a millisecond. */
export function findTypeScriptServer(): string {
  found ??= findInPackages();
  return found;
}

function findInPackages(): string {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  const program = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  const require = createRequire(import.meta.url);
  try {
    const compiler = createRequire(require.resolve('typescript-native/package.json'));
    const path = join(dirname(compiler.resolve(`${platform}/package.json`)), 'lib', program);
    if (existsSync(path)) {
      return path;
    }
  } catch {
    // The package is not there; said below.
  }
  throw new LaunchbookError(
    `The TypeScript 7 compiler for ${process.platform}-${process.arch} is not installed (${platform}).`,
    {
      code: 'language.missing',
      hint: 'Install the packages again without omitting optional dependencies: npm install'
    }
  );
}

/** How the compiler at a path is started: by itself, or by Node when it is a script. */
export function compilerCommand(tscPath: string): {
  readonly program: string;
  readonly before: readonly string[];
} {
  return /\.[cm]?js$/.test(tscPath)
    ? { program: process.execPath, before: [tscPath] }
    : { program: tscPath, before: [] };
}

/** Absolute path of the type definitions of Node.js, or null when they are not installed. */
export function findNodeTypes(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')), 'index.d.ts');
  } catch {
    return null;
  }
}
