// Does git know a journal that is not in the work tree any more? Its commit is where it can be restored from.
import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import type { JournalOpened } from '../../contract/journal/journal.js';

/** The newest commit, short, that holds the journal of `run` at `path`; null when there is none, and where there is no git. */
export function committedJournal(path: string, run: string): string | null {
  const name = basename(path);
  const commit = git(path, ['log', '--all', '-1', '--format=%h', '--diff-filter=AM', '--', name]).trim();
  if (commit === '') {
    return null;
  }
  const [line = ''] = git(path, ['show', `${commit}:./${name}`]).split('\n');
  try {
    return (JSON.parse(line) as JournalOpened).run?.id === run ? commit : null;
  } catch {
    return null;
  }
}

/** What git prints, cut off after a megabyte: the first line is enough. */
function git(path: string, args: readonly string[]): string {
  return spawnSync('git', args, { cwd: dirname(path), encoding: 'utf8' }).stdout ?? '';
}
