// Is every tick and every report on a task that says so signed? The statement has to be about this list of this run, this item with this
// text, and this act; each counts once.
import type { DecisionSignature } from '../../contract/holds/hold.js';
import type { TaskState } from '../../contract/holds/task-list.js';
import type { Person } from '../../contract/base/person.js';
import type { RecordStamp } from '../../contract/journal/journal.js';
import type { ChecklistTicked, TaskMoved } from '../../contract/journal/people.js';
import type { SignedAct } from '../../contract/decide/signed-act.js';
import type { DecidePages } from '../../contract/signature/decision-means.js';
import { gradeOf } from '../../contract/signature/vouched.js';
import type { RunState } from '../../contract/state/state.js';
import { readAct } from '../signature/act-token.js';
import type { Fault } from './fault.js';
import type { SignatureChecks } from './signature-checks.js';
import {
  faultOfMeans,
  faultOfPages,
  faultOfTime,
  faultOfVerdict,
  noteOn,
  readable,
  type Answer,
  type CheckedSignatures
} from './signature-faults.js';

/** A recorded act that is signed or says so, with what the journal says it is about. */
export interface JudgedAct {
  readonly line: number;
  readonly by: Person;
  /** What is judged against the statement; null when the list or item is not in the journal. */
  readonly recorded: RecordedAct | null;
  readonly signature: DecisionSignature | undefined;
  /** For reading: the item or task. */
  readonly text: string;
}

/** What the journal says of an act. */
export interface RecordedAct {
  readonly run: string | null;
  readonly list: string;
  readonly nonce: string | undefined;
  readonly item: string;
  readonly text: string;
  /** What the record did: it fits these actions of a statement. */
  readonly actions: readonly SignedAct['action'][];
  readonly comment: string;
  readonly by: string;
  readonly askedAt: string;
  readonly recordedAt: string;
  readonly pages: DecidePages | undefined;
  readonly environment: string | null;
}

type ActRecord = (ChecklistTicked | TaskMoved) & Pick<RecordStamp, 'at'>;

/** The act of a record in the state before it; null when nothing of it is signed. */
export function judgeAct(record: ActRecord, line: number, before: RunState): JudgedAct | null {
  const { by, signature, at } = record;
  if (by.grade !== 'signed' && signature === undefined) {
    return null;
  }
  const common = {
    run: before.run?.id ?? null,
    by: by.username,
    recordedAt: at,
    pages: before.policy?.policy.decide,
    environment: before.run?.environment ?? null
  };
  if (record.kind === 'checklist-ticked') {
    const list = before.checklists[record.checklist];
    const text = list?.items[record.item]?.text;
    const recorded =
      list === undefined || text === undefined
        ? null
        : {
            ...common,
            list: list.id,
            nonce: list.nonce,
            item: String(record.item),
            text,
            actions: [record.ticked ? ('tick' as const) : ('untick' as const)],
            comment: '',
            askedAt: list.requestedAt
          };
    return { line, by, recorded, signature, text: text ?? `item ${record.item + 1}` };
  }
  const list = before.taskLists[record.board];
  const title = list?.tasks.find(({ id }) => id === record.task)?.title;
  const recorded =
    list === undefined || title === undefined
      ? null
      : {
          ...common,
          list: list.id,
          nonce: list.nonce,
          item: record.task,
          text: title,
          actions: ACTIONS[record.status],
          comment: record.comment,
          askedAt: list.assignedAt
        };
  return { line, by, recorded, signature, text: title ?? record.task };
}

const ACTIONS: { readonly [status in TaskState['status']]: readonly SignedAct['action'][] } = {
  open: ['reopen'],
  accepted: ['accept'],
  claimed: ['done'],
  done: ['done']
};

/**
 * The record that a statement becomes.
 *
 * @param at - When it is recorded, ISO 8601 UTC.
 */
