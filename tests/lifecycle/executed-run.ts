// A repository with a bare remote, a template and a run in it, executed as far as a test wants: the notebook with outputs, the journal
// with a sound chain. Real git, real files; only the kernel is left out, whose records are written as it writes them.
import { afterAll } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RecordBody } from '../../contract/journal/journal.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import { journalPathOf, runOf } from '../../contract/notebook/notebook.js';
import { textOf, type Outline } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';
import type { Person } from '../../contract/base/person.js';
import type { RunMode } from '../../contract/base/run.js';
import { initProject } from '../../lifecycle/init/init-project.js';
import { newRun } from '../../lifecycle/new/new-run.js';
import { notebookText } from '../../lifecycle/notebook/notebook-text.js';
import { sha256 } from '../../record/hash.js';
import { sourceFactsOf } from '../../record/source/source-facts.js';
import { CHAIN_START, freezeBody, linkLine } from '../../record/journal/chain.js';

export const ANN: Person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
export const QUINN: Person = { username: 'qa-lead', name: 'Quinn Roe', grade: 'claimed' };

/** What a step printed, and what came before its passing. */
export interface StepStory {
  readonly outputs?: readonly object[];
  /** Bodies between start and end of the passing attempt. */
  readonly records?: readonly RecordBody[];
  /** Nobody who could decide was there: the attempt ends as one of a run without a front end, and no step follows. */
  readonly isHeld?: boolean;
  /** A failed attempt comes first. */
  readonly isRetried?: boolean;
}

export interface Repository {
  readonly folder: string;
  /** Path of the bare remote. */
  readonly remote: string;
  git(...args: string[]): string;
  commit(message: string): void;
  write(path: string, content: string): string;
  read(path: string): string;
  remove(): void;
}

/** A repository that `launchbook init` has prepared, committed and pushed: a copy of one that is made once for each test file. */
export async function makeRepository(): Promise<Repository> {
  original ??= makeOriginal();
  const place = makePlace();
  cpSync(await original, place, { recursive: true });
  const folder = join(place, 'releases');
  const remote = join(place, 'remote.git');
  const git = gitIn(folder);
  const commit = (message: string): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', message);
  };
  return {
    folder,
    remote,
    git,
    commit,
    write(path, content) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    read: path => readFileSync(join(folder, path), 'utf8'),
    remove: () => rmSync(place, { recursive: true, force: true })
  };
}

/** The folder of the repository that the others are copies of. The remote is named relative to it, so that a copy has its own. */
let original: Promise<string> | undefined;
afterAll(async () => original && rmSync(await original, { recursive: true, force: true }));

async function makeOriginal(): Promise<string> {
  const place = makePlace();
  const folder = join(place, 'releases');
  mkdirSync(folder);
  const git = gitIn(folder);
  git('init', '--template=', '--quiet', '--bare', '--initial-branch=main', '../remote.git');
  git('init', '--template=', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ann Lee');
  git('config', 'user.email', 'ann@example.com');
  git('remote', 'add', 'origin', '../remote.git');
  await initProject(folder);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  git('push', '--quiet', '--set-upstream', 'origin', 'main');
  return place;
}

function makePlace(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'launchbook-life-')));
}

