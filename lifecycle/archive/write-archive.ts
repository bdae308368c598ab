// Writes the files of an archive, all or none: the journal's last record first, so that a crash in between leaves a run that is known as
// archived and is archived again.
import { rmSync } from 'node:fs';
import { manifestPathOf } from '../../contract/notebook/notebook.js';
import { readFileIfPresent, type FileKind } from '../../record/files/read-file.js';
import type { RunFiles } from '../notebook/read-run.js';
import { writeAtomically } from '../notebook/write-atomically.js';
import type { ArchiveContent } from './archive-content.js';
import { writeArchivedRecord } from './archived-record.js';

/** Writes what differs. Returns the way to take it back while it is in no commit. */
export function writeArchive(path: string, before: RunFiles, content: ArchiveContent): () => void {
  const undo: (() => void)[] = [];
  const takeBack = (): void => undo.reverse().forEach(act => act());
  const replace = (file: string, kind: FileKind, text: string): void => {
    const old = readFileIfPresent(file, kind);
    if (old?.toString('utf8') !== text) {
      writeAtomically(file, text);
      undo.push(() => (old === null ? rmSync(file, { force: true }) : writeAtomically(file, old)));
    }
  };
  try {
    if (content.files.journalText !== before.journalText) {
      undo.push(writeArchivedRecord(before, content.files));
    }
    replace(path, 'notebook', content.notebook);
    replace(manifestPathOf(path), 'manifest', content.manifest);
  } catch (error) {
    takeBack();
    throw error;
  }
  return takeBack;
}
