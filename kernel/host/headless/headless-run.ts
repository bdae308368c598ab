// A run without a front end: the same kernel, gate and journal, driven cell by cell from the notebook file, outputs written back into it.
// Nobody can be asked here, so hold points fail closed unless a signed decision releases them.
import type { JournalRecord } from '../../../contract/journal/journal.js';
import { textOf, type Outline } from '../../../contract/notebook/outline.js';
import type { RecordedOutput } from '../../../contract/notebook/output.js';
import { summarizePhases } from '../../../contract/state/phase-status.js';
import type { ResumePlan } from '../../../contract/plans/resume-plan.js';
import type { PhaseStatus } from '../../../contract/base/run.js';
import { isHeld, lastAttemptOf, type RunState } from '../../../contract/state/state.js';
import { InMemoryTransport } from '../../transport/in-memory.js';
import { makeError } from '../../../run/make-error.js';
import { composeKernel } from '../compose/compose.js';
import { needOpenFiles } from '../process/open-files.js';
import { HeadlessClient, type ExecutedCell, type HeadlessError } from './headless-client.js';
import { writeCellOutputs, writeCellTimes, writeChangedOutputs } from './headless-notebook.js';
import { outcomeOfRefusal } from './outcome-of-refusal.js';
import { NotebookFile } from '../../../run/keeper/notebook-file.js';

/** What a headless run is opened with. */
export interface HeadlessOptions {
  /** Absolute path of the run's notebook. */
  readonly path: string;
  /** A Node 24 for the executor. */
  readonly nodePath: string;
  /** Who drives. */
  readonly username: string;
  /** Why the run begins anew without its journal. @default it does not */
  readonly anew?: string;
  /** Lines for the operator: never output of cells. */
  readonly log: (line: string) => void;
  /** Hears of each record when it is on disk and in the state. */
  readonly onRecord?: (record: JournalRecord, state: RunState) => void;
  /** Hears of what a step shows; the step is null for line commands. */
  readonly onOutput?: (output: RecordedOutput, step: string | null) => void;
  /** Hears of what a step shows or changes when it has ended. */
  readonly onLateOutput?: (output: RecordedOutput) => void;
}

/** How a headless run ended. `held`: it waits for people. */
export interface HeadlessEnd {
  readonly outcome: 'passed' | 'failed' | 'held' | 'rejected' | 'inconclusive';
  /** The step that stopped it; null when it came to its end. */
  readonly step: string | null;
  readonly error: HeadlessError | null;
}

