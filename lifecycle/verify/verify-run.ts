// Verifies the archive at a path, or the one that a tag holds, whatever the work tree says.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { journalPathOf, runOf, tokenFolderOf } from '../../contract/notebook.js';
import { manifestPathOf } from '../archive/manifest.js';
import { gitBytes, tryGit } from '../git/git.js';
import { repositoryOf } from '../git/repository.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { isTokenFile, tokensBeside, type TokenFile } from '../notebook/token-files.js';
import { refuse } from '../refused-error.js';
import { signersAt, signersIn } from './allowed-signers.js';
import { parsedNotebook } from './notebook-findings.js';
import { SignatureChecks } from './signature-checks.js';
import type { ArchiveFiles, Verification } from './verification.js';
import { verifyArchive } from './verify-archive.js';

/** A verified archive, and where its files were read. */
export interface VerifiedRun extends Verification {
  /** Path of the notebook, or `TAG:PATH`. */
  readonly place: string;
}

/**
 * Checks a run: the journal's chain, manifest, notebook against journal, approvals against content, decisions and their signatures.
 *
 * @param target - The notebook of a run, or a tag such as `runs/2.4.0-production`.
 * @param folder - Where a tag is looked up. @default the current folder
 * @throws RefusedError when it is neither.
 * @example
 * (await verifyRun('runs/2.4.0-production')).holds // true
 */
export async function verifyRun(target: string, folder = '.'): Promise<VerifiedRun> {
  // A tag of ours is named like the folder of its run.
  if (statSync(target, { throwIfNoEntry: false })?.isFile()) {
    const files = filesAt(target);
    refuseTemplate(target, files);
    return { place: target, ...(await verifyArchive(files, new SignatureChecks(signersAt(target)))) };
  }
  const tag = target.replace(/\/+$/, '');
  const repository = await repositoryOf(resolve(folder));
  const commit =
    repository === null
      ? null
      : await tryGit(repository, ['rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`]);
  if (repository === null || commit === null) {
    const hint =
      'Give the notebook of a run, or the tag that launchbook archive made: git tag --list "runs/*" shows them.';
    return refuse('verify.unknown', `Verifying ${target}`, 'there is no such file and no such tag', hint);
  }
  const path = await archivedPath(repository, tag, commit);
  const signatures = new SignatureChecks(await signersIn(repository, commit, path));
  const files = await filesIn(repository, commit, path);
  return { place: `${tag}:${path}`, ...(await verifyArchive(files, signatures)) };
}

/** A notebook that nothing says is a run has nothing that could have been changed. */
function refuseTemplate(path: string, { notebook, journal, manifest }: ArchiveFiles): void {
  const parsed = parsedNotebook(notebook);
  if (journal === null && manifest === null && parsed !== null && runOf(parsed) === null) {
    refuseNoRun('verify.no_run', `Verifying ${path}`);
  }
}

function filesAt(path: string): ArchiveFiles {
  const journal = journalPathOf(path, true);
  const manifest = manifestPathOf(path);
  return {
    names: { notebook: path, journal, manifest, tokens: tokenFolderOf(path) },
    notebook: readFileSync(path),
    journal: existsSync(journal) ? readFileSync(journal) : null,
    manifest: existsSync(manifest) ? readFileSync(manifest) : null,
    tokens: tokensBeside(path)
  };
}

async function filesIn(repository: string, commit: string, path: string): Promise<ArchiveFiles> {
  const blob = (file: string): Promise<Buffer | null> =>
    gitBytes(repository, ['cat-file', 'blob', `${commit}:${file}`]);
  const journal = journalPathOf(path, true);
  const manifest = manifestPathOf(path);
  const tokens = tokenFolderOf(path);
  const list = (await tryGit(repository, ['ls-tree', '-z', '--name-only', `${commit}:${tokens}`])) ?? '';
  const files: TokenFile[] = [];
  for (const name of list.split('\0').filter(isTokenFile).sort()) {
    files.push({ name, bytes: (await blob(posix.join(tokens, name))) ?? Buffer.alloc(0) });
  }
  return {
    names: { notebook: path, journal, manifest, tokens },
    notebook: (await blob(path)) ?? Buffer.alloc(0),
    journal: await blob(journal),
    manifest: await blob(manifest),
    tokens: files
  };
}

/** The tag's message ends with the path of the notebook. */
async function archivedPath(repository: string, tag: string, commit: string): Promise<string> {
  const message =
    (await tryGit(repository, ['for-each-ref', '--format=%(contents)', `refs/tags/${tag}`])) ?? '';
  const path = message.trim().split('\n').at(-1) ?? '';
  const isThere =
    path.endsWith('.ipynb') && (await tryGit(repository, ['cat-file', '-e', `${commit}:${path}`])) !== null;
  return isThere
    ? path
    : refuse(
        'verify.no_archive',
        `Verifying ${tag}`,
        'the tag names no archive: it was not made by `launchbook archive`'
      );
}
