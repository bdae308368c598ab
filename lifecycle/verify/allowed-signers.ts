// Which allowed_signers file counts for an archive, at a path or at a commit, and the versions of it that were committed before: a key
// that was removed since is no forgery.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { findProfileFile, PROFILE_FILES } from '../../runbook/environment/find-profile-file.js';
import { sha256 } from '../../runbook/hash.js';
import { gitBytes, tryGit } from '../git/git.js';
import { pathInRepository, repositoryOf } from '../git/repository.js';

/** A version of the file that was committed. */
export interface CommittedSigners {
  readonly commit: string;
  readonly content: Buffer;
}

/** What the signatures of an archive are checked against. */
export interface AllowedSigners {
  /** Path of the file, for reading. */
  readonly name: string;
  /** Null when there is no such file. */
  readonly content: Buffer | null;
  /** The different versions that were committed up to here, newest first; none outside of git. */
  earlier(): Promise<readonly CommittedSigners[]>;
}

/** The file beside the launchbook.yml of the notebook at `path`, as it is now. */
export function signersAt(path: string): AllowedSigners {
  const profile = findProfileFile(dirname(resolve(path)));
  const name = profile === null ? DEFAULT_NAME : nameIn(readFileSync(profile, 'utf8'));
  const file = profile === null ? null : resolve(dirname(profile), name);
  return {
    name: file === null ? name : relative(process.cwd(), file) || name,
    content: file === null ? null : fileOrNull(file),
    earlier: async () => {
      const repository = file === null ? null : await repositoryOf(dirname(file));
      const isThere = repository !== null && existsSync(file!);
      return isThere ? committed(repository, 'HEAD', pathInRepository(repository, file!)) : [];
    }
  };
}

/** The file that belongs to the notebook at `path` in the repository as of `commit`. */
export async function signersIn(repository: string, commit: string, path: string): Promise<AllowedSigners> {
  const profile = await profileIn(repository, commit, posix.dirname(path));
  const file = resolve(repository, profile.folder, profile.name);
  const inside = relative(repository, file).split(sep).join('/');
  return inside.startsWith('../')
    ? { name: file, content: fileOrNull(file), earlier: () => Promise.resolve([]) }
    : {
        name: inside,
        content: await blob(repository, commit, inside),
        earlier: () => committed(repository, commit, inside)
      };
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

/** The nearest launchbook.yml from `folder` up to the top of the tree. */
async function profileIn(
  repository: string,
  commit: string,
  folder: string
): Promise<{ readonly folder: string; readonly name: string }> {
  for (const file of PROFILE_FILES) {
    const text = await blob(repository, commit, posix.join(folder, file));
    if (text !== null) {
      return { folder, name: nameIn(text.toString('utf8')) };
    }
  }
  return folder === '.'
    ? { folder, name: DEFAULT_NAME }
    : profileIn(repository, commit, posix.dirname(folder));
}

async function committed(repository: string, commit: string, path: string): Promise<CommittedSigners[]> {
  const log = await tryGit(repository, ['log', '--format=%H', commit, '--', path]);
  const versions = new Map<string, CommittedSigners>();
  for (const version of (log ?? '').split('\n').filter(line => line !== '')) {
    const content = await blob(repository, version, path);
    if (content !== null && !versions.has(sha256(content))) {
      versions.set(sha256(content), { commit: version, content });
    }
  }
  return [...versions.values()];
}

function blob(repository: string, commit: string, path: string): Promise<Buffer | null> {
  return gitBytes(repository, ['cat-file', 'blob', `${commit}:${path}`]);
}

function fileOrNull(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
