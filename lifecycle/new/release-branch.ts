// The branch of a release: made and switched to together with the run, and taken back when the run could not be written.
import {
  currentBranch,
  hasBranch,
  isBranchName,
  leaveNewBranch,
  switchToNewBranch
} from '../git/repository.js';
import { git } from '../git/git.js';
import type { Fault } from '../refused-error.js';

interface Branching {
  readonly release: string;
  readonly environment: string;
  readonly branch?: boolean;
}

/** `release/2.4.0-production`: the branch on which a release is run and archived. */
function releaseBranchOf({ release, environment }: Branching): string {
  return `release/${release}-${environment}`;
}

/** Why the branch cannot be made; nothing when none is asked for. */
export async function branchFaults(repository: string | null, request: Branching): Promise<Fault[]> {
  if (!request.branch) {
    return [];
  }
  const name = releaseBranchOf(request);
  const because = async (): Promise<string | null> => {
    if (repository === null) {
      return `"${name}" cannot be made: the template is in no git repository`;
    }
    if (!(await isBranchName(repository, name))) {
      return `"${name}" is a name that git does not take`;
    }
    return (await hasBranch(repository, name)) ? `"${name}" exists already` : null;
  };
  const text = await because();
  return text === null ? [] : [{ field: 'branch', text }];
}

/** Does `write` on the new branch, when one is asked for. Returns its name, or null. */
export async function onNewBranch(
  repository: string | null,
  request: Branching,
  write: () => void
): Promise<string | null> {
  if (!request.branch || repository === null) {
    write();
    return null;
  }
  const name = releaseBranchOf(request);
  const before = (await currentBranch(repository)) ?? (await git(repository, ['rev-parse', 'HEAD']));
  await switchToNewBranch(repository, name);
  try {
    write();
  } catch (error) {
    await leaveNewBranch(repository, name, before);
    throw error;
  }
  return name;
}
