// What `launchbook resume` and `launchbook rollback` look at before a kernel is started: is it a run, and does it have what is named.
import { didYouMean } from '../../contract/did-you-mean.js';
import { outlineOf, type Outline } from '../../contract/outline.js';
import { readRun, type RunFiles } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { refuseFaults, type Fault } from '../refused-error.js';
import { phaseFaults } from './prepare-run.js';

/** The names in a request; each may be a title or an id. */
export interface ResumeNames {
  /** The last phase that is executed. */
  readonly until?: string | undefined;
  /** The first step that is undone. */
  readonly step?: string | undefined;
  /** The first step that is run again, anew. */
  readonly discard?: string | undefined;
  /** Ids of effects that are judged. @default none */
  readonly effects?: readonly string[];
}

/**
 * Checks the names that a run is resumed or rolled back with.
 *
 * @param path - The notebook of a run.
 * @param doing - What is being done, for example `Resuming release.ipynb`.
 * @throws RefusedError with every fault: no such file, no run, an unknown phase, step or effect. Nothing has been changed then.
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
  const outline = outlineOf(files.notebook.cells);
  refuseFaults('run.refused', doing, [
    ...phaseFaults(outline, names.until),
    ...stepFaults(outline, 'step', names.step),
    ...discardFaults(outline, files, names.discard),
    ...(names.effects ?? []).flatMap(effect => effectFaults(files, effect))
  ]);
}

function stepFaults(outline: Outline, field: string, name: string | undefined): Fault[] {
  const steps = outline.phases.flatMap(phase => phase.steps);
  if (name === undefined || steps.some(({ id, title }) => id === name || title === name)) {
    return [];
  }
  const known = steps.flatMap(({ id, title }) => [title, id]);
  const titles = steps.map(({ title }) => `“${title}”`).join(', ') || 'none';
  return [{ field, text: `is "${name}": the run has the steps ${titles}.${didYouMean(name, known)}` }];
}

function discardFaults(outline: Outline, { state }: RunFiles, name: string | undefined): Fault[] {
  const faults = stepFaults(outline, 'discard', name);
  const steps = outline.phases.flatMap(phase => phase.steps);
  const step = steps.find(({ id }) => id === name) ?? steps.find(({ title }) => title === name);
  return step === undefined || state.steps[step.id] !== undefined
    ? faults
    : [{ field: 'discard', text: `is "${name}": the step has not run yet, so there is nothing to discard` }];
}

function effectFaults({ state }: RunFiles, effect: string): Fault[] {
  if (state.openEffects[effect] !== undefined) {
    return [];
  }
  const open = Object.keys(state.openEffects);
  const list =
    open.length > 0 ? `without an end are ${open.join(', ')}` : 'every effect of the run has its end';
  return [{ field: 'judge', text: `names "${effect}": ${list}.${didYouMean(effect, open)}` }];
}
