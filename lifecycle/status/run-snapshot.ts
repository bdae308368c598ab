// What a long journal has come to, so that a status need not read all of it again. It is for showing alone and has no authority: verify,
// archive and report read the journal.
import { statSync } from 'node:fs';
import type { Outline } from '../../contract/notebook/outline.js';
import { journalPathOf, manifestPathOf } from '../../contract/notebook/notebook.js';
import { revivedState, type RunState } from '../../contract/state/state.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';
import { keepOwnSnapshot, ownSnapshotFile, readOwnSnapshot, SHORT_BYTES } from '../notebook/own-snapshot.js';

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
    const snapshot = JSON.parse(readOwnSnapshot(ownSnapshotFile(path)) ?? 'null') as RunSnapshot | null;
    return snapshot?.stamp === stamp ? { ...snapshot, state: revivedState(snapshot.state) } : null;
  } catch {
    return null;
  }
}

/** Keeps what was read. */
export function keepSnapshot(path: string, snapshot: RunSnapshot): void {
  if (snapshot.prefix.bytes >= SHORT_BYTES) {
    keepOwnSnapshot(ownSnapshotFile(path), JSON.stringify(snapshot));
  }
}
