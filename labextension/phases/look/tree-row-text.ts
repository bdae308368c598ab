// What a row of the tree of phases and steps says, as plain data.
import { askedAt, type Viewer } from '../../../contract/holds/pending.js';
import { formatDuration } from '../../../contract/base/format.js';
import type { PhaseStatus } from '../../../contract/base/run.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import type { PhaseRehearsal } from '../../../contract/rehearsal/phase-rehearsal.js';
import { waitingSince, type PhaseSummary } from '../../../contract/state/phase-status.js';
import type { AttemptState, RunState } from '../../../contract/state/state.js';
import { wordOf } from '../../page/status-look.js';
import { bothClocks, utcNear } from '../../page/time-text.js';
import type { Words } from '../../page/words.js';
import { remarkLook } from '../../resume/remark-look.js';
import { stepRehearsalLook, type RehearsalLook } from './rehearsal-text.js';
import { waitingText } from '../../approval/awaited-text.js';

/** One row of the tree. */
export interface RowLook {
  readonly id: string;
  readonly title: string;
  readonly status: PhaseStatus;
  /** The status whose actions are offered. */
  readonly acts: PhaseStatus;
  /** `passed`, or `waiting for Ann`. */
  readonly word: string;
  /** `2/3 · 12.3 s`, `since 07:50:03 UTC`, or what locks it. */
  readonly detail: string;
  readonly tooltip: string;
  /** How it was rehearsed, in sentences, or ''. */
  readonly about: string;
  /** True for a phase that the policy locks until it has been rehearsed. */
  readonly isUnrehearsed: boolean;
  /** True for a step that asks people, and for one that may: it cannot be skipped. */
  readonly isHold: boolean;
  /**
   * `nothing` while nothing may begin: undo steps run, or the run is archived. `plans` to somebody who watches a live run: the kernel
   * refuses the rest.
   */
  readonly offers: 'everything' | 'plans' | 'nothing';
  /** True for the row of the active cell: the step's, or its phase's while that is folded. */
  readonly isCurrent: boolean;
}

/** What a row says by itself; the panel knows the rest. */
export type RowText = Omit<RowLook, 'isCurrent' | 'offers' | 'acts'>;

/** The row of a phase. */
export function phaseRow(
  phase: PhaseSummary,
  elapsedMs: number,
  rehearsal: RehearsalLook,
  now: number,
  viewer: Viewer,
  words: Words,
  isRun = true
): RowText {
  const holds = phase.waiting;
  const [hold] = holds;
  const count = `${phase.passedSteps}/${phase.steps.length}`;
  const skipped = phase.skippedSteps > 0 ? [words.__('%1 skipped', phase.skippedSteps)] : [];
  const parts = [count, ...skipped, ...(elapsedMs > 0 ? [elapsedText(elapsedMs)] : []), rehearsal.detail];
  const progress = parts.filter(Boolean).join(' · ');
  const status = rehearsal.isLocked && phase.status === 'not-started' ? 'locked' : phase.status;
  return {
    id: phase.id,
    title: phase.title,
    status,
    word: hold ? waitingText(holds, viewer, new Date(now).toISOString(), words) : wordOf(status, words),
    detail: hold
      ? words.__('since %1', utcNear(askedAt(hold), now))
      : rehearsal.isLocked && status === 'locked'
        ? rehearsal.detail
        : lockText(phase, words, isRun) || progress,
    about: rehearsal.about,
    isUnrehearsed: rehearsal.isLocked,
    isHold: false,
    tooltip: holds.map(each => words.__('Asked %1', bothClocks(askedAt(each)))).join('\n')
  };
}

/** The row of a step. */
export function stepRow(
  step: PhaseSummary['steps'][number],
  {
    state,
    outline,
    holdSteps
  }: { readonly state: RunState; readonly outline: Outline; readonly holdSteps: ReadonlySet<string> },
  phase: PhaseRehearsal | undefined,
  now: number,
  words: Words
): RowText {
  const known = state.steps[step.id];
  const rehearsal = stepRehearsalLook(step.id, step.status, phase, now, words);
  const row = {
    id: step.id,
    title: step.title,
    status: step.status,
    word: wordOf(step.status, words),
    about: rehearsal.about,
    isUnrehearsed: false
  };
  if (!known) {
    return { ...row, detail: rehearsal.detail, isHold: holdSteps.has(step.id), tooltip: '' };
  }
  const last = known.attempts.at(-1);
  const waiting = step.status === 'waiting' ? waitingSince(state, step.id) : null;
  const parts = [
    known.skipped ? known.skipped.reason : last ? tookText(last, waiting, now) : '',
    known.attempts.length > 1 ? words.__('attempt %1', known.attempts.length) : '',
    rehearsal.detail
  ];
  return {
    ...row,
    detail: parts.filter(Boolean).join(' · '),
    isHold: holdSteps.has(step.id) || known.holds.length > 0,
    tooltip: remarkLook(known, state, outline, words, now)?.text ?? last?.error?.message ?? ''
  };
}

/** How long the attempt took, or has taken so far; how long it has waited where it waits since `waiting`. */
function tookText(last: AttemptState, waiting: string | null, now: number): string {
  return last.endedAt === null
    ? elapsedText(
        waiting === null ? (tookMs(last) ?? now - Date.parse(last.startedAt)) : now - Date.parse(waiting)
      )
    : formatDuration(tookMs(last) ?? 0);
}

/** An attempt whose process died has an end and no recorded duration. */
function tookMs({ durationMs, startedAt, endedAt }: AttemptState): number | null {
  return durationMs ?? (endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt));
}

/** Steps that ask people, and those of which nobody has said yet whether they do. Found once for all rows: a long run has a thousand. */
export function holdStepsOf(outline: Outline): ReadonlySet<string> {
  return new Set(
    outline.phases.flatMap(({ steps }) =>
      steps.filter(({ holds, isUnknown }) => holds.length > 0 || isUnknown).map(({ id }) => id)
    )
  );
}

function lockText(phase: PhaseSummary, words: Words, isRun: boolean): string {
  if (isRun && phase.status === 'not-started' && phase.isLockUnknown) {
    return words.__('lock unknown');
  }
  return phase.status === 'locked' && phase.lock ? words.__('until “%1”', phase.lock.hold) : '';
}

/** Whole seconds, because it moves once a second. */
export function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return ms < 1000 ? '< 1 s' : seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}
