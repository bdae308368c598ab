// Which records of a run a person should hear about, and in what words. Only new records come here, so nothing is repeated
// after a reload.
import { formatDuration } from '../../contract/format.js';
import type { JournalRecord } from '../../contract/journal.js';
import { phaseOfStep, type Outline } from '../../contract/outline.js';
import { summarizePhases } from '../../contract/phase-status.js';
import type { RunState } from '../../contract/state.js';
import type { Words } from '../words.js';

export type NoticeKind = 'waiting' | 'failed' | 'long' | 'finished' | 'kernel-died';

/** One thing to tell. `tag` is the same for the same kind in the same run, so that a newer one replaces the older. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** The cell to go to, or null. */
  readonly cell: string | null;
  /** The hold that waits, or null. */
  readonly hold: string | null;
}

/** Which kinds are wanted; `longerThanMs` is the threshold of `long`. */
export interface NoticeSettings {
  readonly waiting: boolean;
  readonly failed: boolean;
  readonly long: boolean;
  readonly finished: boolean;
  readonly kernelDied: boolean;
  readonly longerThanMs: number;
}

/** What is known when a record comes. `state` has the record in it already. */
export interface NoticeContext {
  readonly state: RunState;
  readonly outline: Outline;
  /** The notebook's name, for reading. */
  readonly notebook: string;
  readonly settings: NoticeSettings;
  readonly words: Words;
}

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
    default:
      return null;
  }
}

/** The notice for a cell of a kernel that keeps no journal. */
export function noticeOfCell(
  cell: {
    readonly id: string;
    readonly title: string;
    readonly error: string | null;
    readonly durationMs: number;
  },
  context: NoticeContext
): Notice | null {
  const { settings, words } = context;
  if (cell.error !== null) {
    return settings.failed
      ? make('failed', words.__('Failed: %1', cell.title), cell.error, cell.id, null, context)
      : null;
  }
  return settings.long && cell.durationMs >= settings.longerThanMs
    ? longNotice(cell.id, cell.title, cell.durationMs, context)
    : null;
}

/** The notice for a kernel that died. */
export function noticeOfDeath(isRestarting: boolean, context: NoticeContext): Notice | null {
  const { settings, words } = context;
  const body = isRestarting
    ? words.__('It is starting again. What was running has no known end.')
    : words.__('What was running has no known end.');
  return settings.kernelDied
    ? make('kernel-died', words.__('The kernel died'), body, null, null, context)
    : null;
}

function waitingNotice(
  hold: string,
  name: string,
  body: string,
  step: string,
  context: NoticeContext
): Notice | null {
  return context.settings.waiting
    ? make('waiting', context.words.__('Waiting for you: %1', name), body, step, hold, context)
    : null;
}

function endNotice(
  record: Extract<JournalRecord, { kind: 'attempt-ended' }>,
  context: NoticeContext
): Notice | null {
  const { settings, state, outline, words } = context;
  const title = stepTitle(outline, record.step);
  if (record.outcome === 'rejected') {
    return settings.failed
      ? make(
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
      ? make(
          'failed',
          words.__('Failed: %1', title),
          firstLine(record.error?.message ?? ''),
          record.step,
          null,
          context
        )
      : null;
  }
  if (record.outcome !== 'passed') {
    return null;
  }
  const phases = summarizePhases(state, outline);
  if (settings.finished && phases.length > 0 && phases.every(phase => phase.status === 'passed')) {
    const elapsedMs = phases.reduce((sum, phase) => sum + phase.elapsedMs, 0);
    return make(
      'finished',
      words.__('All phases passed'),
      words.__('The run took %1 of work.', formatDuration(elapsedMs)),
      record.step,
      null,
      context
    );
  }
  // A step that waited for people is long by nature, and they have been told already.
  const waited = Object.values({ ...state.approvals, ...state.checklists }).some(
    hold => hold.step === record.step && hold.attempt === record.attempt
  );
  return settings.long && !waited && record.durationMs >= settings.longerThanMs
    ? longNotice(record.step, title, record.durationMs, context)
    : null;
}

function longNotice(cell: string, title: string, durationMs: number, context: NoticeContext): Notice {
  return make(
    'long',
    context.words.__('Done: %1', title),
    context.words.__('It took %1.', formatDuration(durationMs)),
    cell,
    null,
    context
  );
}

function make(
  kind: NoticeKind,
  title: string,
  text: string,
  cell: string | null,
  hold: string | null,
  context: NoticeContext
): Notice {
  const { state, notebook } = context;
  const body = [text, state.run ? `${state.run.release} · ${state.run.environment}` : notebook]
    .filter(Boolean)
    .join('\n');
  return { kind, title, body, tag: `launchbook:${state.run?.id ?? notebook}:${kind}`, cell, hold };
}

function stepTitle(outline: Outline, step: string): string {
  const phase = phaseOfStep(outline, step);
  const found = phase?.steps.find(candidate => candidate.id === step);
  return found && phase ? `${phase.title} › ${found.title}` : step;
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 200) ?? '';
}
