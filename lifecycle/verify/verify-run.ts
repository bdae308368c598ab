// Verifies the archive at a path, or the one that a tag holds, whatever the work tree says.
import { existsSync, statSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import { journalPathOf, manifestPathOf, runOf, tokenFolderOf } from '../../contract/notebook/notebook.js';
import { readFileIfPresent, readFileOfRun } from '../../record/files/read-file.js';
import { placeOfJournal } from '../../record/journal/find-journal.js';
import { archiveTagOf } from '../archive/archive-tag.js';
import { blobAt, pathInTag, tryGit } from '../git/git.js';
import { pathInRepository, repositoryOf } from '../git/repository.js';
import { isSigned, tagSignature } from '../git/tag-signature.js';
import { lookAtRun } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { isTokenFile, tokensBeside, type TokenFile } from '../notebook/token-files.js';
import { refuse } from '../refused-error.js';
import { signersAt, signersIn } from '../signers/allowed-signers.js';
import { parsedNotebook } from './notebook-findings.js';
import { SignatureChecks, type AllowedSigners } from '../../record/decisions/signature-checks.js';
import type { ArchiveFiles, Verification } from '../findings/verification.js';
import type { CommitPlace } from './policy-findings.js';
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
    const signers = signersAt(target, runbookOf(files));
    const verification = await verifyArchive(files, new SignatureChecks(signers), await placeOf(target));
    const found = withLostJournal(target, files, verification);
    const place = await tagOfFiles(target, files);
    return { place: target, ...(place === null ? found : await withTag(found, place, signers)) };
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
  const files = await filesIn(repository, commit, path);
  const signers = await signersIn(repository, commit, path, runbookOf(files));
  const verification = await verifyArchive(files, new SignatureChecks(signers), { repository, commit });
  return { place: `${tag}:${path}`, ...(await withTag(verification, { repository, tag }, signers)) };
}

/** Null outside of git. */
async function placeOf(path: string): Promise<CommitPlace | null> {
  const repository = await repositoryOf(dirname(resolve(path)));
  return repository === null ? null : { repository, commit: 'HEAD' };
}

interface TagPlace {
  readonly repository: string;
  readonly tag: string;
}

/** A signed tag covers every byte of the archive. */
async function withTag(
  verification: Verification,
  { repository, tag }: TagPlace,
  signers: AllowedSigners
): Promise<Verification> {
  const signature = await tagSignature(repository, tag, signers.content);
  switch (signature.kind) {
    case 'none':
      return verification;
    case 'good': {
      const ours = (await signers.ours?.()) ?? [];
      const isOurs = await isGoodBy(
        repository,
        tag,
        ours.map(({ content }) => content)
      );
      const note = `The tag ${tag} is signed by ${signature.by}, whose key is in no version of ${signers.name} that is committed on the branch that is checked out here.`;
      return isOurs
        ? { ...verification, signedBy: signature.by, notCovered: [] }
        : { ...verification, notes: [...verification.notes, note] };
    }
    case 'bad': {
      const text = `carries a signature that is not over it: ${signature.reason}`;
      const finding = { file: tag, line: 1, code: 'tag.forged', text };
      return { ...verification, holds: false, findings: [...verification.findings, finding] };
    }
    case 'unknown': {
      const note = `The tag ${tag} is signed, and nobody can tell here by whom: ${signature.reason}`;
      return { ...verification, notes: [...verification.notes, note] };
    }
  }
}

/** A key of GPG is one that this machine knows. */
async function isGoodBy(repository: string, tag: string, versions: readonly Buffer[]): Promise<boolean> {
  for (const signers of [null, ...versions]) {
    if ((await tagSignature(repository, tag, signers)).kind === 'good') {
      return true;
    }
  }
  return false;
}

/** The signed tag that holds these very files, or null. */
async function tagOfFiles(path: string, { notebook, names }: ArchiveFiles): Promise<TagPlace | null> {
  const run = runOf(parsedNotebook(notebook) ?? {});
  const repository =
    run === null || !existsSync(names.manifest) ? null : await repositoryOf(dirname(resolve(path)));
  if (run === null || repository === null) {
    return null;
  }
  const paths = [path, names.journal, names.manifest].map(file =>
    pathInRepository(repository, resolve(file))
  );
  const list = await tryGit(repository, ['tag', '--list', archiveTagOf(run), `${archiveTagOf(run)}.*`]);
  for (const tag of (list ?? '').split('\n').filter(line => line !== '')) {
    const isSame =
      (await tryGit(repository, ['diff', '--quiet', `refs/tags/${tag}`, '--', ...paths])) !== null;
    if (isSame && (await isSigned(repository, tag))) {
      return { repository, tag };
    }
  }
  return null;
}

/** The template of the run; undefined when nobody can read it. */
function runbookOf({ notebook }: ArchiveFiles): string | undefined {
  return runOf(parsedNotebook(notebook) ?? {})?.runbook;
}

/** Files that agree with each other may be a copy, or a journal without its end. */
function withLostJournal(path: string, { names }: ArchiveFiles, verification: Verification): Verification {
  const fault = verification.holds ? lookAtRun(path).fault : null;
  if (fault === null) {
    return verification;
  }
  const { code, message } = fault;
  const finding = { file: names.journal, line: 1, code, text: `does not tell the run: ${message}` };
  return { ...verification, holds: false, findings: [finding] };
}

/** A notebook that nothing says is a run has nothing that could have been changed. */
function refuseTemplate(path: string, { notebook, journal, manifest }: ArchiveFiles): void {
  const parsed = parsedNotebook(notebook);
  if (journal === null && manifest === null && parsed !== null && runOf(parsed) === null) {
    refuseNoRun('verify.no_run', `Verifying ${path}`);
  }
}

function filesAt(path: string): ArchiveFiles {
  const notebook = readFileOfRun(path, 'notebook');
  const run = runOf(parsedNotebook(notebook) ?? {});
  const journal = run === null ? journalPathOf(path, true) : placeOfJournal(path, run).file;
  const manifest = manifestPathOf(path);
  return {
    names: { notebook: path, journal, manifest, tokens: tokenFolderOf(path) },
    notebook,
    journal: readFileIfPresent(journal, 'journal'),
    manifest: readFileIfPresent(manifest, 'manifest'),
    tokens: tokensBeside(path)
  };
}

async function filesIn(repository: string, commit: string, path: string): Promise<ArchiveFiles> {
  const blob = (file: string): Promise<Buffer | null> => blobAt(repository, commit, file);
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

async function archivedPath(repository: string, tag: string, commit: string): Promise<string> {
  const path = await pathInTag(repository, tag);
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
