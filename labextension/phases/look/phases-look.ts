// What the phases panel shows, as plain data: the run in one line, how far it is, who is awaited, each phase with its steps.
import { formatCount, formatUtc, formatUtcNear } from '../../../contract/base/format.js';
import { describePerson } from '../../../contract/base/person.js';
import type { PhaseStatus, RunInfo, RunMode } from '../../../contract/base/run.js';
import { START_PHASE, type Outline } from '../../../contract/notebook/outline.js';
import type { PhaseRehearsal } from '../../../contract/rehearsal/phase-rehearsal.js';
import { summarizePhases, type PhaseSummary } from '../../../contract/state/phase-status.js';
import { toldAs } from '../../../contract/state/told-status.js';
import type { ArchivedState, AttemptState, RunState } from '../../../contract/state/state.js';
import type { HoldState, Viewer } from '../../../contract/holds/pending.js';
import { viewerOf } from '../../approval/approval-look.js';
import { STOPPED } from '../../page/status-look.js';
import type { Words } from '../../page/words.js';
import { needsResume } from '../../resume/resume-look.js';
import type { ActState, StateSource } from '../../tokens.js';
import { expectedEnds, expectedRest } from './expected-end.js';
import { nextText } from './next-text.js';
import { runEndLook, type RunEndLook } from './run-end-look.js';
import { runActionsOf, type ActionLook } from './phase-actions.js';
import { phaseRehearsalLook, runRehearsalText } from './rehearsal-text.js';
import { elapsedText, holdStepsOf, phaseRow, stepRow, type RowLook, type RowText } from './tree-row-text.js';

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
  /** Passed or left out. */
  readonly doneSteps: number;
  readonly totalSteps: number;
  readonly progress: string;
  /** What comes next, for whoever reads it; or ''. */
  readonly next: string;
  /** How much work is left and when it ends, as far as that can be known. */
  readonly rest: string;
  /** The newest rehearsal of a run that needs one. */
  readonly rehearsal: string;
  /** Hold points, checklists, and task lists that a cell gathers. */
  readonly waiting: readonly HoldState[];
  readonly phases: readonly PhaseLook[];
  /** The buttons of the head. */
  readonly actions: readonly ActionLook[];
  /** What comes after the last step, or null. */
  readonly end: RunEndLook | null;
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
    /** Why the kernel that is attached does not keep this run. */
    readonly refusal?: string | null;
    /** Who reads it. Absent: nobody knows. */
    readonly viewer?: Viewer;
  } | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Phases that the person opened or folded, by id; the others follow their status. */
  readonly chosen?: ReadonlyMap<string, boolean>;
  /** Id of the active cell. */
  readonly activeCell?: string | undefined;
  /** How long a step took in an earlier run, in milliseconds. */
  readonly earlierMs?: (step: string) => number | null;
  /** How an act on the whole run goes that this page began; null: it has not begun it. */
  readonly progressOf?: (command: string) => ActState | null;
}