function gitIn(folder: string): (...args: string[]) => string {
  return (...args) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** A run of the template, executed up to its end or to `until` (a step id, not executed any more). Returns its path. */
export async function executeRun(
  repository: Repository,
  options: {
    readonly release?: string;
    readonly environment?: string;
    readonly folder?: string;
    readonly mode?: RunMode;
    readonly until?: string;
    readonly stories?: { readonly [step: string]: StepStory };
    readonly beganAt?: string;
    /** Milliseconds that each step takes. */
    readonly stepMs?: number;
  } = {}
): Promise<string> {
  const { release = '1.1.0', environment = 'staging' } = options;
  const { folder, mode } = options;
  const { path } = await newRun({
    template: join(repository.folder, 'release.ipynb'),
    release,
    environment,
    ...(folder === undefined ? {} : { folder }),
    ...(mode === undefined ? {} : { mode })
  });
  execute(path, options);
  return path;
}

/** Writes outputs and journal of an execution over a fresh run. */
export function execute(path: string, options: Parameters<typeof executeRun>[1] = {}): void {
  const notebook = JSON.parse(readFileSync(path, 'utf8')) as Notebook;
  const outline = readOutline(notebook.cells);
  const stepMs = options.stepMs ?? 1500;
  let atMs = Date.parse(options.beganAt ?? '2026-11-22T08:00:00.000Z');
  let end = CHAIN_START;
  let text = '';
  const write = (body: RecordBody, laterMs = 10): void => {
    atMs += laterMs;
    const linked = linkLine(end, new Date(atMs).toISOString(), freezeBody(body));
    end = linked.end;
    text += `${linked.line}\n`;
  };
  write({
    kind: 'journal-opened',
    format: 1,
    version: '0.1.0',
    notebook: 'release.ipynb',
    run: runOf(notebook)
  });
  write({ kind: 'kernel-started', version: '0.1.0', pid: 1, by: ANN });
  write({ kind: 'outline', outline });
  const outputs = new Map<string, readonly object[]>();
  for (const [index, step] of stepsUntil(outline, options.until).entries()) {
    const cell = notebook.cells.find(candidate => candidate.id === step.id)!;
    const story = options.stories?.[step.id] ?? {};
    const started = (attempt: number): RecordBody => ({
      kind: 'attempt-started',
      step: step.id,
      attempt,
      executionCount: index + 1,
      queuedAt: new Date(atMs).toISOString(),
      by: ANN,
      source: textOf(cell.source),
      sourceHash: sha256(textOf(cell.source))
    });
    const ended = (attempt: number, outcome: 'passed' | 'failed'): RecordBody => ({
      kind: 'attempt-ended',
      step: step.id,
      attempt,
      outcome,
      durationMs: stepMs
    });
    if (story.isRetried) {
      write(started(1));
      write(ended(1, 'failed'), stepMs);
    }
    const attempt = story.isRetried ? 2 : 1;
    write(started(attempt));
    if (story.isHeld) {
      const error = { name: 'NobodyToAskError', code: 'hold.nobody', message: 'Nobody is there to decide.' };
      write({ ...ended(attempt, 'failed'), error } as RecordBody, stepMs);
      break;
    }
    sourceFactsOf(textOf(cell.source))
      .holds.filter(({ helper }) => helper === 'approval')
      .forEach(({ name }) => approve(write, name ?? '', step.id, attempt));
    story.records?.forEach(record => write(record));
    write(ended(attempt, 'passed'), stepMs);
    outputs.set(
      step.id,
      story.outputs ?? [{ output_type: 'stream', name: 'stdout', text: [`${step.title}\n`] }]
    );
  }
  const cells = notebook.cells.map(cell =>
    outputs.has(cell.id ?? '') ? { ...cell, outputs: outputs.get(cell.id!), execution_count: 1 } : cell
  );
  writeFileSync(path, notebookText({ ...notebook, cells }));
  writeFileSync(journalPathOf(path, true), text);
}

function approve(
  write: (body: RecordBody, laterMs?: number) => void,
  name: string,
  step: string,
  attempt: number
): void {
  const approval = `${step}-approval`;
  const request = { question: 'Was it tested?', approvers: [], evidence: [], expiresAt: null };
  const content = 'c'.repeat(64);
  write({ kind: 'approval-requested', approval, name, step, attempt, phase: name, request, content });
  const at = '2026-11-22T08:10:00.000Z';
  const decision = { decision: 'approved' as const, by: QUINN, at, comment: 'Tried | it' };
  write({ kind: 'approval-decided', approval, decision, content }, 600_000);
}

function stepsUntil(
  outline: Outline,
  until: string | undefined
): Outline['phases'][number]['steps'][number][] {
  const steps = outline.phases.flatMap(phase => phase.steps);
  const last = steps.findIndex(step => step.id === until);
  return last < 0 ? steps : steps.slice(0, last);
}
