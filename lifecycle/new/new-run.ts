// Makes a fresh run of a template, with the identity that the kernel, the extension and the journal use.
// Everything is checked before anything is written, so that a faulty request leaves no trace.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { misspeltPhases } from '../../contract/lint/rules/policy.js';
import { journalPathOf, runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { commandsInOf } from '../../record/files/command-folder.js';
import { readOutline } from '../../record/source/read-outline.js';
import type { Person } from '../../contract/base/person.js';
import type { RunInfo, RunMode } from '../../contract/base/run.js';
import { committerName } from '../git/repository.js';
import { openRedlines } from '../learn/learn-run.js';
import { notebookText } from '../notebook/notebook-text.js';
import { OWN_MODE } from '../notebook/write-atomically.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { refuse, refuseFaults, RefusedError } from '../refused-error.js';
import { environmentNames } from './environment-names.js';
import { branchFaults, onNewBranch } from './release-branch.js';
import { freshCopyOf } from './fresh-copy.js';
import { guessesOf, guessFaults } from './guess-faults.js';
import { isProduction, isRehearsalInProduction, modeOf, nameFaults } from './name-faults.js';
import { parameterFaults } from './parameter-rules.js';
import { parametersOf, readParameters, withParameters } from '../notebook/parameters.js';
import { originOf, type TemplateOrigin, type UncommittedFile } from './template-origin.js';

/** What a fresh run is made of. */
export interface NewRunRequest {
  /** Path of the runbook, a notebook in git. */
  readonly template: string;
  /** What is released, for example `2.4.0`. */
  readonly release: string;
  /** An environment of the launchbook.yml that the kernel will find. */
  readonly environment: string;
  /** @default `live` in a production environment, `rehearsal` elsewhere */
  readonly mode?: RunMode;
  /** `name=text` pairs; the type of the template's default decides how a text is read. */
  readonly parameters?: readonly string[];
  /** The folder of the run. @default `runs/RELEASE-ENVIRONMENT` beside the template */
  readonly folder?: string;
  /** True: make the branch `release/RELEASE-ENVIRONMENT` and switch to it. @default false */
  readonly branch?: boolean;
  /** True: accept a template, a launchbook.yml and imported files that are not committed as they are; the run then records that. @default false */
  readonly uncommitted?: boolean;
  /** Why a live run in production is made although guesses of an import are left; the run then records it. @default it is refused */
  readonly guesses?: string;
}

/** A run that was just made. */
export interface NewRun {
  /** Path of the run's notebook, absolute. */
  readonly path: string;
  readonly run: RunInfo;
  /** The branch that was made, or null. */
  readonly branch: string | null;
  /** What a person should know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Makes a fresh run: the template's cells with their ids, without outputs, counts, timings, approvals and widget state.
 *
 * @throws RefusedError with every fault: names, environment, mode (a rehearsal in production too), parameters, what is
 * not committed, an existing run or branch. Nothing has been written then.
 * @example
 * await newRun({ template: 'release.ipynb', release: '2.4.0', environment: 'staging', branch: true })
 * // { path: '/srv/runbooks/runs/2.4.0-staging/release.ipynb', run: { id: '2.4.0-staging-3f9c21', … }, branch: 'release/2.4.0-staging', notes: [] }
 */
export async function newRun(request: NewRunRequest): Promise<NewRun> {
  const { template, release, environment } = request;
  const notebook = readNotebook(template);
  refuseRun(template, notebook);
  const folder = request.folder ?? join(dirname(template), 'runs', `${release}-${environment}`);
  const declared = parametersOf(notebook.cells);
  const given = readParameters(request.parameters ?? [], declared);
  const isGivenTwice = Object.hasOwn(given.values, 'release');
  const parameters = {
    ...declared,
    ...(Object.hasOwn(declared, 'release') ? { release } : {}),
    ...given.values
  };
  const origin = await originOf(template, notebook.cells, folder);
  const names = { ...request, runbook: origin.path };
  const guessed = {
    cells: notebook.cells,
    isProduction: isProduction(folder, environment, origin.path),
    mode: modeOf(folder, names),
    reason: request.guesses
  };
  const faults = [
    ...nameFaults(folder, names),
    ...given.faults.map(text => ({ field: null, text })),
    ...(isGivenTwice ? [{ field: null, text: 'the parameter "release" is the release itself' }] : []),
    ...parameterFaults(resolve(folder), parameters, origin.path).map(text => ({ field: null, text })),
    ...guessFaults(guessed),
    ...originFaults(origin, request),
    ...(await branchFaults(origin.repository, request))
  ];
  refuseFaults(
    'run.refused',
    doingFor(template),
    faults,
    isRehearsalInProduction(folder, names) ? INSTEAD_OF_REHEARSAL : undefined
  );
  const path = join(folder, basename(template));
  refuseExisting(folder, path);

  const run: RunInfo = {
    id: `${release}-${environment}-${randomBytes(3).toString('hex')}`,
    runbook: origin.path,
    commit: origin.commit,
    release,
    environment,
    mode: guessed.mode,
    createdAt: new Date().toISOString(),
    createdBy: await currentPerson(dirname(resolve(template))),
    parameters,
    ...(origin.policy ? { policy: origin.policy } : {}),
    ...guessesOf(guessed),
    ...commandsInOf(resolve(folder)),
    ...(origin.uncommitted.length > 0 ? { uncommitted: origin.uncommitted.map(file => file.path) } : {})
  };
  const cells = withParameters(notebook.cells, parameters);
  const branch = await onNewBranch(origin.repository, request, () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, notebookText(freshCopyOf({ ...notebook, cells }, run)), {
      flag: 'wx',
      mode: OWN_MODE
    });
  });
  return {
    path: resolve(path),
    run,
    branch,
    notes: [
      ...origin.uncommitted.map(file => `${describe(file)}; the run records that.`),
      ...policyNotes(folder, notebook, environment, origin.path),
      ...(await redlineNotes(origin))
    ]
  };
}

