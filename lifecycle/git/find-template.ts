// The template that a run was made from: the committed text when the run records a commit, the file otherwise.
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import type { RunInfo } from '../../contract/base/run.js';
import { tryGit } from './git.js';
import { repositoryOf } from './repository.js';
import { parseNotebook, readNotebook } from '../notebook/read-notebook.js';
import { refuse } from '../refused-error.js';

/** A template, and the commit that it was read from; null when it was read from the folder. */
export interface FoundTemplate {
  readonly notebook: Notebook;
  readonly commit: string | null;
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Finds the template of the run at `path`.
 *
 * @param latest - True: as it is committed now.
 * @throws RefusedError when it is neither in git nor in the folder.
 */
export async function findTemplate(path: string, run: RunInfo, latest: boolean): Promise<FoundTemplate> {
  const folder = dirname(resolve(path));
  const repository = await repositoryOf(folder);
  const head = repository === null ? null : await tryGit(repository, ['rev-parse', 'HEAD']);
  const commit = latest ? head : run.commit;
  if (repository !== null && commit !== null) {
    const text = await tryGit(repository, ['show', `${commit}:${run.runbook}`]);
    if (text !== null) {
      const notebook = parseNotebook(text, `${run.runbook} of commit ${commit.slice(0, 12)}`);
      return { notebook, commit, notes: latest ? [] : await newerNotes(repository, run, commit) };
    }
  }
  const file = fileCandidates(repository, folder, run).find(candidate => existsSync(candidate));
  if (file === undefined) {
    const seen = commit === null ? 'there is no such file' : `commit ${commit.slice(0, 12)} has no such file`;
    return refuse('template.missing', `Finding the template ${run.runbook} of ${path}`, seen);
  }
  const note = `The template was read from ${file}, which is in no commit, so the run records none.`;
  return { notebook: readNotebook(file), commit: null, notes: [note] };
}

/**
 * The file of the runbook that the run at `path` was made from; `path` itself when it is a runbook.
 *
 * @throws RefusedError when there is no such file.
 */
export async function runbookFileOf(path: string): Promise<string> {
  const run = runOf(readNotebook(path));
  if (run === null) {
    return path;
  }
  const folder = dirname(resolve(path));
  const candidates = fileCandidates(await repositoryOf(folder), folder, run);
  return (
    candidates.find(candidate => existsSync(candidate)) ??
    refuse('template.missing', `Finding the template ${run.runbook} of ${path}`, 'there is no such file')
  );
}

/** Outside of git the run knows only the template's name; runs stand in `runs/NAME/` beside it unless told otherwise. */
function fileCandidates(repository: string | null, folder: string, run: RunInfo): string[] {
  return repository === null
    ? [join(dirname(dirname(folder)), basename(run.runbook)), join(dirname(folder), basename(run.runbook))]
    : [join(repository, run.runbook)];
}

async function newerNotes(repository: string, run: RunInfo, commit: string): Promise<string[]> {
  const changes = await tryGit(repository, ['rev-list', '--count', `${commit}..HEAD`, '--', run.runbook]);
  return changes !== null && changes !== '0'
    ? [
        `${run.runbook} was changed since, in ${changes} ${changes === '1' ? 'commit' : 'commits'}; this copy is the one of ${commit.slice(0, 12)}. The present one: launchbook reset --latest.`
      ]
    : [];
}
