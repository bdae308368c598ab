// Which records of a run a person should hear about, and in what words. Only new records come here, so nothing is repeated
// after a reload.
import { formatDuration } from '../../contract/format.js';
import type { JournalRecord } from '../../contract/journal.js';
import { phaseOfStep, rollbackOfStep, type Outline } from '../../contract/outline.js';
import { summarizePhases } from '../../contract/phase-status.js';
import { waitsForViewer } from '../approval/approval-look.js';
import { longNotice } from './cell-notices.js';
import { makeNotice, type Notice, type NoticeContext } from './notice.js';

/** The notice for a record, or null when nobody needs to hear of it. */
export function noticeOf(record: JournalRecord, context: NoticeContext): Notice | null {
  switch (record.kind) {
    case 'approval-requested':
      return waitingNotice(record.approval, record.name, record.request.question, record.step, context);
    case 'checklist-requested':
      return waitingNotice(
        record.checklist,
        record.name,
        context.words.__('A checklist waits for you.'),
        record.step,
        context
      );
    case 'attempt-ended':
      return endNotice(record, context);
    case 'rolled-back':
      return rolledBackNotice(record, context);
    default:
      return null;
  }
}

function waitingNotice(
  hold: string,
  name: string,
  body: string,
  step: string,
  context: NoticeContext
): Notice | null {
  const { settings, words, state, you } = context;
  const approval = state.approvals[hold];
  const isForYou =
    !approval || waitsForViewer(approval, { you, driver: state.driver?.person.username ?? null });
  const title = isForYou
    ? words.__('Waiting for you: %1', name)
    : words.__('Waiting for somebody else: %1', name);
  return settings.waiting ? makeNotice('waiting', title, body, step, hold, context) : null;
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
    return settings.failed
      ? makeNotice(
          'failed',
          words.__('Rejected: %1', title),
          words.__('The run stopped at this hold point.'),
          record.step,
          null,
          context
        )
      : null;
  }
  if (record.outcome === 'failed') {
    return settings.failed
      ? makeNotice(
          'failed',
          words.__('Failed: %1', title),
          firstLine(record.error?.message ?? ''),
          record.step,
          null,
          context
        )
      : null;
  }
  // Of a rollback a person hears when all of it is done.
  if (record.outcome !== 'passed' || undo !== null) {
    return null;
  }
  const done = doneNotice(record, context);
  if (done) {
    return done;
  }
  // A step that waited for people is long by nature, and they have been told already.
  const waited = Object.values({ ...state.approvals, ...state.checklists }).some(
    hold => hold.step === record.step && hold.attempt === record.attempt
  );
  return settings.long && !waited && record.durationMs >= settings.longerThanMs
    ? longNotice(record.step, title, record.durationMs, context)
    : null;
}

function rolledBackNotice(
  record: Extract<JournalRecord, { kind: 'rolled-back' }>,
  context: NoticeContext
): Notice | null {
  const { settings, outline, words } = context;
  const { step, reason } = record;
  const title =
    step === null
      ? words.__('Everything is rolled back')
      : words.__('Rolled back to before %1', stepTitle(outline, step));
  return settings.finished ? makeNotice('finished', title, reason, step, null, context) : null;
}

/** The last step of a phase, or of the run. */
function doneNotice(
  record: Extract<JournalRecord, { kind: 'attempt-ended' }>,
  context: NoticeContext
): Notice | null {
  const { settings, state, outline, words } = context;
  const phases = summarizePhases(state, outline);
  if (settings.finished && phases.length > 0 && phases.every(phase => phase.status === 'passed')) {
    const elapsedMs = phases.reduce((sum, phase) => sum + phase.elapsedMs, 0);
    const text = words.__('The run took %1 of work.', formatDuration(elapsedMs));
    return makeNotice('finished', words.__('All phases passed'), text, record.step, null, context);
  }
  const phase = phases.find(candidate => candidate.steps.some(step => step.id === record.step));
  return settings.phase && phase?.status === 'passed'
    ? makeNotice(
        'phase',
        words.__('Phase passed: %1', phase.title),
        words.__('It took %1 of work.', formatDuration(phase.elapsedMs)),
        record.step,
        null,
        context
      )
    : null;
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
