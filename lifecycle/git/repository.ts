// Questions about the git repository that a file is in. A machine without git and a folder outside of any repository
// are both answered with "not in git".
import { realpathSync } from 'node:fs';
import { basename, dirname, relative, sep } from 'node:path';
import { git, tryGit } from './git.js';

/** The folder of the repository's work tree with links resolved, or null outside of git. */
export async function repositoryOf(folder: string): Promise<string | null> {
  const root = await tryGit(folder, ['rev-parse', '--show-toplevel']);
  return root === null ? null : realpathSync(root);
}

/** The path of `file` in the repository `root`, with forward slashes. */
export function pathInRepository(root: string, file: string): string {
  return relative(root, realpathSync(file)).split(sep).join('/');
}

/** The name of the branch that is checked out; null outside of git and on a detached head. */
export async function currentBranch(folder: string): Promise<string | null> {
  return tryGit(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
}

/** True when there is a branch of this name. */
export async function hasBranch(folder: string, name: string): Promise<boolean> {
  return (await tryGit(folder, ['rev-parse', '--verify', '--quiet', `refs/heads/${name}`])) !== null;
}

/** True when git takes `name` for a branch. */
export async function isBranchName(folder: string, name: string): Promise<boolean> {
  return (await tryGit(folder, ['check-ref-format', '--branch', name])) !== null;
}

/** Makes the branch `name` at the current commit and switches to it; changes of the work tree stay. */
export async function switchToNewBranch(folder: string, name: string): Promise<void> {
  await git(folder, ['switch', '--quiet', '--create', name]);
}

/** Goes back from a branch that was just made, and removes it. */
export async function leaveNewBranch(folder: string, name: string, before: string): Promise<void> {
  await git(folder, ['switch', '--quiet', before]);
  await git(folder, ['branch', '--quiet', '--delete', '--force', name]);
}

/** The name under which the person commits, or null. */
export async function committerName(folder: string): Promise<string | null> {
  return (await tryGit(folder, ['config', 'user.name'])) || null;
}

/** Whether the last commit holds a file as it is. `never`: it holds none of this name, or there is no commit. */
export type CommitState = 'committed' | 'changed' | 'never';

/**
 * Compares the text with the one in the last commit, so that it does not matter what is staged, ignored or hidden from `git status`.
 *
 * @param file - Absolute, links resolved.
 */
export async function commitStateOf(file: string): Promise<CommitState> {
  const [folder, name] = [dirname(file), basename(file)];
  const [committed, present] = await Promise.all([
    tryGit(folder, ['rev-parse', '--verify', '--quiet', `HEAD:./${name}`]),
    tryGit(folder, ['hash-object', '--', name])
  ]);
  return committed === null ? 'never' : committed === present ? 'committed' : 'changed';
}
