// The journals of the runs beside a run, as far as they may be rehearsals of it. Of each only the first line is read before it is chosen,
// so that a folder with hundreds of runs costs little.
import { stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { JournalOpened, RecordStamp } from '../../contract/journal/journal.js';
import type { RunInfo } from '../../contract/base/run.js';
import { openFileOfRun, readFileIfPresent, readFileOfRun } from '../../record/files/read-file.js';
import { journalsBeside } from '../notebook/runs-beside.js';
import type { FoundJournal } from './read-receipts.js';

/** What makes a run a rehearsal of another. */
export interface RehearsalSearch {
  /** The run that is to be rehearsed. */
  readonly run: RunInfo;
  /** The environments that are asked for. */
  readonly environments: readonly string[];
}

/** A journal that may be read. */
export interface JournalSource {
  readonly place: string;
  /** Another one when the content may be another one. */
  readonly stamp: string;
  read(): Promise<FoundJournal>;
}

/** The sources on disk, the newest runs first. `path` is the notebook of the run. */
export async function journalsOnDisk(path: string, search: RehearsalSearch): Promise<JournalSource[]> {
  const folder = dirname(resolve(dirname(path)));
  const found: { readonly at: string; readonly source: JournalSource }[] = [];
  for (const file of journalsBeside(path)) {
    const opening = await openingOf(file);
    if (opening !== null && isRehearsal(opening.run, search)) {
      const place = relative(folder, file).split(sep).join('/');
      found.push({
        at: opening.at,
        source: { place, stamp: await stampOf(file), read: async () => read(file, place) }
      });
    }
  }
  return found.sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ source }) => source);
}

/** True when a run may count: of the same runbook, another one, in one of the environments, and no dry run. */
export function isRehearsal(
  other: Pick<RunInfo, 'id' | 'runbook' | 'environment' | 'mode'> | null,
  { run, environments }: RehearsalSearch
): boolean {
  return (
    other !== null &&
    other.id !== run.id &&
    other.runbook === run.runbook &&
    other.mode !== 'dry-run' &&
    environments.includes(other.environment)
  );
}

function read(file: string, place: string): FoundJournal {
  const manifest = file.replace(/\.journal\.jsonl$/, '.archive.json');
  return {
    place,
    journal: readFileOfRun(file, 'journal'),
    manifest: readFileIfPresent(manifest, 'manifest')
  };
}

/** Size and time of journal and manifest. */
async function stampOf(file: string): Promise<string> {
  const stats = await Promise.all(
    [file, file.replace(/\.journal\.jsonl$/, '.archive.json')].map(each => stat(each).catch(() => null))
  );
  return stats.map(each => (each ? `${each.ino}:${each.size}:${each.mtimeMs}` : '-')).join(' ');
}

const OPENING_BYTES = 64 * 1024;

/** The first record, or null when the file does not begin with one. */
async function openingOf(file: string): Promise<(JournalOpened & RecordStamp) | null> {
  try {
    const handle = await openFileOfRun(file, 'journal');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(OPENING_BYTES), 0, OPENING_BYTES, 0);
      const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
      const record = JSON.parse(line) as JournalOpened & RecordStamp;
      return record.kind === 'journal-opened' ? record : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
