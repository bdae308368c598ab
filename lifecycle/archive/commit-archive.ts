// The archive in git: one commit of its files alone, whatever else is staged, and a tag that is never moved.
import { relative, sep } from 'node:path';
import { gitText } from '../../contract/base/escape.js';
import { manifestPathOf } from '../../contract/notebook/notebook.js';
import { blobAt, git, pathInTag, tryGit } from '../git/git.js';
import { currentBranch } from '../git/repository.js';
import { isSigned } from '../git/tag-signature.js';
import { readManifest } from '../manifest/manifest-findings.js';
import { addressOf } from './archive-address.js';
import { ChangedByGitError } from './changed-by-git-error.js';

/** What is to be committed. */
export interface ArchiveCommit {
  readonly repository: string;
  /** Absolute paths; the notebook's first. */
  readonly paths: readonly string[];
  readonly message: string;
  /** Name of the tag; a number is added when another archive has it already. */
  readonly tag: string;
  /** Id of the run. */
  readonly run: string;
  readonly push: boolean;
  /** True: git signs the tag, with SSH or GPG as it is set up. */
  readonly sign: boolean;
}

/** Where the archive is. */
export interface CommittedArchive {
  readonly commit: string;
  readonly tag: string;
  /** The branch that holds the commit, or null on a detached head. */
  readonly branch: string | null;
  /** False: everything was committed and tagged before. */
  readonly isNew: boolean;
  /** The page on the web, or `TAG:PATH` when the remote has none. */
  readonly address: string;
  /** True when branch and tag were pushed. */
  readonly isPushed: boolean;
  readonly notes: readonly string[];
}

/** Commits what differs, tags, and pushes when asked to. @throws GitError, ChangedByGitError */
export async function commitArchive(request: ArchiveCommit): Promise<CommittedArchive> {
  const { repository, push } = request;
  const message = gitText(request.message);
  const paths = request.paths.map(path => relative(repository, path).split(sep).join('/'));
  await git(repository, ['add', '--force', '--', ...paths]);
  await refuseChanged(repository, message, paths);
  const isChanged = (await git(repository, ['status', '--porcelain', '--', ...paths])) !== '';
  if (isChanged) {
    await git(repository, ['commit', '--quiet', '--message', message, '--only', '--', ...paths]).catch(
      async (error: unknown) => {
        // Nothing of it stays staged: what was written is taken back.
        await tryGit(repository, ['reset', '--quiet', '--', ...paths]);
        throw error;
      }
    );
  }
  const existing = isChanged ? null : await tagWith(repository, request, paths);
  const tag = existing ?? (await freeTag(repository, request.tag));
  if (existing === null) {
    await git(repository, [
      'tag',
      request.sign ? '--sign' : '--annotate',
      '--message',
      `${message}\n\n${paths[0]}`,
      tag
    ]);
  }
  const commit = await git(repository, ['rev-parse', `${tag}^{commit}`]);
  const branch = await currentBranch(repository);
  const remote = await remoteOf(repository, branch);
  const isPushed = push && remote !== null;
  if (isPushed) {
    const refs = [...(branch === null ? [] : [`refs/heads/${branch}`]), `refs/tags/${tag}`];
    await git(repository, ['push', '--quiet', '--atomic', remote.name, ...refs]);
  }
  return {
    commit,
    tag,
    branch,
    isNew: existing === null,
    address: addressOf(remote?.url ?? null, { commit, tag, path: paths[0]! }),
    isPushed,
    notes: [
      ...(await takenNotes(request, tag)),
      ...notesOn(push, remote?.name ?? null, branch, tag, isPushed)
    ]
  };
}

/** True when the newest commit holds these files as they are. */
export async function isCommitted(repository: string, paths: readonly string[]): Promise<boolean> {
  return (await tryGit(repository, ['diff', '--quiet', 'HEAD', '--', ...paths])) !== null;
}

/** What git has taken in is what was written, byte for byte: a filter that strips outputs would strip the archive. */
async function refuseChanged(repository: string, message: string, paths: readonly string[]): Promise<void> {
  const staged = new Map(
    (await git(repository, ['ls-files', '--stage', '-z', '--', ...paths]))
      .split('\0')
      .filter(line => line !== '')
      .map(line => [line.slice(line.indexOf('\t') + 1), line.split(' ')[1] ?? ''])
  );
  const written = (await git(repository, ['hash-object', '--no-filters', '--', ...paths])).split('\n');
  const changed = paths.filter((path, index) => staged.get(path) !== written[index]);
  if (changed.length > 0) {
    await git(repository, ['reset', '--quiet', '--', ...changed]);
    throw new ChangedByGitError(message, changed);
  }
}

/** A tag of this archive's name whose commit holds the same files, so that archiving again changes nothing; a signed one when it is to be. */
async function tagWith(
  repository: string,
  { tag: name, sign }: ArchiveCommit,
  paths: readonly string[]
): Promise<string | null> {
  for (const tag of await tagsLike(repository, name)) {
    const isSame = (await tryGit(repository, ['diff', '--quiet', tag, 'HEAD', '--', ...paths])) !== null;
    if (isSame && (!sign || (await isSigned(repository, tag)))) {
      return tag;
    }
  }
  return null;
}

async function freeTag(repository: string, name: string): Promise<string> {
  const taken = new Set(await tagsLike(repository, name));
  let tag = name;
  for (let number = 2; taken.has(tag); number++) {
    tag = `${name}.${number}`;
  }
  return tag;
}

/** The plain name belongs to another archive, which people have to know. */
async function takenNotes({ repository, tag: wanted, run }: ArchiveCommit, tag: string): Promise<string[]> {
  if (tag === wanted) {
    return [];
  }
  const other = await runIn(repository, wanted);
  const what =
    other === null
      ? 'no archive'
      : other === run
        ? 'an earlier archive of this run'
        : `the archive of another run (${other})`;
  return [`${wanted} is ${what}; this one is ${tag}.`];
}

/** The id of the run that a tag holds; null when there is no manifest where the tag's message says. */
async function runIn(repository: string, tag: string): Promise<string | null> {
  const path = await pathInTag(repository, tag);
  const manifest = await blobAt(repository, tag, manifestPathOf(path));
  return manifest === null ? null : (readManifest(manifest)?.run ?? null);
}

async function tagsLike(repository: string, name: string): Promise<string[]> {
  const list = await git(repository, ['tag', '--list', name, `${name}.*`]);
  return list.split('\n').filter(line => line !== '');
}

async function remoteOf(
  repository: string,
  branch: string | null
): Promise<{ readonly name: string; readonly url: string } | null> {
  const own = branch === null ? null : await tryGit(repository, ['config', `branch.${branch}.remote`]);
  const name = own || 'origin';
  const url = await tryGit(repository, ['remote', 'get-url', name]);
  return url === null ? null : { name, url };
}

function notesOn(
  push: boolean,
  remote: string | null,
  branch: string | null,
  tag: string,
  isPushed: boolean
): string[] {
  if (isPushed) {
    return [];
  }
  if (push) {
    return ['There is no remote to push to; the archive is in this repository alone.'];
  }
  return remote === null
    ? []
    : [`Not pushed yet: git push --atomic ${remote} ${[branch, tag].filter(ref => ref !== null).join(' ')}`];
}
