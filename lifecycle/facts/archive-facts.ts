// What happened in a run, gathered once from its notebook and journal. Summary, picture, report and status only write it down, so that
// they cannot disagree.
import type { Person } from '../../contract/base/person.js';
import type { RunInfo } from '../../contract/base/run.js';
import type { PolicyState } from '../../contract/holds/policy.js';
import type { BrokenGlass } from '../../contract/rehearsal/admission.js';
import type { Receipt } from '../../contract/rehearsal/receipt.js';
import { outlineChanges } from '../../contract/notebook/outline-changes.js';
import { brokenGlassesOf } from '../../contract/state/broken-glass.js';
import { elapsedOf, type PhaseSummary } from '../../contract/state/phase-status.js';
import type { SkipState, StaleState } from '../../contract/state/state.js';
import type { RunFiles } from '../notebook/read-run.js';
import type { ActFacts } from './acts/act-facts.js';
import { actsOf } from './acts/acts-of.js';
import { StepTitles } from './acts/step-titles.js';
import { allAttempts, type AttemptFacts } from './attempts.js';
import { deviationsOf } from './deviations.js';
import { driverPeriods, type DriverPeriod } from './drivers.js';
import type { EarlierRun } from './earlier-runs.js';
import { editedSteps, goneSteps } from './edited-steps.js';
import { holdsOf, tasksOf, type ApprovalFacts, type ChecklistFacts, type TaskFacts } from './holds.js';
import { lastDoneAt, unusedKernels } from './unused-kernels.js';
import { comparableRuns, plannedMs, plannedStepMs } from './planned-time.js';
import { outcomeOf, type RunOutcome } from '../../contract/state/run-outcome.js';
import { toldPhases } from '../../contract/state/told-status.js';

/** A step with its executions. */
export type StepFacts = PhaseSummary['steps'][number] & {
  readonly attempts: readonly AttemptFacts[];
  /** What its attempts took together, in milliseconds. */
  readonly elapsedMs: number;
  /** What it should have taken, in milliseconds; null when nobody said and no earlier run tells. */
  readonly plannedMs: number | null;
  /** Who left it out, and why; null when nobody did. */
  readonly skipped: SkipState | null;
  /** Why it does not count any more; null when it does. */
  readonly stale: StaleState | null;
};

/** A phase. */
export interface PhaseFacts extends PhaseSummary {
  readonly steps: readonly StepFacts[];
  /** What it should have taken, in milliseconds; null when nobody said and no earlier run tells. */
  readonly plannedMs: number | null;
  /** The rehearsal by which it was admitted; null when it asked for none, or none was needed. */
  readonly receipt: Receipt | null;
}

/** Plain data. Times are ISO 8601 UTC; lists are in the order of time, unless they say otherwise. */
export interface ArchiveFacts {
  readonly run: RunInfo | null;
  /** The notebook's title, or its file name. */
  readonly title: string;
  readonly outcome: RunOutcome;
  /** When the first record was written; null when nothing has run yet. */
  readonly startedAt: string | null;
  /** When the last record was written that is no mere look: who opens the run later does not make it longer. */
  readonly lastAt: string | null;
  /** How many records the journal has. */
  readonly records: number;
  /** In the order of the notebook. */
  readonly phases: readonly PhaseFacts[];
  readonly attempts: readonly AttemptFacts[];
  /** Everybody who executed a step, in the order of their first one. */
  readonly people: readonly Person[];
  /** Who drove when; none in a run that anybody may execute. */
  readonly drivers: readonly DriverPeriod[];
  /** Everything that people did beside running steps. */
  readonly acts: readonly ActFacts[];
  /** What happened beside that without an act of a person. */
  readonly events: readonly ActFacts[];
  readonly holds: readonly (ApprovalFacts | ChecklistFacts)[];
  readonly tasks: readonly TaskFacts[];
  readonly brokenGlasses: readonly BrokenGlass[];
  readonly policyChanges: PolicyState['changes'];
  /** The last act of rolling back, when steps are stale by one; null when none is. */
  readonly rolledBack: ActFacts | null;
  /** Ids of steps that were edited after they ran. */
  readonly edited: readonly string[];
  /** What did not go as planned, one sentence each. */
  readonly deviations: readonly string[];
}

/** Gathers the facts; `earlier` are other runs of the same runbook, `objections` what its decisions do not carry (`runObjections`). */
export function archiveFacts(
  files: RunFiles,
  earlier: readonly EarlierRun[],
  objections: readonly string[] = []
): ArchiveFacts {
  const { run, state, outline, records, notebook } = files;
  const names = new StepTitles(records, outline);
  const comparable = comparableRuns(earlier, run?.environment, state.openedAt);
  const attempts = allAttempts(state, names);
  const byStep = Map.groupBy(attempts, ({ step }) => step);
  const phases = toldPhases(state, outline).map((phase, index): PhaseFacts => {
    const steps = phase.steps.map((step): StepFacts => {
      const { skipped = null, stale = null } = state.steps[step.id] ?? {};
      return {
        ...step,
        attempts: byStep.get(step.id) ?? [],
        elapsedMs: elapsedOf(state.steps[step.id]),
        plannedMs: plannedStepMs(notebook.cells, phase.id, step.id, comparable),
        skipped,
        stale
      };
    });
    return {
      ...phase,
      steps,
      plannedMs: plannedMs(notebook.cells, outline.phases[index]!, comparable),
      receipt: state.admissions[phase.id]?.receipt ?? null
    };
  });
  const told = actsOf(records, names);
  const unused = unusedKernels(records);
  const edited = editedSteps(notebook.cells, state);
  const tasks = tasksOf(state);
  const isRolledBack = phases.some(({ steps }) =>
    steps.some(({ stale }) => stale && WAYS_BACK.has(stale.because))
  );
  return {
    run,
    title: outline.title || state.notebook,
    outcome: outcomeOf(phases),
    startedAt: state.openedAt,
    lastAt: lastDoneAt(records) ?? state.lastAt,
    records: state.seq,
    phases,
    attempts,
    people: [...Map.groupBy(attempts, ({ by }) => by.username).values()].map(([first]) => first!.by),
    drivers: driverPeriods(records),
    ...told,
    events: told.events.filter(({ seq }) => !unused.has(seq)),
    holds: holdsOf(state),
    tasks,
    brokenGlasses: brokenGlassesOf(state),
    policyChanges: state.policy?.changes ?? [],
    rolledBack: (isRolledBack && told.acts.findLast(({ kind }) => WAYS_BACK.has(kind))) || null,
    edited,
    deviations: [
      ...objections,
      ...deviationsOf({
        ...told,
        run,
        attempts,
        edited,
        gone: goneSteps(notebook.cells, attempts),
        changes: outlineChanges(state.outlineAtStart ?? state.outline, state.outline),
        tasks,
        names,
        order: phases.flatMap(({ steps }) => steps.map(({ id }) => id))
      })
    ]
  };
}

/** Why a step is stale, and the kind of the record that tells it. */
const WAYS_BACK: ReadonlySet<string> = new Set(['rolled-back', 'rewound']);
