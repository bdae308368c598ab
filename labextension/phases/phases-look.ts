// What the phases panel shows, as plain data: the run in one line, how far it is, who is awaited, each phase with its steps.
import { formatCount, formatDuration, formatUtcClock } from '../../contract/format.js';
import type { Outline } from '../../contract/outline.js';
import { describePerson } from '../../contract/person.js';
import { summarizePhases, waitingSince, type PhaseSummary } from '../../contract/phase-status.js';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import type { PhaseStatus, RunInfo, RunMode } from '../../contract/run.js';
import type { AttemptState, RunState } from '../../contract/state.js';
import type { HoldState } from '../approval/hold-state.js';
import { remarkLook } from '../resume/remark-look.js';
import { needsResume } from '../resume/resume-look.js';
import { wordOf } from '../status-look.js';
import { bothClocks } from '../time-text.js';
import type { StateSource } from '../tokens.js';
import type { Words } from '../words.js';
import { expectedRest } from './expected-end.js';
import { runActionsOf, type ActionLook } from './phase-actions.js';
import {
  phaseRehearsalLook,
  runRehearsalText,
  stepRehearsalLook,
  type RehearsalLook
} from './rehearsal-look.js';
import { askedAt, waitingIn, waitingText } from './waiting-look.js';

/** One line of the tree. */
export interface RowLook {
  readonly id: string;
  readonly title: string;
  readonly status: PhaseStatus;
  /** `passed`, or `waiting for Ann`. */
  readonly word: string;
  /** `2/3 · 12.3 s`, `since 07:50:03 UTC`, or what locks it. */
  readonly detail: string;
  readonly tooltip: string;
  /** How it was rehearsed, in sentences, or ''. */
  readonly about: string;
  /** True for a phase that the policy locks until it has been rehearsed. */
  readonly isUnrehearsed: boolean;
  /** True for a step that asks people: it cannot be skipped. */
  readonly isHold: boolean;
  /** True while undo steps run: nothing else may begin, so nothing is offered. */
  readonly isUndoing: boolean;
  /** True for the row of the active cell: the step's, or its phase's while that is folded. */
  readonly isCurrent: boolean;
}

export interface PhaseLook extends RowLook {
  /** Whether its steps are shown, or null when it has none. */
  readonly isOpen: boolean | null;
  /** Only while it is open: nobody sees the others. */
  readonly steps: readonly RowLook[];
}

export interface PhasesLook {
  /** Why there is nothing to show and what to do, or null when there is something. */
  readonly empty: { readonly title: string; readonly text: string } | null;
  readonly title: string;
  /** `2.4.0 · staging · rehearsal` as single words. */
  readonly tags: readonly {
    readonly text: string;
    readonly kind: 'release' | 'environment' | RunMode | 'scratch';
  }[];
  readonly driver: string;
  readonly note: string;
  readonly passedSteps: number;
  readonly totalSteps: number;
  readonly progress: string;
  /** How much work is left and when it ends, as far as that can be known. */
  readonly rest: string;
  /** The newest rehearsal of a run that needs one. */
  readonly rehearsal: string;
  /** Hold points, checklists, and boards that a cell gathers. */
  readonly waiting: readonly HoldState[];
  readonly phases: readonly PhaseLook[];
  /** The buttons of the head. */
  readonly actions: readonly ActionLook[];
  /** True while something runs, so that the elapsed times grow. */
  readonly isMoving: boolean;
}

/** What the panel knows; `notebook` is null when none is open. */
export interface PhasesInput {
  readonly notebook: {
    readonly name: string;
    readonly run: RunInfo | null;
    readonly outline: Outline;
    readonly state: RunState;
    readonly source: StateSource;
    /** What the kernel knows of rehearsals; absent or empty where none is asked for or shown. */
    readonly rehearsals?: readonly PhaseRehearsal[];
  } | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Phases that the person opened or folded, by id; the others follow their status. */
  readonly chosen?: ReadonlyMap<string, boolean>;
  /** Id of the active cell. */
  readonly activeCell?: string | undefined;
  /** How long a step took in an earlier run, in milliseconds. */
  readonly earlierMs?: (step: string) => number | null;
}

/** A phase is open on its own while something in it needs eyes. */
const INTERESTING: ReadonlySet<PhaseStatus> = new Set([
  'running',
  'waiting',
  'failed',
  'rejected',
  'inconclusive',
  'stale'
]);

