// The quick summary of a run for people who do not open its notebook. A pure function of journal, earlier runs and the time,
// so that the same journal always gives the same summary, byte for byte.
import type { Outline } from '../../contract/outline.js';
import { summarizePhases, type PhaseSummary } from '../../contract/phase-status.js';
import { brokenGlassesOf } from '../../contract/rehearsal/admission.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { describeLock } from '../../contract/rehearsal/rehearsal-text.js';
import type { PhaseStatus, RunInfo } from '../../contract/run.js';
import type { RunState } from '../../contract/state.js';
import { expectEnd, type ExpectedEnd } from './expected-end.js';
import type { EarlierRun } from './earlier-runs.js';
import { withHeldSteps } from './held-steps.js';
import { judgeHealth, type Health, type HealthFacts } from './health.js';
import { outcomeOf, type RunOutcome } from './run-outcome.js';
import { findSilence, type Silence } from './silence.js';
import { waitsOf, type Wait } from './waits.js';

/** What a summary is made of. */
export interface SummaryInput {
  readonly run: RunInfo | null;
  readonly state: RunState;
  readonly outline: Outline;
  readonly isTorn: boolean;
  /** The notebook when the process that held its journal is dead; null when it lives or nobody knows. @default null */
  readonly abandoned?: string | null;
  readonly earlier: readonly EarlierRun[];
  /** What is known of rehearsals; absent or empty where none is asked for or shown. */
  readonly rehearsals?: readonly PhaseRehearsal[];
  /** The time it is told for, ISO 8601 UTC. */
  readonly now: string;
}

/** One line a phase. */
export interface PhaseLine {
  readonly title: string;
  readonly status: PhaseStatus;
  readonly passedSteps: number;
  readonly steps: number;
  readonly elapsedMs: number;
  /** The hold point that locks it, or null. */
  readonly lockedBy: string | null;
  /** Its rehearsal; null when nothing is known or shown. */
  readonly rehearsal: PhaseRehearsal | null;
}

/** Where a run stands. Plain data; every format is written from it alone. */
export interface RunSummary {
  readonly run: RunInfo | null;
  /** The notebook's title, or its file name. */
  readonly title: string;
  readonly now: string;
  readonly outcome: RunOutcome;
  readonly health: Health;
  /** The phase that counts now: the first that has not passed; null when all have. */
  readonly phase: {
    readonly number: number;
    readonly count: number;
    readonly title: string;
    readonly status: PhaseStatus;
  } | null;
  /** Who drives a live run; null when nobody does. */
  readonly driver: string | null;
  readonly waiting: readonly Wait[];
  /** The step that comes next or runs, with its phase; null at the end. */
  readonly next: { readonly step: string; readonly phase: string; readonly status: PhaseStatus } | null;
  /** Null at the end, and when no earlier run says anything. */
  readonly expectedEnd: ExpectedEnd | null;
  readonly silence: Silence | null;
  readonly startedAt: string | null;
  readonly lastAt: string | null;
  readonly records: number;
  readonly isTorn: boolean;
  readonly phases: readonly PhaseLine[];
}

/** Sums up a run as it stands at `now`. */
export function summarizeRun(input: SummaryInput): RunSummary {
  const { run, state, outline, isTorn, earlier, now, abandoned = null, rehearsals = [] } = input;
  const nowMs = Date.parse(now);
  const phases = withHeldSteps(summarizePhases(state, outline), state);
  const waiting = waitsOf(phases, now);
  const silence = findSilence(state, earlier, nowMs);
  const expectedEnd = expectEnd(state, outline, earlier, nowMs);
  const health = judgeHealth({
    phases,
    waiting,
    silence,
    abandoned,
    isTorn,
    breakGlass: breakGlassOf(state),
    unrehearsed: firstUnrehearsed(phases, rehearsals),
    weakened: weakenedOf(state),
    recovery: state.recovery,
    hasBegun: Object.keys(state.steps).length > 0
  });
  return {
    run,
    title: outline.title || state.notebook,
    now,
    outcome: outcomeOf(phases),
    health,
    driver: state.driver && state.driver.person.name,
    phase: currentPhase(phases),
    waiting,
    next: nextStep(phases),
    expectedEnd,
    silence,
    startedAt: state.openedAt,
    lastAt: state.lastAt,
    records: state.seq,
    isTorn,
    phases: phases.map(phase => ({
      title: phase.title,
      status: statusOf(phase, rehearsals),
      passedSteps: phase.passedSteps,
      steps: phase.steps.length,
      elapsedMs: phase.elapsedMs,
      lockedBy: phase.lock?.hold ?? null,
      rehearsal: rehearsals.find(rehearsal => rehearsal.phase === phase.id) ?? null
    }))
  };
}

/** A phase that the policy locks is locked before it has begun. */
function statusOf(phase: PhaseSummary, rehearsals: readonly PhaseRehearsal[]): PhaseStatus {
  return phase.status === 'not-started' && lockOfPhase(phase, rehearsals) !== null ? 'locked' : phase.status;
}

function firstUnrehearsed(
  phases: readonly PhaseSummary[],
  rehearsals: readonly PhaseRehearsal[]
): HealthFacts['unrehearsed'] {
  const open = phases.filter(({ status }) => status !== 'passed');
  const [first] = open.flatMap(phase => {
    const lock = lockOfPhase(phase, rehearsals);
    return lock === null ? [] : [{ title: phase.title, lock }];
  });
  return first ?? null;
}

/** Why the policy locks the phase, in a few words; null when it does not. */
function lockOfPhase({ id }: PhaseSummary, rehearsals: readonly PhaseRehearsal[]): string | null {
  const found = rehearsals.find(({ phase }) => phase === id);
  return (found && describeLock(found)) || null;
}

/** The first release against the policy, for reading; null when there was none. */
function breakGlassOf(state: RunState): string | null {
  const [glass] = brokenGlassesOf(state);
  return glass ? `“${glass.name}” by ${glass.by.name}, ${glass.reason}` : null;
}

/** What came to hold during the run and asks for less, for reading; null when nothing does. */
function weakenedOf({ policy }: RunState): string | null {
  const weaker = (policy?.changes ?? []).flatMap(change => change.weaker);
  return weaker.length > 0 ? weaker.join(' ').replace(/\.$/, '') : null;
}

function currentPhase(phases: readonly PhaseSummary[]): RunSummary['phase'] {
  const index = phases.findIndex(({ status, steps }) => status !== 'passed' && steps.length > 0);
  const phase = phases[index];
  return phase ? { number: index + 1, count: phases.length, title: phase.title, status: phase.status } : null;
}

function nextStep(phases: readonly PhaseSummary[]): RunSummary['next'] {
  for (const phase of phases) {
    const step = phase.steps.find(({ status }) => status !== 'passed' && status !== 'skipped');
    if (step) {
      return { step: step.title, phase: phase.title, status: step.status };
    }
  }
  return null;
}