export function recordOfAct(
  statement: SignedAct,
  signature: DecisionSignature,
  { taskLists }: Pick<RunState, 'taskLists'>,
  at: string
): ActRecord {
  const { list, item, action, comment, by: username } = statement;
  const by = { username, name: username, grade: gradeOf(statement) };
  if (action === 'tick' || action === 'untick') {
    const ticked = action === 'tick';
    return { kind: 'checklist-ticked', checklist: list, item: Number(item), ticked, by, signature, at };
  }
  const hasCheck = taskLists[list]?.tasks.find(({ id }) => id === item)?.hasCheck ?? false;
  const done = hasCheck ? ('claimed' as const) : ('done' as const);
  const status = { accept: 'accepted' as const, done, reopen: 'open' as const }[action];
  return { kind: 'task-moved', board: list, task: item, status, by, comment: comment.trim(), signature, at };
}

/**
 * Why a signed act does not count, as far as it can be told without its key; null when nothing speaks against it.
 *
 * @param used - Ids of the statements that have counted; that of this one is added.
 */
export function faultOfAct({ recorded, signature, by }: JudgedAct, used: Set<string>): Fault | null {
  if (signature === undefined) {
    return { code: 'signature.missing', text: 'its signature is missing' };
  }
  const parts = readAct(signature.token);
  const { statement } = parts;
  if (recorded === null) {
    return { code: 'signature.not_asked', text: 'it is about a list or an item that the run does not have' };
  }
  if (by.grade !== gradeOf(statement)) {
    return {
      code: 'signature.other_means',
      text: `it is recorded as ${by.grade}, and the signature makes it ${gradeOf(statement)}`
    };
  }
  const other = faultOfStatement(statement, recorded, signature.id);
  if (other !== null) {
    return other;
  }
  if (used.has(statement.id)) {
    return { code: 'signature.used', text: 'its signature had been counted before' };
  }
  used.add(statement.id);
  return faultOfTime(recorded, statement.at) ?? faultOfMeans(parts, signature, recorded.pages);
}

function faultOfStatement(statement: SignedAct, recorded: RecordedAct, id: string): Fault | null {
  if (statement.run !== recorded.run) {
    return {
      code: 'signature.other_run',
      text: `the signature is for the run ${statement.run ?? 'of a scratch notebook'}`
    };
  }
  if (statement.list !== recorded.list || statement.nonce !== recorded.nonce) {
    return { code: 'signature.other_request', text: 'the signature is for another list' };
  }
  const pairs: readonly (readonly [name: string, isSame: boolean])[] = [
    ['the item', statement.item === recorded.item],
    ['its text', statement.text === recorded.text],
    ['what was done', recorded.actions.includes(statement.action)],
    ['the comment', statement.comment.trim() === recorded.comment.trim()],
    ['the person', statement.by === recorded.by],
    ['the id', statement.id === id]
  ];
  const different = pairs.filter(([, isSame]) => !isSame).map(([name]) => name);
  return different.length === 0
    ? null
    : {
        code: 'signature.other_decision',
        text: `the signature is over something else: ${different.join(', ')}`
      };
}

/** Checks them side by side; the answer is in the order of the lines. */
export async function checkActs(
  acts: readonly JudgedAct[],
  checks: SignatureChecks
): Promise<CheckedSignatures> {
  const used = new Set<string>();
  const answers = await Promise.all(
    acts.map(act =>
      answerTo(
        act,
        readable(() => faultOfAct(act, used)),
        checks
      )
    )
  );
  return {
    faults: answers.flatMap(({ fault }) => fault ?? []),
    notes: [...new Set(answers.flatMap(({ note }) => note ?? []))],
    count: acts.length
  };
}

async function answerTo(act: JudgedAct, before: Fault | null, checks: SignatureChecks): Promise<Answer> {
  const { line, by, signature, text } = act;
  const about = `records that ${by.username} signed something about “${text}”`;
  const { name } = checks.signers;
  const parts = before === null ? readAct(signature!.token) : null;
  const verdict = parts && (await checks.verdictOn(parts));
  const fault =
    before ??
    (verdict && faultOfVerdict(verdict, { username: by.username, key: signature?.key }, name)) ??
    (await faultOfPages(
      {
        origin: signature?.origin,
        environment: act.recorded?.environment ?? null,
        ...(parts && { statement: parts.statement })
      },
      checks.signers
    ));
  return fault !== null
    ? { fault: { line, code: fault.code, text: `${about}, but ${fault.text}` }, note: null }
    : { fault: null, note: verdict && noteOn(verdict, by.username, name) };
}
