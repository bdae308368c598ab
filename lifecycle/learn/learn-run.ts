// Offers the changes of a run to its template: a branch with one commit on top of the commit that the run was made from.
// Git's index and the work tree are not touched, so it can be done in the middle of a release.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { formatCount } from '../../contract/base/format.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { RunInfo } from '../../contract/base/run.js';
import { findTemplate } from '../git/find-template.js';
import { git, tryGit } from '../git/git.js';
import { repositoryOf } from '../git/repository.js';
import { notebookText } from '../notebook/notebook-text.js';
import { readRun } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { refuse } from '../refused-error.js';
import { redlinesOf, type Redline } from './redlines.js';

/** What was learned. */
export interface LearnedRun {
  readonly redlines: readonly Redline[];
  /** Remarks that people made during the run. */
  readonly notes: readonly string[];
  /** The branch with the commit, or null when there is nothing to learn. */
  readonly branch: string | null;
  readonly commit: string | null;
}

/**
 * Makes the branch `redlines/RELEASE-ENVIRONMENT` with the edits of a run. Done again with the same edits it changes nothing.
 *
 * @param path - The notebook of the run.
 * @throws RefusedError when it is no run, its template is in no commit, or the branch exists with something else.
 * @example
 * (await learnRun('runs/2.4.0-production/release.ipynb')).branch // 'redlines/2.4.0-production'
 */
export async function learnRun(path: string): Promise<LearnedRun> {
  const { notebook, run, state } = readRun(path);
  if (run === null) {
    return refuseNoRun('learn.refused', `Learning from ${path}`);
  }
  const repository = await repositoryOf(dirname(resolve(path)));
  const found = await findTemplate(path, run, false);
  const notes = state.notes.map(note => note.text);
  const { redlines, template } = redlinesOf(notebook, found.notebook, run);
  if (redlines.length === 0) {
    return { redlines, notes, branch: null, commit: null };
  }
  if (repository === null || found.commit === null) {
    const hint = 'Commit the template, then copy the changes into it by hand.';
    return refuse('learn.refused', `Learning from ${path}`, 'its template is in no commit', hint);
  }
  const branch = `redlines/${run.release}-${run.environment}`;
  const message = messageOf(run, redlines, notes);
  const commit = await commitTemplate(repository, { run, base: found.commit, template, branch, message });
  return { redlines, notes, branch, commit };
}

/** Branches with redlines of a template that the current branch does not have yet. */
export async function openRedlines(repository: string | null, template: string): Promise<string[]> {
  if (repository === null) {
    return [];
  }
  const format = '--format=%(refname:short)';
  const list = await tryGit(repository, [
    'for-each-ref',
    '--no-merged',
    'HEAD',
    format,
    'refs/heads/redlines/'
  ]);
  const open: string[] = [];
  for (const branch of (list ?? '').split('\n').filter(line => line !== '')) {
    const changed = await tryGit(repository, ['diff', '--name-only', `HEAD...${branch}`, '--', template]);
    if (changed) {
      open.push(branch);
    }
  }
  return open;
}

function messageOf(run: RunInfo, redlines: readonly Redline[], notes: readonly string[]): string {
  return [
    `Learn from run ${run.release} in ${run.environment}: ${formatCount(redlines.length, 'redline')}`,
    '',
    ...redlines.map(({ kind, name, title }) => `${kind} ${name}: ${title}`),
    ...(notes.length === 0 ? [] : ['', 'Notes of the run:', ...notes.map(note => `- ${note}`)]),
    '',
    `Run: ${run.id}`
  ].join('\n');
}

async function commitTemplate(
  repository: string,
  {
    run,
    base,
    template,
    branch,
    message
  }: { run: RunInfo; base: string; template: Notebook; branch: string; message: string }
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'launchbook-redlines-'));
  try {
    const environment = { GIT_INDEX_FILE: join(folder, 'index') };
    const blob = await git(repository, ['hash-object', '-w', '--stdin'], { input: notebookText(template) });
    await git(repository, ['read-tree', base], { environment });
    await git(repository, ['update-index', '--add', '--cacheinfo', `100644,${blob},${run.runbook}`], {
      environment
    });
    const tree = await git(repository, ['write-tree'], { environment });
    const existing = await tryGit(repository, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
    if (existing !== null) {
      if ((await tryGit(repository, ['rev-parse', `${existing}^{tree}`])) === tree) {
        return existing;
      }
      const hint = 'Merge or delete it first; a branch of redlines is not overwritten.';
      return refuse(
        'learn.refused',
        `Learning from run ${run.id}`,
        `the branch ${branch} exists with other changes`,
        hint
      );
    }
    const commit = await git(repository, ['commit-tree', tree, '-p', base], { input: message });
    await git(repository, ['branch', branch, commit]);
    return commit;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