/** A phase is unfolded by itself while something in it needs attention. */
const INTERESTING: ReadonlySet<PhaseStatus> = new Set([
  'begun',
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
      words.__('Open a run to see its phases, how far each one is and whom it waits for.')
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
  const isArchived = state.archived !== undefined;
  const viewer = notebook.viewer ?? viewerOf(null);
  const offers = isUndoing || isArchived ? 'nothing' : watches(run, viewer) ? 'plans' : 'everything';
  const holdSteps = holdStepsOf(outline);
  const told = toldAs(state, summaries);
  const isMoving = summaries.some(phase => phase.steps.some(step => MOVING.has(step.status)));
  const isStopped = summaries.some(hasStopped);
  const ends =
    isUndoing || isArchived || isStopped ? NO_ENDS : expectedEnds(state, outline, now, input.earlierMs);
  return {
    empty: null,
    title: outline.title || name,
    tags: tagsOf(run, words),
    driver: driverOf(state, run, words),
    note: state.archived ? archivedNote(state.archived, words) : noteOf(notebook, words),
    doneSteps: passedSteps + skippedSteps,
    totalSteps,
    progress: [
      words.__('%1 of %2 passed', passedSteps, formatCount(totalSteps, 'step')),
      ...(skippedSteps > 0 ? [words.__('%1 skipped', skippedSteps)] : []),
      ...(elapsedMs > 0 ? [elapsedText(elapsedMs)] : [])
    ].join(' · '),
    next:
      run === null || source === 'none' || isUndoing || isArchived
        ? ''
        : nextText(told, { state, viewer, isWatching: watches(run, viewer), isMoving, now }, words),
    rest: isUndoing
      ? words.__('Undo steps are running; see the bar above the notebook.')
      : isArchived
        ? ''
        : restText(input, isStopped, words),
    rehearsal: runRehearsalText(notebook.rehearsals ?? [], now, words),
    waiting: summaries.flatMap(({ waiting }) => waiting),
    phases: told.map((phase, index) => {
      const before = summaries[index]!;
      const isOpen = chosen?.get(phase.id) ?? INTERESTING.has(phase.status);
      const hasCurrent = phase.steps.some(step => step.id === activeCell);
      const row = withEnd(
        phaseRow(
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
          viewer,
          words,
          run !== null
        ),
        ends.get(phase.id),
        now,
        words
      );
      return {
        ...row,
        acts: actsOf(before.status, phase.status, row.status),
        offers,
        isCurrent: phase.id === activeCell || (hasCurrent && !isOpen),
        isOpen: phase.steps.length > 0 ? isOpen : null,
        steps: isOpen
          ? phase.steps.map((step, place) => ({
              ...stepRow(step, { state, outline, holdSteps }, rehearsals.get(phase.id), now, words),
              acts: actsOf(before.steps[place]!.status, step.status),
              offers,
              isCurrent: step.id === activeCell
            }))
          : []
      };
    }),
    actions: runActionsOf(
      {
        statuses: summaries.flatMap(phase => phase.steps.map(step => step.status)),
        needsResume: source === 'kernel' && !watches(run, viewer) && needsResume(state),
        canRollBack: source === 'kernel' && offers !== 'nothing' && hasWayBack(state),
        canMakeRun: isArchived || (run === null && source === 'kernel' && !isPlain(outline))
      },
      words
    ),
    end:
      run === null || source === 'none'
        ? null
        : runEndLook(summaries, isArchived, input.progressOf ?? (() => null), words),
    isMoving
  };
}

/** A step that ended while nobody had decided is told to wait, and is asked again as after a rejection. */
function actsOf(status: PhaseStatus, told: PhaseStatus, shown = told): PhaseStatus {
  return status === told ? shown : 'rejected';
}

/** Somebody else drives. */
function watches(run: RunInfo | null, { you, driver }: Viewer): boolean {
  return run?.mode === 'live' && driver !== null && you !== null && you.username !== driver.username;
}

function hasWayBack({ checkpoints, rollbacks }: RunState): boolean {
  return checkpoints.length > 0 || rollbacks.some(({ status }) => status !== 'passed');
}

/** Somebody has to do something before it goes on. */
function hasStopped(phase: PhaseSummary): boolean {
  return phase.steps.some(step => STOPPED.has(step.status));
}

const NO_ENDS: ReadonlyMap<string, number> = new Map();

/** Those of which it is told when they may end: a locked or waiting one says what it waits for. */
const AHEAD: ReadonlySet<PhaseStatus> = new Set(['not-started', 'begun', 'running']);

/** Until when a phase may take, behind what its row says. Less than a second is not told. */
function withEnd(row: RowText, leftMs: number | undefined, now: number, words: Words): RowText {
  if (leftMs === undefined || leftMs < 1000 || !AHEAD.has(row.status)) {
    return row;
  }
  const until = words.__('until about %1', clockOf(now + leftMs, now));
  return { ...row, detail: [row.detail, until].filter(Boolean).join(' · ') };
}

/** `02:31 UTC`, with its date when that is another day. */
function clockOf(ms: number, now: number): string {
  return formatUtcNear(isoOf(ms), isoOf(now)).replace(/:\d\d UTC$/, ' UTC');
}

const MOVING: ReadonlySet<PhaseStatus> = new Set(['running', 'waiting']);

function emptyLook(title: string, text: string): PhasesLook {
  return {
    empty: { title, text },
    title: '',
    tags: [],
    driver: '',
    note: '',
    doneSteps: 0,
    totalSteps: 0,
    progress: '',
    next: '',
    rest: '',
    rehearsal: '',
    waiting: [],
    phases: [],
    actions: [],
    end: null,
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

/** The driver of a live run; in another run the person who ran the last attempt. */
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

function archivedNote({ at }: ArchivedState, words: Words): string {
  return words.__(
    'Archived at %1. An archived run is read-only; make a new run of its runbook.',
    formatUtc(at)
  );
}

function noteOf(
  { run, source, outline, refusal }: NonNullable<PhasesInput['notebook']>,
  words: Words
): string {
  if (refusal) {
    return refusal;
  }
  if (!run) {
    return isPlain(outline)
      ? `${words.__('A scratch notebook: good for trying things.')} ${whatPhasesAre(words)}`
      : words.__('A scratch notebook: good for trying things. Make a run of it for a release.');
  }
  if (source === 'none') {
    return words.__('No journal was found. This comes from the timestamps kept in the notebook.');
  }
  const isUnknown = outline.phases.some(({ steps }) => steps.some(step => step.isUnknown));
  return [
    source === 'kernel' ? '' : words.__('No kernel is connected. This is the last known state of the run.'),
    isUnknown ? words.__('Hold points are unknown until the kernel has read the cells.') : ''
  ]
    .filter(Boolean)
    .join(' ');
}

/** Without headings. */
function isPlain({ phases }: Outline): boolean {
  return phases.every(phase => phase.id === START_PHASE);
}

function whatPhasesAre(words: Words): string {
  return words.__('A phase is a heading of level 2, for example “## Deploy”, and the code cells under it.');
}

/** The end is shown only while nothing has stopped the run: people will tell others this time. */
function restText({ notebook, now, earlierMs }: PhasesInput, isStopped: boolean, words: Words): string {
  const leftMs = notebook && expectedRest(notebook.state, notebook.outline, now, earlierMs);
  if (leftMs === null || leftMs < 1000) {
    return '';
  }
  return isStopped
    ? words.__('About %1 of work left', elapsedText(leftMs))
    : words.__(
        'About %1 of work left, until %2 without waiting for people',
        elapsedText(leftMs),
        clockOf(now + leftMs, now)
      );
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
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
