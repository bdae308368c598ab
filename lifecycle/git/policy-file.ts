// The launchbook.yml that counts for a run, as git knows it: its path in the repository, and the commit that holds it as it is.
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { PolicyFile } from '../../contract/base/run.js';
import { repositoryAround } from '../../record/files/repository-around.js';
import { profileFileOf } from '../../record/profile/find-profile-file.js';
import { tryGit } from './git.js';
import { commitStateOf, pathInRepository, repositoryOf } from './repository.js';

/** Null when there is no such file, and outside of git. `runbook` is the template's path in the repository. */
export async function policyFileOf(folder: string, runbook: string | undefined): Promise<PolicyFile | null> {
  const found = repositoryAround(resolve(folder)) === null ? null : profileFileOf(folder, runbook);
  const file = found === null ? null : realpathSync(found);
  const repository = file === null ? null : await repositoryOf(dirname(file));
  if (file === null || repository === null) {
    return null;
  }
  const isCommitted = (await commitStateOf(file)) === 'committed';
  return {
    path: pathInRepository(repository, file),
    commit: isCommitted ? await tryGit(repository, ['rev-parse', 'HEAD']) : null
  };
}
