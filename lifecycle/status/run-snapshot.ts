// What a long journal has come to, so that a status need not read all of it again: a file in the user's own state folder, never beside the
// run. It is for showing alone and has no authority: the kernel, verify, archive and report read the journal.
import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Outline } from '../../contract/notebook/outline.js';
import { journalPathOf, manifestPathOf } from '../../contract/notebook/notebook.js';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { revivedState, type RunState } from '../../contract/state/state.js';
import { snapshotFolder } from '../../record/files/cache-folder.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { sha256 } from '../../record/hash.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';
import { writeAtomically } from '../notebook/write-atomically.js';

/** What is kept of a run. */
export interface RunSnapshot {
  /** Files as they were when it was read, from `stampOf`. */
  readonly stamp: string;
  /** Bytes of the journal, and the hash of its last line, which carries those of all lines before. */
  readonly prefix: { readonly bytes: number; readonly hash: string };
  readonly state: RunState;
  readonly outline: Outline;
  readonly torn: string | null;
  readonly facts: ArchiveFacts;
  readonly objections: readonly string[];
}

/** A journal below this is read as fast as a snapshot. */
const LEAST_BYTES = 256 * 1024;

/** What tells whether the files of a run have changed: also their inode and the time of the last change of any kind. */
export function stampOf(path: string): string {
  const files = [path, journalPathOf(path, true), journalPathOf(path, false), manifestPathOf(path)];
  const stamps = files.map(file => {
    const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
    return stat === undefined ? '-' : [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':');
  });
  return stamps.join(' ');
}

/** The snapshot of a run, when nothing has changed since and nobody else can have written it. */
export function readSnapshot(path: string, stamp: string): RunSnapshot | null {
  try {
    const file = snapshotFile(path);
    const isOurs = [dirname(file), file].every(isOwn);
    const { reducer, hash, body } = JSON.parse(isOurs ? readTextOfRun(file, 'manifest') : '{}') as {
      readonly [key: string]: unknown;
    };
    if (reducer !== reducerVersion() || typeof body !== 'string' || hash !== sha256(body)) {
      return null;
    }
    const snapshot = JSON.parse(body) as RunSnapshot;
    return snapshot.stamp === stamp ? { ...snapshot, state: revivedState(snapshot.state) } : null;
  } catch {
    return null;
  }
}

/** Keeps what was read. That it cannot be kept is no fault: the journal is read again. */
export function keepSnapshot(path: string, snapshot: RunSnapshot): void {
  if (snapshot.prefix.bytes < LEAST_BYTES) {
    return;
  }
  try {
    const body = JSON.stringify(snapshot);
    const file = snapshotFile(path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeAtomically(file, JSON.stringify({ reducer: reducerVersion(), hash: sha256(body), body }));
  } catch {
    // As before: the whole journal is read.
  }
}

/** Where the snapshot of a run is kept. */
export function snapshotFile(path: string): string {
  return join(snapshotFolder(process.env), `${sha256(resolve(path)).slice(0, 32)}.json`);
}

/** The code that folds: another version, or another build of this one, may fold otherwise. */
function reducerVersion(): string {
  const { size, mtimeMs } = statSync(import.meta.filename);
  return `${LAUNCHBOOK_VERSION} ${size} ${mtimeMs}`;
}

function isOwn(path: string): boolean {
  const { uid, mode } = lstatSync(path);
  return uid === (process.getuid?.() ?? uid) && (process.platform === 'win32' || (mode & 0o022) === 0);
}
