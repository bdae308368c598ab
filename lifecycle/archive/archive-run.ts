// Archives a run: checked, searched for secrets, made readable, committed and tagged. Nothing is written before everything is checked,
// and doing it again finds nothing to do.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LaunchbookError } from '../../contract/base/error.js';
import { formatCount } from '../../contract/base/format.js';
import { journalPathOf, manifestPathOf, tokenFolderOf } from '../../contract/notebook/notebook.js';
import type { RunInfo } from '../../contract/base/run.js';
import { adoptJournal } from '../../record/journal/adopt-journal.js';
import { takeLock } from '../../record/journal/lock-file.js';
import { repositoryOf } from '../git/repository.js';
import { cellTitles } from '../notebook/cell-titles.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { tokensBeside } from '../notebook/token-files.js';
import { refuse } from '../refused-error.js';
import { findSecrets, type SecretSearch } from '../secrets/find-secrets.js';
import { knownSecrets, type KnownSecrets } from '../secrets/known-secrets.js';
import { runObjections } from '../signers/run-objections.js';
import { archiveFacts } from '../facts/archive-facts.js';
import { isAtItsEnd, type RunOutcome } from '../../contract/state/run-outcome.js';
import { currentPerson } from '../new/new-run.js';
import { archiveContent } from './archive-content.js';
import { archiveTagOf } from './archive-tag.js';
import { commitArchive, isCommitted, type CommittedArchive } from './commit-archive.js';
import { writeArchive } from './write-archive.js';
import { SecretsFoundError } from './secrets-found-error.js';

/** How a run is archived. */
export interface ArchiveRequest {
  /** True: archive a run that has not come to its end; the archive says so in its first line. @default false */
  readonly unfinished?: boolean;
  /** True: the tag is signed, with SSH or GPG as git is set up. @default false */
  readonly sign?: boolean;
  /** True: push the branch and the tag to where the branch is pushed, else to `origin`. @default false */
  readonly push?: boolean;
  /** Where values of secrets are looked up. @default process.env */
  readonly environment?: NodeJS.ProcessEnv;
}

/** An archived run. */
export interface ArchivedRun extends CommittedArchive {
  /** Path of the run's notebook, absolute. */
  readonly path: string;
  readonly run: RunInfo;
  readonly outcome: RunOutcome;
  readonly search: SecretSearch;
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Archives the run of a notebook: verifies the journal, searches every file for secrets, writes summary, picture and times into the
 * notebook, commits notebook, journal, manifest and signed decisions, and tags the commit `runs/RELEASE-ENVIRONMENT`, that of a dry
 * run `runs/RELEASE-ENVIRONMENT-dry-run`.
 *
 * @param path - The notebook of the run. No kernel may have it open.
 * @throws RefusedError when it is no run, is in no repository, nothing has run, or it is unfinished.
 * @throws LaunchbookError `journal.broken` when the journal was changed, `archive.secrets` when a secret is in a file,
 * `archive.changed_by_git` when a filter of git would change what was written.
 * @throws JournalLockedError when a kernel has the run open.
 * @example
 * (await archiveRun('runs/2.4.0-production/release.ipynb')).tag // 'runs/2.4.0-production'
 */
export async function archiveRun(path: string, request: ArchiveRequest = {}): Promise<ArchivedRun> {
  const doing = `Archiving ${path}`;
  const first = readRun(path);
  if (first.run === null) {
    refuseNoRun('archive.refused', doing);
  }
  const repository = await repositoryOf(dirname(resolve(path)));
  if (repository === null) {
    refuse('archive.refused', doing, 'it is in no git repository', 'Run `launchbook init` in its folder.');
  }
  const journalPath = journalPathOf(path, true);
  await adoptJournal({ path: journalPath, file: first.journalPath });
  const lock = await takeLock(journalPath, new Date().toISOString());
  try {
    return await archive(path, readRun(path), repository, request);
  } finally {
    await lock.release();
  }
}

async function archive(
  path: string,
  files: RunFiles,
  repository: string,
  request: ArchiveRequest
): Promise<ArchivedRun> {
  const run = files.run!;
  const { outcome } = archiveFacts(files, []);
  refuseUnready(path, files, outcome, request);
  const tokens = tokensBeside(path);
  const tokenPath = (name: string): string => join(tokenFolderOf(path), name);
  const by = await currentPerson(dirname(resolve(path)));
  const content = await archiveContent(path, files, tokens, by, await runObjections(path, files));
  const { notebook: text, manifest, cut } = content;
  const manifestPath = manifestPathOf(path);
  const secrets = knownSecrets(files, request.environment ?? process.env);
  const search = await findSecrets(
    [
      { name: path, content: text },
      { name: files.journalPath, content: content.files.journalText },
      { name: manifestPath, content: manifest },
      ...tokens.map(({ name, bytes }) => ({ name: tokenPath(name), content: bytes.toString('utf8') }))
    ],
    secrets.secrets
  );
  if (search.findings.length > 0) {
    throw new SecretsFoundError(path, search);
  }
  const takeBack = writeArchive(path, files, content);
  const paths = [path, files.journalPath, manifestPath, ...tokens.map(({ name }) => tokenPath(name))].map(
    file => resolve(file)
  );
  const committed = await commitArchive({
    repository,
    paths,
    message: `Archive run ${run.release} in ${run.environment}: ${isAtItsEnd(outcome) ? outcome : 'unfinished'}`,
    tag: archiveTagOf(run),
    run: run.id,
    push: request.push ?? false,
    sign: request.sign ?? false
  }).catch(async (error: unknown) => {
    if (!(await isCommitted(repository, paths))) {
      takeBack();
    }
    throw error;
  });
  return {
    ...committed,
    path: resolve(path),
    run,
    outcome,
    search,
    notes: [...notesOn(secrets, cut, cellTitles(files.notebook.cells)), ...committed.notes]
  };
}

function refuseUnready(path: string, files: RunFiles, outcome: RunOutcome, request: ArchiveRequest): void {
  const doing = `Archiving ${path}`;
  if (!existsSync(files.journalPath) || files.state.seq === 0) {
    refuse(
      'archive.refused',
      doing,
      'nothing has run yet: there is no journal',
      'Remove the folder of the run if it is not needed.'
    );
  }
  if (files.state.run?.id !== files.run?.id) {
    const text = `the notebook is run ${files.run?.id}, its journal that of ${files.state.run?.id ?? 'a scratch notebook'}`;
    throw new LaunchbookError(`${doing}: ${text}`, {
      code: 'archive.other_run',
      hint: 'One of the two files was replaced. Restore the pair that belongs together.'
    });
  }
  if (files.torn !== null) {
    const hint =
      'Open the run once: the kernel sets the cut-off line aside. Nothing that was recorded is lost by it.';
    refuse('archive.refused', doing, 'a crash cut off the last line of its journal', hint);
  }
  if (!isAtItsEnd(outcome) && !request.unfinished) {
    const hint =
      'Finish it, or archive it as it is with --unfinished; the archive will say so in its first line.';
    refuse('archive.unfinished', doing, `the run is unfinished (${outcome})`, hint);
  }
}

function notesOn(
  { unreadable }: KnownSecrets,
  cut: readonly string[],
  names: ReturnType<typeof cellTitles>
): string[] {
  return [
    ...(unreadable.length > 0
      ? [`Not searched for, because this process cannot read them: ${unreadable.join('; ')}.`]
      : []),
    ...(cut.length > 0
      ? [
          `Outputs of ${formatCount(cut.length, 'step')} were shortened for GitHub: ${cut.map(id => names.get(id) ?? id).join(', ')}.`
        ]
      : [])
  ];
}
