// What the records of a run are on a terminal: one line each for what a person wants to follow, nothing for the rest.
import { describeDecider } from '../../contract/holds/decision-proves.js';
import { statusWords } from '../../contract/state/status-words.js';
import { formatCount, formatDuration } from '../../contract/base/format.js';
import type { JournalRecord, RecordKind } from '../../contract/journal/journal.js';
import { phaseOfStep, type Outline, type PhaseOutline } from '../../contract/notebook/outline.js';
import type { PhaseStatus } from '../../contract/base/run.js';
import { isHeld, type RunState } from '../../contract/state/state.js';

type Lines = {
  readonly [K in RecordKind]?: (record: Extract<JournalRecord, { kind: K }>, state: RunState) => string;
};

/** The line of a record, or null; a remark on the step that runs is indented. `state` is that after the record. */
export function lineOfRecord(record: JournalRecord, state: RunState): string | null {
  return LINES[record.kind]?.(record as never, state) ?? null;
}

/** Title of a step as the outline has it, else its id. */
export function titleOf(outline: Outline, step: string): string {
  return stepsOf(phaseOfStep(outline, step)).find(({ id }) => id === step)?.title ?? step;
}

const LINES: Lines = {
  'attempt-started': ({ step, attempt }, { outline }) =>
    `${statusWords('running').glyph} ${titleOf(outline, step)}${attempt > 1 ? ` (attempt ${attempt})` : ''}`,
  'attempt-ended': ({ step, outcome, durationMs, error = null }, { outline }) => {
    const isWaiting = isHeld({ outcome, error });
    const status: PhaseStatus = isWaiting ? 'waiting' : outcome;
    const word = outcome === 'passed' ? '' : `${isWaiting ? 'held' : outcome} after `;
    return `${statusWords(status).glyph} ${titleOf(outline, step)}  ${word}${formatDuration(durationMs)}`;
  },
  'resume-started': ({ steps }) => `Bringing back the variables of ${formatCount(steps.length, 'step')}`,
  checkpoint: ({ name }) => `  checkpoint “${name}”`,
  'approval-decided': ({ approval, decision: decided }, { approvals }) =>
    `  “${approvals[approval]?.name ?? approval}” ${decided.decision} by ${describeDecider(decided)}${decided.comment ? `: ${decided.comment}` : ''}`,
  'phase-admitted': ({ title, receipt: { environment, run } }) =>
    `“${title}” rests on its rehearsal in ${environment} (${run})`,
  'phase-released': ({ title, by, reason }) =>
    `“${title}” released against the policy by ${by.name} (${by.grade}): ${reason}`,
  'executor-replaced': () => 'The process that ran the cells has ended; its variables are gone.'
};

function stepsOf(phase: PhaseOutline | undefined): PhaseOutline['steps'] {
  return phase?.steps ?? [];
}
