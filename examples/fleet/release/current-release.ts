// The `current` and `previous` symbolic links of a service. A link is replaced by renaming a new one over it,
// so there is no moment without `current`.
import { readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compareVersions, isVersion } from '../services/runtime/version.ts';
import type { StateLayout } from '../services/runtime/state-layout.ts';

export interface Releases {
  readonly current: string | undefined;
  readonly previous: string | undefined;
  /** Versions whose folders are built, oldest first. */
  readonly built: readonly string[];
}

export function readReleases(state: StateLayout, service: string): Releases {
  const { current, previous, releases } = state.service(service);
  return {
    current: targetOf(current),
    previous: targetOf(previous),
    built: foldersIn(releases).filter(isVersion).sort(compareVersions)
  };
}

/** Points `current` at `version`; what it pointed at before becomes `previous`, unless it is the same version. */
export function activateRelease(state: StateLayout, service: string, version: string): void {
  const layout = state.service(service);
  const before = targetOf(layout.current);
  if (before !== undefined && before !== version) replaceLink(layout.previous, before);
  replaceLink(layout.current, version);
}

/** Points `current` back at `version` and forgets `previous`, so that two rollbacks do not swing to and fro. */
export function reactivateRelease(state: StateLayout, service: string, version: string): void {
  const layout = state.service(service);
  replaceLink(layout.current, version);
  rmSync(layout.previous, { force: true });
}

function replaceLink(link: string, version: string): void {
  const draft = `${link}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  symlinkSync(join('releases', version), draft);
  renameSync(draft, link);
}

function targetOf(link: string): string | undefined {
  try {
    return basename(readlinkSync(link));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
