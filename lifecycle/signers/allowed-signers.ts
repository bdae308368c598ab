// Which allowed_signers file counts for an archive, at a path or at a commit, and the versions of it that were committed before: a key
// that was removed since is no forgery.
import { existsSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { readFileIfPresent, readTextOfRun } from '../../record/files/read-file.js';
import type { DecidePages } from '../../contract/signature/decision-means.js';
import { profileFileOf } from '../../record/profile/find-profile-file.js';
import type { AllowedSigners, CommittedSigners } from '../../record/decisions/signature-checks.js';
import { sha256 } from '../../record/hash.js';
import { blobAt, tryGit } from '../git/git.js';
import { profileAt } from '../git/profile-at.js';
import { pathInRepository, repositoryOf } from '../git/repository.js';
import { pagesIn } from './decide-pages.js';

/** The file beside the launchbook.yml of the notebook at `path`, as it is now. `runbook` is a run's template in the repository. */
export function signersAt(path: string, runbook?: string): AllowedSigners {
  const folder = dirname(resolve(path));
  // An archive that was taken out of its repository has its files beside it.
  const profile = profileFileOf(folder, runbook) ?? profileFileOf(folder);
  const name = profile === null ? DEFAULT_NAME : nameIn(readTextOfRun(profile, 'profile'));
  const file = profile === null ? null : resolve(dirname(profile), name);
  const ours = async (): Promise<CommittedSigners[] | null> => {
    const repository = file === null ? null : await repositoryOf(dirname(file));
    const isThere = repository !== null && existsSync(file!);
    return isThere ? committed(repository, 'HEAD', pathInRepository(repository, file!)) : null;
  };
  return {
    name: file === null ? name : relative(process.cwd(), file) || name,
    content: file === null ? null : fileOrNull(file),
    earlier: async () => (await ours()) ?? [],
    ours,
    pages: async environment =>
      profile === null
        ? null
        : pagesOfVersions([fileOrNull(profile), ...(await versionsOf(profile))], environment)
  };
}

/** The file that belongs to the notebook at `path` in the repository as of `commit`. `runbook` is a run's template. */
export async function signersIn(
  repository: string,
  commit: string,
  path: string,
  runbook: string = path
): Promise<AllowedSigners> {
  const profile = await profileAt(repository, commit, posix.dirname(runbook));
  const [folder, name] =
    profile === null ? ['.', DEFAULT_NAME] : [posix.dirname(profile.path), nameIn(profile.text)];
  const file = resolve(repository, folder, name);
  const inside = relative(repository, file).split(sep).join('/');
  const pages = async (environment: string | null): Promise<DecidePages[]> => {
    const versions = profile === null ? [] : await committed(repository, commit, profile.path);
    return pagesOfVersions(
      versions.map(({ content }) => content),
      environment
    );
  };
  return inside.startsWith('../')
    ? { name: file, content: fileOrNull(file), earlier: () => Promise.resolve([]), pages }
    : {
        name: inside,
        content: await blobAt(repository, commit, inside),
        earlier: () => committed(repository, commit, inside),
        ours: () => committed(repository, 'HEAD', inside),
        pages
      };
}

/** What was committed of a file of the work tree; nothing outside of git. */
async function versionsOf(file: string): Promise<Buffer[]> {
  const repository = await repositoryOf(dirname(file));
  const versions =
    repository === null ? [] : await committed(repository, 'HEAD', pathInRepository(repository, file));
  return versions.map(({ content }) => content);
}

function pagesOfVersions(versions: readonly (Buffer | null)[], environment: string | null): DecidePages[] {
  return versions.flatMap(content => pagesIn(content?.toString('utf8') ?? '', environment) ?? []);
}

const DEFAULT_NAME = 'allowed_signers';

/** What `allowedSigners` of a launchbook.yml says; a file that is none says nothing. */
function nameIn(text: string): string {
  try {
    const name = (parse(text) as { allowedSigners?: unknown } | null)?.allowedSigners;
    return typeof name === 'string' ? name : DEFAULT_NAME;
  } catch {
    return DEFAULT_NAME;
  }
}

async function committed(repository: string, commit: string, path: string): Promise<CommittedSigners[]> {
  const log = await tryGit(repository, ['log', '--format=%H %ct', commit, '--', path]);
  const versions = new Map<string, CommittedSigners>();
  for (const line of (log ?? '').split('\n').filter(each => each !== '')) {
    const [version = '', seconds] = line.split(' ');
    const content = await blobAt(repository, version, path);
    if (content !== null) {
      // The newest commit with this content, and the time of the oldest.
      const { commit: newest } = versions.get(sha256(content)) ?? { commit: version };
      const at = new Date(Number(seconds) * 1000).toISOString();
      versions.set(sha256(content), { commit: newest, at, content });
    }
  }
  return [...versions.values()];
}

function fileOrNull(file: string): Buffer | null {
  return readFileIfPresent(file, 'signers');
}
