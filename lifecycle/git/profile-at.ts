// The launchbook.yml of a folder as a commit has it: the nearest one up to the top of the tree.
import { posix } from 'node:path';
import { PROFILE_FILES } from '../../record/profile/find-profile-file.js';
import { blobAt } from './git.js';

/** A launchbook.yml of a commit. */
export interface ProfileAt {
  /** Path in the repository. */
  readonly path: string;
  readonly text: string;
}

/** Null when there is none in `folder`, a path in the repository, or above it. */
export async function profileAt(
  repository: string,
  commit: string,
  folder: string
): Promise<ProfileAt | null> {
  for (const file of PROFILE_FILES) {
    const path = posix.join(folder, file);
    const text = await blobAt(repository, commit, path);
    if (text !== null) {
      return { path, text: text.toString('utf8') };
    }
  }
  const above = posix.dirname(folder);
  return above === folder || folder === '.' ? null : profileAt(repository, commit, above);
}
