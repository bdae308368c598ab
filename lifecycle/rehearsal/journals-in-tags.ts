// The journals of archived runs that are not in the work tree: on other branches, which a tag `runs/RELEASE-ENVIRONMENT` keeps.
// One call of git lists the tags; what a tag holds is read once, because it never changes.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { journalPathOf, manifestPathOf } from '../../contract/notebook/notebook.js';
import { blobAt, tryGit } from '../git/git.js';
import { repositoryOf } from '../git/repository.js';
import type { JournalSource } from './journals-on-disk.js';

/** At most this many tags are looked at, the newest first. */
const MOST_TAGS = 50;

/** The sources in the tags of archives in one of `environments`. None outside of git. `folder` is any one of the repository. */
export async function journalsInTags(
  folder: string,
  environments: readonly string[]
): Promise<JournalSource[]> {
  const repository = await repositoryOf(folder);
  const list =
    repository &&
    (await tryGit(repository, [
      'for-each-ref',
      '--sort=-creatordate',
      '--format=%(refname:strip=2)%00%(*objectname)%00%(contents:body)%01',
      'refs/tags/runs/'
    ]));
  if (!repository || !list) {
    return [];
  }
  return list
    .split('\u0001')
    .map(entry => entry.trim().split('\u0000'))
    .flatMap(([tag = '', commit = '', body = '']): JournalSource[] => {
      const path = body.trim().split('\n').at(-1) ?? '';
      const isWanted = environments.some(name => new RegExp(`-${name}(\\.\\d+)?$`).test(tag));
      const isAbsent = !existsSync(join(repository, journalPathOf(path, true)));
      return isWanted && isAbsent && commit !== '' && path.endsWith('.ipynb')
        ? [sourceIn(repository, tag, commit, path)]
        : [];
    })
    .slice(0, MOST_TAGS);
}

function sourceIn(repository: string, tag: string, commit: string, path: string): JournalSource {
  const journal = journalPathOf(path, true);
  const place = `${tag}:${journal}`;
  return {
    place,
    stamp: commit,
    read: async () => ({
      place,
      journal: (await blobAt(repository, commit, journal)) ?? Buffer.alloc(0),
      manifest: await blobAt(repository, commit, manifestPathOf(path))
    })
  };
}