/** The look of the panel. */
export function phasesLook(input: PhasesInput, words: Words): PhasesLook {
  const { notebook, now, chosen, activeCell } = input;
  if (!notebook) {
    return emptyLook(
      words.__('No notebook is open'),
      words.__('Open a run to see its phases, where each stands and who is awaited.')
    );
  }
  const { run, outline, state, source, name } = notebook;
  if (outline.phases.length === 0) {
    return emptyLook(words.__('No phases yet'), whatPhasesAre(words));
  }
  const summaries = summarizePhases(state, outline);
  const totalSteps = summaries.reduce((sum, phase) => sum + phase.steps.length, 0);
  const passedSteps = summaries.reduce((sum, phase) => sum + phase.passedSteps, 0);
  const skippedSteps = summaries.reduce((sum, phase) => sum + phase.skippedSteps, 0);
  const rehearsals = new Map(notebook.rehearsals?.map(rehearsal => [rehearsal.phase, rehearsal]));
  const elapsed = summaries.map(phase => elapsedOf(phase, state, now));
  const elapsedMs = elapsed.reduce((sum, ms) => sum + ms, 0);
  const isUndoing = state.undoing?.error === null;
  const holdSteps = holdStepsOf(outline);
  return {
    empty: null,
    title: outline.title || name,
    tags: tagsOf(run, words),
    driver: driverOf(state, run, words),
    note: noteOf(run, source, outline, words),
    passedSteps,
    totalSteps,
    progress: [
      words.__('%1 of %2 passed', passedSteps - skippedSteps, formatCount(totalSteps, 'step')),
      ...(skippedSteps > 0 ? [words.__('%1 skipped', skippedSteps)] : []),
      ...(elapsedMs > 0 ? [elapsedText(elapsedMs)] : [])
    ].join(' · '),
    rest: isUndoing
      ? words.__('Undo steps run; see the bar above the notebook.')
      : restText(input, summaries.some(isStopped), words),
    rehearsal: runRehearsalText(notebook.rehearsals ?? [], now, words),
    waiting: summaries.flatMap(waitingIn),
    phases: summaries.map((phase, index) => {
      const isOpen = chosen?.get(phase.id) ?? INTERESTING.has(phase.status);
      const hasCurrent = phase.steps.some(step => step.id === activeCell);
      return {
        ...phaseRow(
          phase,
          elapsed[index] ?? 0,
          phaseRehearsalLook(
            phase.status,
            rehearsals.get(phase.id),
            state.admissions?.[phase.id],
            now,
            words
          ),
          now,
          words
        ),
        isUndoing,
        isCurrent: phase.id === activeCell || (hasCurrent && !isOpen),
        isOpen: phase.steps.length > 0 ? isOpen : null,
        steps: isOpen
          ? phase.steps.map(step => ({
              ...stepRow(step, { state, outline, holdSteps }, rehearsals.get(phase.id), now, words),
              isUndoing,
              isCurrent: step.id === activeCell
            }))
          : []
      };
    }),
    actions: runActionsOf(
      {
        statuses: summaries.flatMap(phase => phase.steps.map(step => step.status)),
        needsResume: source === 'kernel' && needsResume(state),
        hasCheckpoint: source === 'kernel' && !isUndoing && state.checkpoints.length > 0
      },
      words
    ),
    isMoving: summaries.some(phase => phase.steps.some(step => MOVING.has(step.status)))
  };
}

/** Somebody has to do something before it goes on. */
function isStopped(phase: PhaseSummary): boolean {
  return phase.steps.some(step => STOPPED.has(step.status));
}

const STOPPED: ReadonlySet<PhaseStatus> = new Set(['failed', 'rejected', 'inconclusive']);

/** The phase of code cells that stand before the first heading. */
const START_PHASE = 'start';

const MOVING: ReadonlySet<PhaseStatus> = new Set(['running', 'waiting']);

function emptyLook(title: string, text: string): PhasesLook {
  return {
    empty: { title, text },
    title: '',
    tags: [],
    driver: '',
    note: '',
    passedSteps: 0,
    totalSteps: 0,
    progress: '',
    rest: '',
    rehearsal: '',
    waiting: [],
    phases: [],
    actions: [],
    isMoving: false
  };
}

function tagsOf(run: RunInfo | null, words: Words): PhasesLook['tags'] {
  return run
    ? [
        { text: run.release, kind: 'release' },
        { text: run.environment, kind: 'environment' },
        { text: run.mode, kind: run.mode }
      ]
    : [{ text: words.__('scratch'), kind: 'scratch' }];
}

/** Of a live run who drives it, of another one who ran the last attempt. */
function driverOf(state: RunState, run: RunInfo | null, words: Words): string {
  if (run?.mode === 'live' && state.driver) {
    return words.__('Driver: %1', describePerson(state.driver.person));
  }
  let last: AttemptState | undefined;
  for (const step of Object.values(state.steps)) {
    const newest = step.attempts.at(-1);
    if (newest && (!last || newest.startedAt > last.startedAt)) {
      last = newest;
    }
  }
  return last ? words.__('Last run by %1', describePerson(last.by)) : '';
}

function noteOf(run: RunInfo | null, source: StateSource, outline: Outline, words: Words): string {
  if (!run) {
    const isPlain = outline.phases.every(phase => phase.id === START_PHASE);
    return isPlain
      ? `${words.__('A scratch notebook: good for trying things.')} ${whatPhasesAre(words)}`
      : words.__('A scratch notebook: good for trying things. Make a run of it for a release.');
  }
  if (source === 'none') {
    return words.__('No journal was found. This comes from the timestamps kept in the notebook.');
  }
  return source === 'kernel' ? '' : words.__('No kernel is connected. This is how the run stood last.');
}

