// What `launchbook resume` and `launchbook rollback` look at before a kernel is started: is it a run, and does it have what is named.
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { stepNamed, type Outline } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { refuseArchived } from '../notebook/refuse-archived.js';
import { refuseFaults, type Fault } from '../refused-error.js';
import { phaseFaults } from './prepare-run.js';

/** The names in a request; each may be a title or an id. */
export interface ResumeNames {
  /** The last phase that is executed. */
  readonly until?: string | undefined;
  /** The first step that is undone. */
  readonly step?: string | undefined;
  /** The checkpoint to which the run goes back. */
  readonly checkpoint?: string | undefined;
  /** The first step that is run again from the start. */
  readonly discard?: string | undefined;
  /** The failed step that goes on where it ended. */
  readonly continued?: string | undefined;
  /** True: nothing is changed, so that an archived run may be looked at, or it is reopened first. @default false */
  readonly mayBeArchived?: boolean;
  /** Ids of effects that are judged. @default none */
  readonly effects?: readonly string[];
}

/**
 * Checks the names that a run is resumed or rolled back with.
 *
 * @param path - The notebook of a run.
 * @param doing - What is being done, for example `Resuming release.ipynb`.
 * @throws RefusedError with every fault: no such file, no run, an archived run, an unknown phase, step, checkpoint or effect. Nothing has been changed then.
 * @throws LaunchbookError `journal.broken` when its journal was changed.
 * @example
 * checkResume('runs/2.4.0-staging/release.ipynb', 'Resuming …', { until: 'Deplo' })
 * // RefusedError: the until is "Deplo": the run has the phases Prepare, Deploy. Did you mean 'Deploy'?
 */
export function checkResume(path: string, doing: string, names: ResumeNames): void {
  const files = readRun(path);
  if (files.run === null) {
    refuseNoRun('run.none', doing);
  }
  if (names.mayBeArchived !== true) {
    refuseArchived(doing, files.state);
  }
  const outline = readOutline(files.notebook.cells);
  refuseFaults('run.refused', doing, [
    ...phaseFaults(outline, names.until),
    ...stepFaults(outline, 'step', names.step),
    ...stepFaults(outline, 'continue', names.continued),
    ...checkpointFaults(files, names.checkpoint),
    ...discardFaults(outline, files, names.discard),
    ...(names.effects ?? []).flatMap(effect => effectFaults(files, effect))
  ]);
}

function stepFaults(outline: Outline, field: string, name: string | undefined): Fault[] {
  if (name === undefined || stepNamed(outline, name)) {
    return [];
  }
  const steps = outline.phases.flatMap(phase => phase.steps);
  const known = steps.flatMap(({ id, title }) => [title, id]);
  const titles = steps.map(({ title }) => `“${title}”`).join(', ') || 'none';
  return [{ field, text: `is "${name}": the run has the steps ${titles}.${didYouMean(name, known)}` }];
}

function checkpointFaults({ state }: RunFiles, name: string | undefined): Fault[] {
  const known = [...new Set(state.checkpoints.map(checkpoint => checkpoint.name))];
  if (name === undefined || known.includes(name)) {
    return [];
  }
  const names = known.map(each => `“${each}”`).join(', ') || 'none';
  return [
    {
      field: 'checkpoint',
      text: `is "${name}": the run has reached the checkpoints ${names}.${didYouMean(name, known)}`
    }
  ];
}

function discardFaults(outline: Outline, { state }: RunFiles, name: string | undefined): Fault[] {
  const faults = stepFaults(outline, 'discard', name);
  const step = name === undefined ? undefined : stepNamed(outline, name);
  return step === undefined || state.steps[step.id] !== undefined
    ? faults
    : [{ field: 'discard', text: `is "${name}": the step has not run yet, so there is nothing to discard` }];
}

function effectFaults({ state }: RunFiles, effect: string): Fault[] {
  const open = Object.keys({ ...state.openEffects, ...state.cutOffEffects });
  if (open.includes(effect)) {
    return [];
  }
  const list =
    open.length > 0 ? `without an end are ${open.join(', ')}` : 'every effect of the run has its end';
  return [{ field: 'judge', text: `names "${effect}": ${list}.${didYouMean(effect, open)}` }];
}
