// Which records of a run become a notification, and its text. Only new records come here, so nothing is repeated after a reload.
import { formatDuration } from '../../contract/base/format.js';
import type { JournalRecord } from '../../contract/journal/journal.js';
import { phaseOfStep, rollbackOfStep, type Outline } from '../../contract/notebook/outline.js';
import { holdOf } from '../../contract/holds/pending.js';
import { isPhaseDone, summarizePhases } from '../../contract/state/phase-status.js';
import { longNotice } from './cell-notification-text.js';
import { makeNotice, type Notice, type NoticeContext } from './notice.js';
import {
  assignedNotice,
  escalatedNotice,
  handedOverNotice,
  waitingNotice
} from './waiting-notification-text.js';

/** The notice for a record, or null when there is none. */
export function noticeOf(record: JournalRecord, context: NoticeContext): Notice | null {
  switch (record.kind) {
    case 'approval-requested':
      return waitingNotice(record.approval, context);
    case 'checklist-requested':
      return waitingNotice(record.checklist, context);
    case 'gather-started':
      return waitingNotice(record.board, context);
    case 'approval-escalated':
      return escalatedNotice(record.approval, context);
    case 'tasks-assigned':
      return assignedNotice(record.board, context);
    case 'task-handed-over':
      return handedOverNotice(record.board, record.task, context);
    case 'wheel-asked':
    case 'wheel-offered':
      return waitingNotice(record.wheel, context);
    case 'attempt-ended':
      return endNotice(record, context);
    case 'rolled-back':
      return rolledBackNotice(record, context);
    default:
      return null;
  }
}

function endNotice(
  record: Extract<JournalRecord, { kind: 'attempt-ended' }>,
  context: NoticeContext
): Notice | null {
  const { settings, state, outline, words } = context;
  const undo = rollbackOfStep(record.step);
  const name = undo === null ? undefined : state.rollbacks.find(({ id }) => id === undo)?.name;
  const title = name ?? stepTitle(outline, record.step);
  if (record.outcome === 'rejected') {
    const text = words.__('The run stopped at this hold point.');
    return makeNotice('failed', words.__('Rejected: %1', title), text, record.step, context);
  }
  if (record.outcome === 'failed') {
    const text = firstLine(record.error?.message ?? '');
    return makeNotice('failed', words.__('Failed: %1', title), text, record.step, context);
  }
  // A rollback is reported once, when all of it is done.
  if (record.outcome !== 'passed' || undo !== null) {
    return null;
  }
  const done = doneNotice(record, context);
  if (done) {
    return done;
  }
  // A step that waited for people takes long anyway, and they have been notified already.
  const waited = state.steps[record.step]?.holds.some(id => {
    const hold = holdOf(state, id);
    return hold !== undefined && ('tasks' in hold || hold.attempt === record.attempt);
  });
  return !waited && record.durationMs >= settings.longerThanMs
    ? longNotice(record.step, title, record.durationMs, context)
    : null;
}

function rolledBackNotice(
  record: Extract<JournalRecord, { kind: 'rolled-back' }>,
  context: NoticeContext
): Notice | null {
  const { outline, words } = context;
  const { checkpoint = null, step, reason } = record;
  const title =
    checkpoint !== null
      ? words.__('Rolled back to “%1”', checkpoint)
      : step === null
        ? words.__('Everything is rolled back')
        : words.__('Rolled back to before %1', stepTitle(outline, step));
  return makeNotice('finished', title, reason, step, context);
}

/** The last step of a phase, or of the run. */
function doneNotice(
  record: Extract<JournalRecord, { kind: 'attempt-ended' }>,
  context: NoticeContext
): Notice | null {
  const { settings, state, outline, words } = context;
  const phases = summarizePhases(state, outline);
  if (settings.finished && phases.length > 0 && phases.every(isPhaseDone)) {
    const elapsedMs = phases.reduce((sum, phase) => sum + phase.elapsedMs, 0);
    const text = words.__('The run took %1 of work.', formatDuration(elapsedMs));
    return makeNotice('finished', words.__('All phases passed'), text, record.step, context);
  }
  const phase = phases.find(candidate => candidate.steps.some(step => step.id === record.step));
  if (phase?.status !== 'passed') {
    return null;
  }
  const text = words.__('It took %1 of work.', formatDuration(phase.elapsedMs));
  return makeNotice('phase', words.__('Phase passed: %1', phase.title), text, record.step, context);
}

/** `Preparation › Check`, or the id of a step that the outline does not know. */
export function stepTitle(outline: Outline, step: string): string {
  const phase = phaseOfStep(outline, step);
  const found = phase?.steps.find(candidate => candidate.id === step);
  return found && phase ? `${phase.title} › ${found.title}` : step;
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 200) ?? '';
}
