// Where a template comes from: its path in the git repository and the commit that the copy was made from, and whether what belongs to it
// is committed as it is: the template, the launchbook.yml of its runs, and the files that its cells import.
import { realpathSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { PolicyFile } from '../../contract/base/run.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { checkFileOfRun } from '../../record/files/read-file.js';
import { repositoryAround } from '../../record/files/repository-around.js';
import { findProfileFile } from '../../record/profile/find-profile-file.js';
import { tryGit } from '../git/git.js';
import { commitStateOf, pathInRepository, repositoryOf, type CommitState } from '../git/repository.js';
import { policyFileOf } from '../git/policy-file.js';
import { importedFiles } from './imported-files.js';

/** A file that no commit holds as it is. */
export interface UncommittedFile {
  /** As a person is told of it: the path in the repository. */
  readonly path: string;
  /** `unknown`: it stands in a repository that git cannot read. */
  readonly state: Exclude<CommitState, 'committed'> | 'unknown';
}

/** `commit` is null when the template is not in git, or is not committed as it is. */
export interface TemplateOrigin {
  /** Path in the repository, with forward slashes; the file's name outside of git. */
  readonly path: string;
  readonly commit: string | null;
  /** Empty where there is no git at all. */
  readonly uncommitted: readonly UncommittedFile[];
  /** The launchbook.yml that counts for the run; null when there is none, and outside of git. */
  readonly policy: PolicyFile | null;
  /** The repository's folder, or null outside of git. */
  readonly repository: string | null;
}

/** Asks git. `runFolder` is where the run will be, which need not exist yet. */
export async function originOf(
  template: string,
  cells: readonly OutlineCell[],
  runFolder: string
): Promise<TemplateOrigin> {
  const file = realpathSync(template);
  const repository = await repositoryOf(dirname(file));
  const path = repository === null ? basename(file) : pathInRepository(repository, file);
  const uncommitted = [
    ...(isBelowGit(dirname(file)) || isBelowGit(resolve(runFolder)) ? await uncommittedAmong([file]) : []),
    ...(await uncommittedParts(file, cells, runFolder, path))
  ];
  const isCommitted = repository !== null && !uncommitted.some(each => each.path === path);
  const commit = isCommitted ? await tryGit(dirname(file), ['rev-parse', 'HEAD']) : null;
  const policy = await policyFileOf(runFolder, path);
  return { path, commit, uncommitted, repository, policy };
}

/**
 * What a runbook brings along, as far as it is not committed: the launchbook.yml of a run in `runFolder`, and the files of its imports.
 * `runbook` is the template's path in the repository.
 */
export async function uncommittedParts(
  notebook: string,
  cells: readonly OutlineCell[],
  runFolder: string,
  runbook: string
): Promise<readonly UncommittedFile[]> {
  const profile = findProfileFile(runFolder, runbook);
  if (profile !== null) {
    checkFileOfRun(profile, 'profile');
  }
  const parts = [...(profile === null ? [] : [realpathSync(profile)]), ...importedFiles(notebook, cells)];
  return isBelowGit(resolve(runFolder)) ? uncommittedAmong(parts) : [];
}

/** By the folder, not by git's word: where git cannot read a repository (it is somebody else's), nothing of it counts as committed. */
export function isBelowGit(folder: string): boolean {
  return repositoryAround(folder) !== null;
}

async function uncommittedAmong(files: readonly string[]): Promise<readonly UncommittedFile[]> {
  const states = await Promise.all(
    files.map(async file => {
      const repository = await repositoryOf(dirname(file));
      const path = repository === null ? basename(file) : pathInRepository(repository, file);
      const isUnknown = repository === null && isBelowGit(dirname(file));
      return { path, state: isUnknown ? ('unknown' as const) : await commitStateOf(file) };
    })
  );
  return states.filter((each): each is UncommittedFile => each.state !== 'committed');
}