/** A run in this process. */
export interface HeadlessRun {
  readonly state: RunState;
  readonly outline: Outline;
  /** What a resume would do now. */
  plan(): Promise<ResumePlan>;
  /** A line command: `%resume`, `%judge …`. */
  command(line: string): Promise<ExecutedCell>;
  /** Executes one step and writes its outputs into the notebook. */
  execute(step: string): Promise<ExecutedCell>;
  /**
   * Executes the steps that have not passed, in order, up to the end, the first that does not pass, or the end of phase `until`.
   * When `signal` aborts, no further step begins; the running one is for `interrupt`.
   */
  proceed(until?: string, signal?: AbortSignal): Promise<HeadlessEnd>;
  /** Stops the running cell. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a run: takes its journal and starts its kernel. The caller closes it.
 *
 * @throws code `headless.no_run` for a scratch notebook; `journal.locked` when another kernel holds the run.
 * @example
 * const run = await openHeadlessRun({ path, nodePath: findNode(), username: 'ann', log: console.error })
 * await run.command('%resume')
 * const { outcome } = await run.proceed() // 'held'
 * await run.close()
 */
export async function openHeadlessRun(options: HeadlessOptions): Promise<HeadlessRun> {
  const { path, nodePath, username, anew, log, onRecord, onOutput, onLateOutput } = options;
  needOpenFiles();
  const notebook = new NotebookFile(path);
  const fault = notebook.fault();
  if (fault !== null) {
    throw makeError(
      'UnreadableNotebookError',
      'notebook.unreadable',
      `${path} cannot be read, so it is not known which run it is: ${fault}`,
      'Mend the file, or put it back (git checkout).'
    );
  }
  if (notebook.read().run === null) {
    throw makeError(
      'NoRunError',
      'headless.no_run',
      `${path} is not the notebook of a run, so there is no journal to go on from.`,
      'Make a run with launchbook new.'
    );
  }
  const transport = new InMemoryTransport();
  const client = new HeadlessClient(transport, username, onLateOutput);
  const kernel = composeKernel({
    transport,
    notebook,
    toldBy: 'launchbook',
    folder: notebook.folder,
    nodePath,
    historyPath: null,
    onShutdown: () => undefined,
    log
  });
  kernel.run.subscribe(record => onRecord?.(record, kernel.run.state));
  const close = async (): Promise<void> => {
    await kernel.shutdown();
    await kernel.closeJournal();
    try {
      writeChangedOutputs(path, client.changedCells());
    } catch (error) {
      log(`What changed in the outputs since is in the journal alone: ${String(error)}`);
    }
  };
  try {
    if (anew === undefined) {
      await kernel.run.open();
    }
    await kernel.start();
    if (anew !== undefined) {
      await beginAnew(client, anew);
    }
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  const run: HeadlessRun = {
    get state() {
      return kernel.run.state;
    },
    get outline() {
      return notebook.read().outline;
    },
    plan: () => kernel.resumer.plan(),
    command: line => client.execute(line, null, output => onOutput?.(output, null)),
    async execute(step) {
      const cell = notebook.read().cells.find(({ id }) => id === step);
      if (!cell) {
        throw makeError('NoStepError', 'headless.no_step', `${path} has no cell ${step}.`);
      }
      const before = lastAttemptOf(kernel.run.state, step);
      const executed = await client.execute(textOf(cell.source), step, output => onOutput?.(output, step));
      const last = lastAttemptOf(kernel.run.state, step);
      const attempt = last && last.attempt !== before?.attempt ? last : null;
      try {
        writeCellOutputs(path, step, executed, attempt);
        writeChangedOutputs(path, client.changedCells());
      } catch (error) {
        throw notSaved(path, attempt === null ? 'was refused' : `ended (${attempt.outcome})`, error);
      }
      return executed;
    },
    proceed: (until, signal) => proceed(run, path, until, signal),
    interrupt: () => kernel.interrupt(),
    close
  };
  return run;
}

/** The journal has what the step did and showed; the notebook is only its picture. */
function notSaved(path: string, how: string, cause: unknown): Error {
  const { message } = cause as Error;
  return makeError(
    'NotebookWriteError',
    'notebook.not_saved',
    `The step ${how}, and its outputs could not be written into ${path}: ${message}. The journal has them.`,
    'Make room, or make the folder writable, then run launchbook run again: what has passed is not done again.'
  );
}

/** A person says so, as in a cell. */
async function beginAnew(client: HeadlessClient, reason: string): Promise<void> {
  const { error } = await client.execute(`%begin-anew ${reason.replaceAll('\n', ' ')}`, null);
  if (error) {
    throw makeError(error.name, error.code, error.message);
  }
}

async function proceed(
  run: HeadlessRun,
  path: string,
  until: string | undefined,
  signal: AbortSignal | undefined
): Promise<HeadlessEnd> {
  const last = until === undefined ? undefined : phaseNamed(run.outline, until);
  const passed: string[] = [];
  for (const step of run.outline.phases.flatMap(phase => phase.steps.map(({ id }) => id))) {
    const status = statusOf(run, step);
    if (status !== 'passed' && status !== 'skipped') {
      const failed = failedSince(run, path, passed);
      if (failed) {
        return failed;
      }
      if (signal?.aborted) {
        return { outcome: 'held', step, error: STOPPED };
      }
      const before = lastAttemptOf(run.state, step)?.attempt;
      const executed = await run.execute(step);
      if (executed.status !== 'ok') {
        const hasBegun = lastAttemptOf(run.state, step)?.attempt !== before;
        return { outcome: outcomeOf(run.state, step, executed.error, hasBegun), step, error: executed.error };
      }
      passed.push(step);
    }
    if (last && step === last.steps.at(-1)?.id) {
      break;
    }
  }
  return failedSince(run, path, passed) ?? { outcome: 'passed', step: null, error: null };
}

/** The first of these steps that has failed after it had passed. Its times in the notebook follow. */
function failedSince({ state }: HeadlessRun, path: string, steps: readonly string[]): HeadlessEnd | null {
  for (const step of steps) {
    const attempt = lastAttemptOf(state, step);
    if (attempt?.outcome === 'failed') {
      writeCellTimes(path, step, attempt);
      return { outcome: 'failed', step, error: attempt.error };
    }
  }
  return null;
}

/** As people see it: a hold point whose approval was revoked has to be asked again. */
function statusOf({ state, outline }: HeadlessRun, step: string): PhaseStatus | undefined {
  return summarizePhases(state, outline)
    .flatMap(phase => phase.steps)
    .find(({ id }) => id === step)?.status;
}

function phaseNamed(outline: Outline, name: string): Outline['phases'][number] {
  const found = outline.phases.find(({ id, title }) => title === name || id === name);
  if (!found) {
    const known = outline.phases.map(({ title }) => title).join(', ');
    throw makeError(
      'NoPhaseError',
      'headless.no_phase',
      `The run has no phase “${name}”.`,
      `Its phases: ${known || 'none'}.`
    );
  }
  return found;
}

/** How an attempt ended is in the journal; a step that was refused has none. */
function outcomeOf(
  state: RunState,
  step: string,
  error: HeadlessError | null,
  hasBegun: boolean
): HeadlessEnd['outcome'] {
  if (!hasBegun) {
    return outcomeOfRefusal(error?.code ?? '');
  }
  const attempt = lastAttemptOf(state, step);
  return isHeld(attempt) ? 'held' : (attempt?.outcome ?? 'inconclusive');
}

/** A person stopped the run between two steps; nothing is open. */
const STOPPED = {
  name: 'RunStoppedError',
  code: 'run.stopped',
  message: 'The run was stopped before this step began.'
} as const;
