// Builds the release folder of one service and version: a copy of its sources and a manifest with their digests.
// It is built aside and renamed into place, so a release folder is either complete or not there.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import type { StateLayout } from '../services/runtime/state-layout.ts';

const SOURCES = join(import.meta.dirname, '..', 'services');

export interface BuiltRelease {
  readonly path: string;
  readonly files: number;
  /** False when the folder was there already with the same contents. */
  readonly isNew: boolean;
}

export function buildRelease(state: StateLayout, service: string, version: string): BuiltRelease {
  const layout = state.service(service);
  const path = layout.release(version);
  const digests = digestSources(service);
  const files = Object.keys(digests).length;
  if (existsSync(path) && JSON.stringify(readManifest(path).files) === JSON.stringify(digests))
    return { path, files, isNew: false };

  const draft = join(layout.releases, `.${version}.${process.pid}.draft`);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  for (const file of Object.keys(digests)) cpSync(join(SOURCES, file), join(draft, file));
  writeFileSync(
    join(draft, 'package.json'),
    `${JSON.stringify({ name: service, version, type: 'module', private: true }, null, 2)}\n`
  );
  const manifest = { service, version, builtAt: new Date().toISOString(), files: digests };
  writeFileSync(join(draft, 'release.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(path, { recursive: true, force: true });
  renameSync(draft, path);
  return { path, files, isNew: true };
}

function digestSources(service: string): Record<string, string> {
  const runtime = readdirSync(join(SOURCES, 'runtime'))
    .sort()
    .map(file => join('runtime', file));
  const files = [`${service}.ts`, ...runtime];
  return Object.fromEntries(
    files.map(file => [
      file,
      createHash('sha256')
        .update(readFileSync(join(SOURCES, file)))
        .digest('hex')
    ])
  );
}

function readManifest(release: string): { files?: Record<string, string> } {
  return JSON.parse(readFileSync(join(release, 'release.json'), 'utf8')) as {
    files?: Record<string, string>;
  };
}
