// A state under construction, and what the rules of every area do to a step.
import type { JournalRecord, RecordKind } from '../journal/journal.js';
import { pendingHolds } from '../holds/pending.js';
import type { StepStatus } from '../base/run.js';
import type { AttemptState, RunState } from '../state/state.js';

/** Only its owner may hold it. */
export type Draft = {
  -readonly [K in keyof RunState]: RunState[K] extends { readonly [key: string]: infer V }
    ? { [key: string]: V }
    : RunState[K];
};

/** A record of the kind. */
export type Of<K extends RecordKind> = Extract<JournalRecord, { kind: K }>;

/** One rule for each of the kinds. */
export type RulesOf<K extends RecordKind> = { [Kind in K]: (draft: Draft, record: Of<Kind>) => void };

/** Gives a known step another status and other attempts. */
export function updateStep(
  draft: Draft,
  id: string,
  status: StepStatus,
  change: (attempts: readonly AttemptState[]) => readonly AttemptState[]
): void {
  const step = draft.steps[id];
  if (step) {
    draft.steps[id] = { ...step, status, attempts: change(step.attempts) };
  }
}

/** The step waits for people. One that has ended stays as it ended, whatever a callback of its cell asks afterwards. */
export function waitFor(draft: Draft, id: string, hold: string): void {
  const step = draft.steps[id];
  if (step) {
    const holds = step.holds.includes(hold) ? step.holds : [...step.holds, hold];
    const status = step.status === 'running' ? 'waiting' : step.status;
    draft.steps[id] = { ...step, status, holds };
  }
}

/** A step whose last open hold is settled runs again; it waits on while another one is pending. */
export function resumeStep(draft: Draft, id: string): void {
  const step = draft.steps[id];
  if (step?.status === 'waiting' && pendingHolds(draft, step.holds).length === 0) {
    draft.steps[id] = { ...step, status: 'running' };
  }
}
