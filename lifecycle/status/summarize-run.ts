// The quick summary of a run for people who do not open its notebook. A pure function of journal, earlier runs and the time,
// so that the same journal always gives the same summary, byte for byte.
import { isPhaseDone, isUnneeded, type PhaseSummary } from '../../contract/state/phase-status.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { formatUtc } from '../../contract/base/format.js';
import { describeLock } from '../../contract/rehearsal/rehearsal-text.js';
import { describePerson } from '../../contract/base/person.js';
import type { PhaseStatus, RunInfo } from '../../contract/base/run.js';
import type { UndoingState } from '../../contract/state/state.js';
import { describeAct, type ActFacts } from '../facts/acts/act-facts.js';
import { archiveFacts, type ArchiveFacts } from '../facts/archive-facts.js';
import type { DriverPeriod } from '../facts/drivers.js';
import type { EarlierRun } from '../facts/earlier-runs.js';
import type { RunOutcome } from '../../contract/state/run-outcome.js';
import type { RunFiles } from '../notebook/read-run.js';
import { expectEnd, type ExpectedEnd } from './expected-end.js';
import { whyStopped } from './why-stopped.js';
import { judgeHealth, type Health, type HealthFacts } from './health.js';
import { findSilence, type Silence } from './silence.js';
import { waitsOf, type Wait } from './waits.js';

/** What a summary is made of. */
export interface SummaryInput {
  readonly files: Omit<RunFiles, 'records' | 'journalText'> &
    Partial<Pick<RunFiles, 'records' | 'journalText'>>;
  /** What happened in it. @default told from its records */
  readonly facts?: ArchiveFacts;
  /** Why its journal does not tell its state; null when it does. @default null */
  readonly lost?: string | null;
  /** The notebook when the process that held its journal is dead; null when it lives or nobody knows. @default null */
  readonly abandoned?: string | null;
  readonly earlier: readonly EarlierRun[];
  /** What is known of rehearsals; absent or empty where none is asked for or shown. */
  readonly rehearsals?: readonly PhaseRehearsal[];
  /** What its decisions do not carry, from `runObjections`. @default nothing */
  readonly objections?: readonly string[];
  /** The time it is told for, ISO 8601 UTC. */
  readonly now: string;
}

/** One line a phase. */
export interface PhaseLine {
  readonly title: string;
  readonly status: PhaseStatus;
  /** Without those that were skipped. */
  readonly passedSteps: number;
  readonly skippedSteps: number;
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
  /** Who drove when. */
  readonly drivers: readonly DriverPeriod[];
  /** Everything that people did beside running steps, oldest first. */
  readonly acts: readonly ActFacts[];
  readonly waiting: readonly Wait[];
  /** The step that comes next or runs, with its phase; null at the end. */
  readonly next: { readonly step: string; readonly phase: string; readonly status: PhaseStatus } | null;
  /** Null at the end, and when no earlier run says anything. */
  readonly expectedEnd: ExpectedEnd | null;
  readonly silence: Silence | null;
  readonly startedAt: string | null;
  readonly lastAt: string | null;
  readonly records: number;
  /** When it was archived, ISO 8601 UTC; null when it was not. */
  readonly archivedAt: string | null;
  readonly isTorn: boolean;
  readonly phases: readonly PhaseLine[];
}

/** Sums up a run as it stands at `now`. */
export function summarizeRun(input: SummaryInput): RunSummary {
  const { files, earlier, now, abandoned = null, lost = null, rehearsals = [], objections = [] } = input;
  const { state, outline } = files;
  const { run, title, outcome, phases, startedAt, lastAt, records, drivers, acts, ...facts } =
    input.facts ?? archiveFacts({ journalText: '', records: [], ...files }, earlier);
  const isTorn = files.torn !== null;
  const nowMs = Date.parse(now);
  // Nobody is waited for and nothing is expected of a run whose record has ended.
  const { archived } = state;
  const waiting = archived ? [] : waitsOf(phases, now);
  const silence = archived ? null : findSilence(state, earlier, nowMs);
  const expectedEnd = archived ? null : expectEnd(state, outline, earlier, nowMs);
  const health = judgeHealth({
    phases,
    whyStopped: step => whyStopped(state, step),
    lost,
    waiting,
    silence,
    abandoned: archived ? null : abandoned,
    isTorn,
    breakGlass: breakGlassOf(facts.brokenGlasses),
    unrehearsed: firstUnrehearsed(phases, rehearsals),
    weakened: weakenedOf(facts.policyChanges),
    unsound: objections[0] ?? null,
    recovery: archived ? null : state.recovery,
    archived: archived ? formatUtc(archived.at) : null,
    undoing: state.undoing && undoingOf(state.undoing),
    rolledBack: facts.rolledBack && describeAct(facts.rolledBack),
    hasBegun: Object.keys(state.steps).length > 0
  });
  return {
    run,
    title,
    now,
    outcome: lost === null ? outcome : 'inconclusive',
    health,
    driver: state.driver && state.driver.person.name,
    drivers,
    acts,
    phase: currentPhase(phases),
    waiting,
    next: archived ? null : nextStep(phases),
    expectedEnd,
    silence,
    startedAt,
    lastAt,
    records,
    archivedAt: archived?.at ?? null,
    isTorn,
    phases: phases.map(phase => ({
      title: phase.title,
      status: statusOf(phase, rehearsals),
      passedSteps: phase.passedSteps,
      skippedSteps: phase.skippedSteps,
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
  const open = phases.filter(phase => !isPhaseDone(phase));
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

/** A rollback that goes on or has stopped, for reading. */
export function undoingOf({ by, reason, error }: UndoingState): HealthFacts['undoing'] {
  return { text: `${describePerson(by)} rolls back: ${reason}`, stopped: error && error.message };
}

/** The first release against the policy, for reading; null when there was none. */
export function breakGlassOf([glass]: ArchiveFacts['brokenGlasses']): string | null {
  return glass ? `“${glass.name}” by ${describePerson(glass.by)}: ${glass.reason}` : null;
}

/** Rules that became weaker during the run, for reading; null when none did. */
export function weakenedOf(changes: ArchiveFacts['policyChanges']): string | null {
  const weaker = changes.flatMap(change => change.weaker);
  return weaker.length > 0 ? weaker.join(' ').replace(/\.$/, '') : null;
}

function currentPhase(phases: readonly PhaseSummary[]): RunSummary['phase'] {
  const index = phases.findIndex(phase => !isPhaseDone(phase) && phase.steps.length > 0);
  const phase = phases[index];
  return phase ? { number: index + 1, count: phases.length, title: phase.title, status: phase.status } : null;
}

function nextStep(phases: readonly PhaseSummary[]): RunSummary['next'] {
  for (const phase of phases) {
    const step = phase.steps.find(
      each => each.status !== 'passed' && each.status !== 'skipped' && !isUnneeded(each)
    );
    if (step) {
      return { step: step.title, phase: phase.title, status: step.status };
    }
  }
  return null;
}
