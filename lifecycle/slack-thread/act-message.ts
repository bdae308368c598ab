// The message of an act: who did what and why, in the words that archive and report have for it.
import type { JournalRecord, RecordKind } from '../../contract/journal/journal.js';
import { formatUtc } from '../../contract/base/format.js';
import { isPending } from '../../contract/holds/pending.js';
import type { RunState } from '../../contract/state/state.js';
import { STATUS_WORDS } from '../../contract/state/status-words.js';
import { describeAct, type ActFacts } from '../facts/acts/act-facts.js';
import { awaitedBy } from '../status/waits.js';
import { awaitedOf, seatOf } from './hold-message.js';
import type { Mentioned, ThreadMessage, ThreadWriter } from './thread-writer.js';

/** Told although they were planned: somebody waits for it, or is asked by it. */
const TOLD: ReadonlySet<RecordKind> = new Set([
  'approval-decided',
  'approval-reminded',
  'approval-escalated',
  'wheel-asked',
  'wheel-offered'
]);

/** True for what was not planned, and for what others wait for. */
export function isToldInThread(record: JournalRecord, act: ActFacts): boolean {
  const isHandOver = record.kind === 'driver-changed' && record.how === 'handed-over';
  return act.isDeviation || TOLD.has(record.kind) || isHandOver;
}

/** `before` is the state in which it was done, `state` the one now. */
export function actMessage(
  act: ActFacts,
  record: JournalRecord,
  before: Pick<RunState, 'driver'>,
  state: RunState,
  writer: ThreadWriter
): Omit<ThreadMessage, 'key'> {
  const asked = askedBy(record, before, state);
  const words = record.kind === 'approval-reminded' ? reminder(record.approval, state) : sentenceOf(act);
  const step = act.steps[0] ?? asked?.step ?? null;
  const calls = asked ? writer.mentions(asked.people) : '';
  const link = asked || act.steps.length > 0 ? writer.link(step) : '';
  return {
    text: `${glyphOf(record)} ${writer.text(words)}${calls}${link}`,
    ...(asked?.isOver && { isOver: true })
  };
}

/** Who is asked for something, and whether that is over. */
interface Asked {
  readonly people: readonly Mentioned[];
  readonly step: string | null;
  readonly isOver: boolean;
}

function askedBy(record: JournalRecord, before: Pick<RunState, 'driver'>, state: RunState): Asked | null {
  switch (record.kind) {
    case 'approval-reminded':
    case 'approval-escalated': {
      const approval = state.approvals[record.approval];
      if (!approval) {
        return null;
      }
      const people =
        record.kind === 'approval-reminded'
          ? awaitedOf(approval)
          : record.to.map(name => seatOf(approval, name));
      return { people, step: approval.step, isOver: !isPending(approval) };
    }
    case 'task-handed-over': {
      const { tasks = [], step = null } = state.taskLists[record.board] ?? {};
      const task = tasks.find(({ id }) => id === record.task);
      const { name, members } = task?.deputy ?? { name: '', members: null };
      return { people: [{ name, ...(members && { members }) }], step, isOver: task?.status === 'done' };
    }
    case 'wheel-asked': {
      const { driver } = before;
      const people = driver ? [{ name: driver.person.username }] : [];
      return { people, step: null, isOver: state.wheel?.id !== record.wheel };
    }
    case 'wheel-offered':
      return {
        people: [{ name: record.to.username }],
        step: null,
        isOver: state.offer?.id !== record.wheel
      };
    default:
      return null;
  }
}

/** Of an event a sentence; of an act it begins with the name, which stays as it is. */
function sentenceOf(act: ActFacts): string {
  const words = describeAct(act);
  return act.by === null ? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}` : words;
}

function reminder(id: string, { approvals }: RunState): string {
  const approval = approvals[id];
  return approval
    ? `Reminder: “${approval.name}” waits for ${awaitedBy(approval, approval.changedAt)} since ${formatUtc(approval.requestedAt)}`
    : 'Reminder';
}

function glyphOf(record: JournalRecord): string {
  switch (record.kind) {
    case 'approval-decided':
      return STATUS_WORDS[record.decision.decision === 'approved' ? 'passed' : 'rejected'].glyph;
    case 'approval-reminded':
    case 'approval-escalated':
      return STATUS_WORDS.waiting.glyph;
    case 'rolled-back':
    case 'undoing-started':
      return STATUS_WORDS.stale.glyph;
    case 'undoing-stopped':
      return STATUS_WORDS.failed.glyph;
    case 'step-skipped':
      return STATUS_WORDS.skipped.glyph;
    default:
      return '•';
  }
}