const INSTEAD_OF_REHEARSAL =
  'Take --mode dry-run to see what would be done, or --env with a lower environment.';

/** The person at the keyboard: the operating system's user under the name that git knows. */
export async function currentPerson(folder: string): Promise<Person> {
  const { username } = userInfo();
  return { username, name: (await committerName(folder)) ?? username, grade: 'claimed' };
}

function doingFor(template: string): string {
  return `Making a run of ${template}`;
}

function refuseRun(template: string, notebook: Notebook): void {
  if (runOf(notebook)) {
    const hint = 'Give the template that the run was made from.';
    refuse('run.refused', doingFor(template), 'it is a run itself', hint);
  }
}

/** A policy that binds no phase of this runbook because of its spelling. */
function policyNotes(folder: string, notebook: Notebook, environment: string, runbook: string): string[] {
  const phases = environmentNames(resolve(folder), runbook)?.policyPhases ?? [];
  return misspeltPhases(
    readOutline(notebook.cells),
    phases.filter(phase => phase.environment === environment)
  );
}

function originFaults({ uncommitted }: TemplateOrigin, request: NewRunRequest) {
  return request.uncommitted
    ? []
    : uncommitted.map(file => ({
        field: null,
        text: `${describe(file)}, so nobody could tell later what was run: commit it, or allow it (the run then records that)`
      }));
}

function describe({ path, state }: UncommittedFile): string {
  return `${path} ${STATES[state]}`;
}

const STATES: { readonly [state in UncommittedFile['state']]: string } = {
  never: 'was never committed',
  changed: 'has changes that are not committed',
  unknown: 'stands in a git repository that git cannot read (git status says why)'
};

function refuseExisting(folder: string, path: string): void {
  const existing = [path, journalPathOf(path, true)].find(file => existsSync(file));
  if (existing) {
    const fault = { field: 'folder', text: `cannot be ${folder}: ${existing} exists already` };
    const hint = `A run is never overwritten. Choose another folder, for example ${folder}-2.`;
    throw new RefusedError('run.exists', 'Making a run', [fault], hint);
  }
}

async function redlineNotes(origin: TemplateOrigin): Promise<string[]> {
  const open = await openRedlines(origin.repository, origin.path);
  return open.length === 0
    ? []
    : [
        `Redlines of earlier runs are open, so the template does not have their changes yet: ${open.join(', ')}. Merge or delete them.`
      ];
}
