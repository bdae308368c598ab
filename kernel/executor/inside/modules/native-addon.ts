// A native package that was built for another Node fails with two numbers that nobody knows. It is said which Node they are, and what to do.
import { dirname } from 'node:path';
import process from 'node:process';
import { LaunchbookError } from '../../../../contract/base/error.js';

/** Node's numbers for what native packages are built against: https://nodejs.org/download/release/index.json */
const RELEASES: { readonly [version: string]: string } = {
  93: '16',
  108: '18',
  111: '19',
  115: '20',
  120: '21',
  127: '22',
  131: '23',
  137: '24',
  141: '25'
};

/** The error with the Node that a native package was built for; every other error as it is. */
export function explainNativeAddon(thrown: unknown): unknown {
  const { code, message = '' } = (thrown ?? {}) as { readonly code?: unknown; readonly message?: string };
  const [built, needed] = [...message.matchAll(/NODE_MODULE_VERSION (\d+)/g)].map(match => match[1]!);
  if (code !== 'ERR_DLOPEN_FAILED' || built === undefined || needed === undefined) {
    return thrown;
  }
  const file = /The module '([^']+)'/.exec(message)?.[1] ?? 'A native module';
  const name = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1] ?? '';
  return new LaunchbookError(
    `${file} was built for Node ${RELEASES[built] ?? `with module version ${built}`}, and cells run in Node ${process.versions.node}: a native package works in the Node alone that it was built for.`,
    {
      code: 'import.native',
      hint: `Build it for this one, in the folder of its package.json: PATH="${dirname(process.execPath)}:$PATH" npm rebuild ${name}`.trim(),
      cause: thrown
    }
  );
}
