// Archives a run: checked, searched for secrets, made readable, committed and tagged. Nothing is written before everything is checked,
// and doing it again finds nothing to do.
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LaunchbookError } from '../../contract/error.js';
import { formatCount } from '../../contract/format.js';
import { summarizePhases } from '../../contract/phase-status.js';
import { tokenFolderOf } from '../../contract/notebook.js';
import type { RunInfo } from '../../contract/run.js';
import { takeLock } from '../../runbook/journal/lock-file.js';
import { repositoryOf } from '../git/repository.js';
import { notebookText } from '../notebook/notebook-text.js';
import { parseNotebook } from '../notebook/read-notebook.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { tokensBeside } from '../notebook/token-files.js';
import { writeAtomically } from '../notebook/write-atomically.js';
import { refuse } from '../refused-error.js';
import { findSecrets, type SecretSearch } from '../secrets/find-secrets.js';
import { knownSecrets, type KnownSecrets } from '../secrets/known-secrets.js';
import { withHeldSteps } from '../status/held-steps.js';
import { isAtItsEnd, outcomeOf, type RunOutcome } from '../status/run-outcome.js';
import { archivedNotebook } from './archived-notebook.js';
import { commitArchive, type CommittedArchive } from './commit-archive.js';
import { editedSteps } from './deviations.js';
import { cellHashes, manifestFile, manifestPathOf, manifestText } from './manifest.js';
import { SecretsFoundError } from './secrets-found-error.js';
import { usualTimes } from './usual-times.js';

/** How a run is archived. */
export interface ArchiveRequest {
  /** True: archive a run that has not come to its end; the archive says so in its first line. @default false */
  readonly unfinished?: boolean;
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
  const lock = await takeLock(first.journalPath, new Date().toISOString());
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
  const outcome = outcomeOf(withHeldSteps(summarizePhases(files.state, files.outline), files.state));
  refuseUnready(path, files, outcome, request);
  const { notebook, cut } = archivedNotebook(files, usualTimes(files));
  const text = notebookText(notebook);
  const tokens = tokensBeside(path);
  const tokenPath = (name: string): string => join(tokenFolderOf(path), name);
  const manifest = manifestText({
    run: run.id,
    outcome,
    notebook: manifestFile(basename(path), text),
    journal: { ...manifestFile(basename(files.journalPath), files.journalText), records: files.state.seq },
    cells: cellHashes(parseNotebook(text, path)),
    edited: editedSteps(files.notebook.cells, files.state).map(cell => cell.id ?? ''),
    tokens: tokens.map(({ name, bytes }) => manifestFile(name, bytes))
  });
  const manifestPath = manifestPathOf(path);
  const secrets = knownSecrets(files, request.environment ?? process.env);
  const search = await findSecrets(
    [
      { name: path, content: text },
      { name: files.journalPath, content: files.journalText },
      { name: manifestPath, content: manifest },
      ...tokens.map(({ name, bytes }) => ({ name: tokenPath(name), content: bytes.toString('utf8') }))
    ],
    secrets.secrets
  );
  if (search.findings.length > 0) {
    throw new SecretsFoundError(path, search);
  }
  writeAtomically(path, text);
  writeAtomically(manifestPath, manifest);
  const committed = await commitArchive({
    repository,
    paths: [path, files.journalPath, manifestPath, ...tokens.map(({ name }) => tokenPath(name))].map(file =>
      resolve(file)
    ),
    message: `Archive run ${run.release} in ${run.environment}: ${isAtItsEnd(outcome) ? outcome : 'unfinished'}`,
    tag: tagOf(run),
    run: run.id,
    push: request.push ?? false
  });
  return {
    ...committed,
    path: resolve(path),
    run,
    outcome,
    search,
    notes: [...notesOn(secrets, cut), ...committed.notes]
  };
}

/** A dry run has a name of its own, so that whoever asks for the archive of a release gets one with effects. */
function tagOf({ release, environment, mode }: RunInfo): string {
  return `runs/${release}-${environment}${mode === 'dry-run' ? '-dry-run' : ''}`;
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
      'Finish it, or archive it as it stands with --unfinished; the archive will say so in its first line.';
    refuse('archive.unfinished', doing, `the run is unfinished (${outcome})`, hint);
  }
}

function notesOn({ unreadable }: KnownSecrets, cut: readonly string[]): string[] {
  return [
    ...(unreadable.length > 0
      ? [`Not searched for, because this process cannot read them: ${unreadable.join('; ')}.`]
      : []),
    ...(cut.length > 0
      ? [`Outputs of ${formatCount(cut.length, 'step')} were shortened for GitHub: ${cut.join(', ')}.`]
      : [])
  ];
}