function whatPhasesAre(words: Words): string {
  return words.__('A phase is a heading of level 2, for example “## Deploy”, and the code cells under it.');
}

type Row = Omit<RowLook, 'isCurrent' | 'isUndoing'>;

function phaseRow(
  phase: PhaseSummary,
  elapsedMs: number,
  rehearsal: RehearsalLook,
  now: number,
  words: Words
): Row {
  const holds = waitingIn(phase);
  const [hold] = holds;
  const count = `${phase.passedSteps - phase.skippedSteps}/${phase.steps.length}`;
  const skipped = phase.skippedSteps > 0 ? [words.__('%1 skipped', phase.skippedSteps)] : [];
  const parts = [count, ...skipped, ...(elapsedMs > 0 ? [elapsedText(elapsedMs)] : []), rehearsal.detail];
  const progress = parts.filter(Boolean).join(' · ');
  const status = rehearsal.isLocked && phase.status === 'not-started' ? 'locked' : phase.status;
  return {
    id: phase.id,
    title: phase.title,
    status,
    word: hold ? waitingText(holds, now, words) : wordOf(status, words),
    detail: hold
      ? words.__('since %1 UTC', formatUtcClock(askedAt(hold)))
      : rehearsal.isLocked && status === 'locked'
        ? rehearsal.detail
        : lockText(phase, words) || progress,
    about: rehearsal.about,
    isUnrehearsed: rehearsal.isLocked,
    isHold: false,
    tooltip: holds.map(each => words.__('Asked %1', bothClocks(askedAt(each)))).join('\n')
  };
}

function stepRow(
  step: PhaseSummary['steps'][number],
  {
    state,
    outline,
    holdSteps
  }: { readonly state: RunState; readonly outline: Outline; readonly holdSteps: ReadonlySet<string> },
  phase: PhaseRehearsal | undefined,
  now: number,
  words: Words
): Row {
  const known = state.steps[step.id];
  const attempts = known?.attempts ?? [];
  const last = attempts.at(-1);
  const elapsedMs = last ? (tookMs(last) ?? now - Date.parse(last.startedAt)) : 0;
  const rehearsal = stepRehearsalLook(step.id, step.status, phase, now, words);
  const waiting = step.status === 'waiting' ? waitingSince(state, step.id) : null;
  const attempt = attempts.length > 1 ? words.__('attempt %1', attempts.length) : '';
  return {
    id: step.id,
    title: step.title,
    status: step.status,
    word: wordOf(step.status, words),
    detail: [
      known?.skipped?.reason ?? '',
      last && !known?.skipped
        ? last.endedAt === null
          ? elapsedText(waiting === null ? elapsedMs : now - Date.parse(waiting))
          : formatDuration(elapsedMs)
        : '',
      attempt,
      rehearsal.detail
    ]
      .filter(Boolean)
      .join(' · '),
    about: rehearsal.about,
    isUnrehearsed: false,
    isHold: holdSteps.has(step.id) || (known?.holds.length ?? 0) > 0,
    tooltip: remarkLook(known, state, outline, words)?.text ?? last?.error?.message ?? ''
  };
}

/** An attempt that died has an end, and no duration of its own. */
function tookMs({ durationMs, startedAt, endedAt }: AttemptState): number | null {
  return durationMs ?? (endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt));
}

/** Found once for all rows: a long run has a thousand. */
function holdStepsOf(outline: Outline): ReadonlySet<string> {
  return new Set(
    outline.phases.flatMap(({ steps }) => steps.filter(({ holds }) => holds.length > 0).map(({ id }) => id))
  );
}

function lockText(phase: PhaseSummary, words: Words): string {
  return phase.status === 'locked' && phase.lock ? words.__('until “%1”', phase.lock.hold) : '';
}

/** An end is told only while the run goes on: somebody will pass the time on. */
function restText({ notebook, now, earlierMs }: PhasesInput, isStopped: boolean, words: Words): string {
  const rest = notebook && expectedRest(notebook.state, notebook.outline, now, earlierMs);
  if (!rest || rest.leftMs < 1000) {
    return '';
  }
  const left = isStopped
    ? words.__('About %1 of work left', elapsedText(rest.leftMs))
    : words.__(
        'About %1 of work left, until %2 UTC without waiting for people',
        elapsedText(rest.leftMs),
        formatUtcClock(new Date(now + rest.leftMs).toISOString()).slice(0, 5)
      );
  return rest.guessedSteps > 0
    ? `${left} (${words.__('%1 estimated', formatCount(rest.guessedSteps, 'step'))})`
    : left;
}

/** The recorded time of the phase, and that of what runs now. */
function elapsedOf(phase: PhaseSummary, state: RunState, now: number): number {
  let ms = phase.elapsedMs;
  for (const step of phase.steps) {
    const last = MOVING.has(step.status) ? state.steps[step.id]?.attempts.at(-1) : undefined;
    if (last && last.durationMs === null && last.endedAt === null) {
      ms += Math.max(0, now - Date.parse(last.startedAt));
    }
  }
  return ms;
}

/** Whole seconds, because it moves once a second. */
function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return ms < 1000 ? '< 1 s' : seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}
