// Where a template comes from: its path in the git repository and the commit that the copy was made from.
import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { tryGit } from '../git/git.js';
import { fileStatus, pathInRepository, repositoryOf } from '../git/repository.js';

/** `commit` is null when the template is not in git, or differs from what is committed (`isChanged`). */
export interface TemplateOrigin {
  /** Path in the repository, with forward slashes; the file's name outside of git. */
  readonly path: string;
  readonly commit: string | null;
  readonly isChanged: boolean;
  /** The repository's folder, or null outside of git. */
  readonly repository: string | null;
}

/** Asks git. */
export async function originOf(template: string): Promise<TemplateOrigin> {
  const file = realpathSync(template);
  const folder = dirname(file);
  const repository = await repositoryOf(folder);
  if (repository === null) {
    return { path: basename(file), commit: null, isChanged: false, repository };
  }
  const { isTracked, isChanged } = await fileStatus(file);
  const commit = isTracked && !isChanged ? await tryGit(folder, ['rev-parse', 'HEAD']) : null;
  return { path: pathInRepository(repository, file), commit, isChanged, repository };
}
