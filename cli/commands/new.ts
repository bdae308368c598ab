// `launchbook new`: makes a fresh run of a template, with the identity that the kernel, the extension and the journal use.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { runOf } from '../../contract/notebook.js';
import type { Person } from '../../contract/person.js';
import type { RunInfo, RunMode } from '../../contract/run.js';
import { environmentNames } from '../environment-names.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { freshCopyOf, notebookText } from '../fresh-copy.js';
import { didYouMean } from '../../runbook/did-you-mean.js';
import { parametersOf, readParameters, withParameters } from '../parameters.js';
import { parameterFaults } from '../parameter-rules.js';
import { readNotebook } from '../read-notebook.js';
import { shownPath } from '../shown-path.js';
import { committerName, originOf } from '../template-origin.js';
import { refuseFaults, UsageError } from '../usage-error.js';

/** A dry run waits for helpers that can promise to touch nothing; the kernel refuses it too. */
const MODES: readonly RunMode[] = ['live', 'rehearsal'];

/** A release or environment becomes part of file names, ids and tags. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;

interface NewOptions {
  readonly release: string;
  readonly env: string;
  readonly mode?: string;
  readonly param: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

export function addNewCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command('new')
    .summary('make a fresh run of a runbook')
    .description(
      'Makes a fresh run: a copy of the template without outputs, with its own id, to be executed once.'
    )
    .argument('<template>', 'the runbook, a notebook in git')
    .requiredOption('--release <name>', 'what is released, for example 2.4.0')
    .requiredOption('--env <name>', 'an environment of launchbook.yml')
    .option('--mode <mode>', 'live or rehearsal (default: live in production, rehearsal elsewhere)')
    .option('--param <name=value>', 'sets a parameter of the template; may be repeated', collect, [])
    .option('--out <folder>', 'the folder of the run (default: runs/RELEASE-ENV beside the template)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  launchbook new release.ipynb --release 2.4.0 --env staging
  launchbook new release.ipynb --release 2.4.0 --env production --param batchSize=2
  launchbook new release.ipynb --release 2.4.0 --env staging --out runs/rehearsal-1`
    )
    .action((template: string, options: NewOptions) => finish(createRun(template, options)));
}

function createRun(template: string, options: NewOptions): ExitCode {
  const notebook = readNotebook(template);
  if (runOf(notebook)) {
    throw new UsageError(
      `Making a run of ${template}: it is a run itself`,
      'Give the template that the run was made from.'
    );
  }
  const folder = options.out ?? join(dirname(template), 'runs', `${options.release}-${options.env}`);
  const declared = parametersOf(notebook.cells);
  const given = readParameters(options.param, declared);
  const fixed = Object.hasOwn(declared, 'release') ? { release: options.release } : {};
  const twice = Object.hasOwn(given.values, 'release') ? ['parameter "release" is set by --release'] : [];
  const parameters = { ...declared, ...fixed, ...given.values };
  refuseFaults(`Making a run of ${template}`, [
    ...faultsOf(folder, options),
    ...given.faults,
    ...twice,
    ...parameterFaults(resolve(folder), parameters)
  ]);

  const path = join(folder, basename(template));
  refuseExisting(folder, path);

  const origin = originOf(template);
  const run: RunInfo = {
    id: `${options.release}-${options.env}-${randomBytes(3).toString('hex')}`,
    runbook: origin.path,
    commit: origin.commit,
    release: options.release,
    environment: options.env,
    mode: modeOf(folder, options),
    createdAt: new Date().toISOString(),
    createdBy: currentPerson(dirname(resolve(template))),
    parameters
  };
  const cells = withParameters(notebook.cells, run.parameters);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, notebookText(freshCopyOf({ ...notebook, cells }, run)), {
    flag: 'wx'
  });

  if (origin.isChanged) {
    console.error(`Note: ${template} has changes that are not committed, so the run records no commit.`);
  }
  console.log(options.json ? JSON.stringify({ path: resolve(path), run }) : shownPath(path));
  return EXIT.passed;
}

function faultsOf(folder: string, options: NewOptions): string[] {
  const faults: string[] = [];
  for (const [option, value] of [
    ['--release', options.release],
    ['--env', options.env]
  ] as const) {
    if (!NAME.test(value)) {
      faults.push(
        `${option} is "${value}": expected 1 to 64 letters, digits and . _ + -, beginning with a letter or digit`
      );
    }
  }
  if (options.mode !== undefined && !MODES.includes(options.mode as RunMode)) {
    faults.push(
      `--mode is "${options.mode}": expected ${MODES.join(', ')}.${didYouMean(options.mode, MODES)}`
    );
  }
  const known = environmentNames(resolve(folder));
  if (known === null) {
    faults.push(
      `there is no launchbook.yml in ${folder} or above it in its git repository, so --env "${options.env}" is unknown`
    );
  } else if (!known.names.includes(options.env)) {
    const list = known.names.length > 0 ? known.names.join(', ') : 'none';
    faults.push(
      `--env is "${options.env}": ${shownPath(known.file)} has ${list}.${didYouMean(options.env, known.names)}`
    );
  }
  return faults;
}

/** What runs outside of production prepares for it, unless the person says otherwise. */
function modeOf(folder: string, options: NewOptions): RunMode {
  const isProduction = environmentNames(resolve(folder))?.production.includes(options.env) ?? false;
  return (options.mode as RunMode | undefined) ?? (isProduction ? 'live' : 'rehearsal');
}

function refuseExisting(folder: string, path: string): void {
  const journal = path.replace(/\.ipynb$/, '.journal.jsonl');
  const existing = [path, journal].find(file => existsSync(file));
  if (existing) {
    const hint = `A run is never overwritten. Choose another folder with --out, for example ${folder}-2.`;
    throw new UsageError(`Making a run in ${folder}: ${existing} exists already`, hint);
  }
}

function currentPerson(folder: string): Person {
  const { username } = userInfo();
  return { username, name: committerName(folder) ?? username, grade: 'claimed' };
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
