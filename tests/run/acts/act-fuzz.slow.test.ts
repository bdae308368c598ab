// Random acts, messages and cells of a driver, a watcher and a stranger: what a person may not do leaves no record of theirs, and whatever
// is sent, nothing fails but with a reason.
import { afterAll, expect, test } from '@jest/globals';
import { isLaunchbookError } from '../../../contract/base/error.js';
import type { Json } from '../../../contract/base/json.js';
import { COMM_VERSION } from '../../../contract/base/version.js';
import type { ActName } from '../../../contract/comms/acts.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import type { Comm } from '../../../kernel/core/ports/ports.js';
import { RunComm } from '../../../kernel/host/comms/run-comm.js';
import { ACTS } from '../../../run/acts/acts.js';
import { askFor } from '../../../run/acts/ask-for.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { makeSampleRun, POLICY, type SampleRun } from '../sample-run.js';
import { ACT_NAMES, SAMPLE_ACTS } from './sample-acts.js';

const ACTS_IN_ALL = rounds({ inTest: 2000, inProof: 50_000 });
const ACTS_IN_A_RUN = 200;

/** Ann drives; Bob may decide and watches; Eve is named nowhere. */
const PEOPLE = { ann: 'session-1', bob: 'session-2', eve: 'session-3' } as const;
type Name = keyof typeof PEOPLE;
const APPROVERS = ['bob', 'cleo'];

const unhandled: unknown[] = [];
const hear = (error: unknown): void => void unhandled.push(error);
process.on('unhandledRejection', hear);
afterAll(() => void process.off('unhandledRejection', hear));

interface Table {
  readonly run: SampleRun;
  readonly comms: { readonly [name in Name]: FakeComm };
  readonly random: () => number;
}

test(`of ${ACTS_IN_ALL} acts none goes beyond its right, and none fails without a reason`, async () => {
  const random = makeRandom(50_000);
  const faults: string[] = [];
  for (let done = 0; done < ACTS_IN_ALL; done += ACTS_IN_A_RUN) {
    const table = await setTable(random);
    for (let index = 0; index < Math.min(ACTS_IN_A_RUN, ACTS_IN_ALL - done); index += 1) {
      const name = pick(random, ['ann', 'bob', 'eve'] as const);
      const before = { drives: driverOf(table.run), outline: JSON.stringify(table.run.outline.current()) };
      const from = table.run.journal.records.length;
      const act = pick(random, [byAct, byMessage, byCell, byDocument]);
      let told = act.name;
      try {
        told = await act(table, name);
      } catch (error) {
        if (!isLaunchbookError(error)) {
          faults.push(`${name} ${told}: ${String(error)}`);
        }
      }
      const records = table.run.journal.records.slice(from);
      records
        .filter(record => !isAllowed(record, name, before.drives))
        .forEach(record => faults.push(`${name} ${told}: ${JSON.stringify(record).slice(0, 300)}`));
      if (driverOf(table.run) !== name && JSON.stringify(table.run.outline.current()) !== before.outline) {
        faults.push(`${name} ${told}: the document that counts is another one`);
      }
    }
    table.run.end();
  }
  expect(faults.slice(0, 10)).toEqual([]);
  expect(unhandled.map(String)).toEqual([]);
}, 900_000);

/** A live run in which people are asked everything that they can be asked. */
async function setTable(random: () => number): Promise<Table> {
  const policy = { ...POLICY, groups: { qa: APPROVERS }, breakGlass: ['cleo'] };
  const run = makeSampleRun(undefined, undefined, { policy });
  const runComm = new RunComm(run);
  const comms = Object.fromEntries(
    Object.entries(PEOPLE).map(([name, session]) => {
      const comm = new FakeComm(session);
      runComm.open(comm, {
        version: COMM_VERSION,
        client: session,
        user: { username: name, name },
        outline: null
      });
      return [name, comm];
    })
  ) as unknown as Table['comms'];
  const asking = await run.admit('ask');
  const { signal } = new AbortController();
  const request = { name: 'QA sign-off', question: '?', approvers: ['qa'], evidence: [], timeoutMs: null };
  const items = [{ text: 'a', required: true }];
  await Promise.all([
    new Promise<void>(resolve => {
      run.approvals.ask(asking, request, signal, () => resolve()).catch(() => undefined);
    }),
    new Promise<void>(resolve => {
      run.checklists.ask(asking, { name: 'List', items }, signal, () => resolve()).catch(() => undefined);
    }),
    run.taskLists.assign(asking, {
      name: 'Tasks',
      tasks: [
        {
          title: 't',
          owner: 'bob',
          deputy: null,
          dueMs: null,
          answerMs: null,
          critical: true,
          hasCheck: false
        }
      ]
    })
  ]);
  return { run, comms, random };
}

function driverOf(run: SampleRun): string | null {
  return run.keeper.state.driver?.person.username ?? null;
}

/** Who may have caused a record: its kind says who may. */
function isAllowed(record: JournalRecord, name: Name, drives: string | null): boolean {
  const isDriver = drives === null || drives === name;
  switch (record.kind) {
    case 'approval-decided':
      return record.decision.by.username === name && APPROVERS.includes(name);
    case 'glass-broken':
      return record.by.username === name && name === ('cleo' as string);
    case 'approval-closed':
      return record.by === undefined || isDriver || APPROVERS.includes(name);
    case 'checklist-ticked':
      return record.by.username === name;
    case 'task-moved':
      return (
        record.by.username === name &&
        (isDriver || name === 'bob') &&
        ['open', 'accepted', 'claimed', 'done'].includes(record.status)
      );
    case 'wheel-asked':
      return record.by.username === name && !isDriver;
    case 'wheel-offered':
    case 'wheel-refused':
      return record.by.username === name && isDriver;
    case 'wheel-offer-ended':
      return record.by.username === name;
    case 'driver-changed':
      return record.how === 'handed-over'
        ? (record.agreedBy?.username === name && isDriver) || record.by.username === name
        : record.how === 'first' && isDriver;
    case 'step-skipped':
    case 'effect-judged':
    case 'recovery-discarded':
    case 'order-waived':
    case 'second-run-allowed':
    case 'step-continued':
    case 'undoing-started':
    case 'rolled-back':
    case 'phase-released':
    case 'attempt-started':
      return record.by.username === name && isDriver;
    case 'environment-confirmed':
      return record.by.username === name;
    default:
      return true;
  }
}

/** An act of the table, with parameters that fit, that nearly fit, or that are anything. */
async function byAct({ run, random }: Table, name: Name): Promise<string> {
  const act = pick(random, ACT_NAMES);
  const params = paramsOf(act, run, random);
  await askFor(run.acts, act, params as never, { client: { session: PEOPLE[name] } });
  return `${act} ${JSON.stringify(params)}`;
}

/** A message over the comm, which is answered or left. */
async function byMessage({ run, comms, random }: Table, name: Name): Promise<string> {
  const act = pick(random, [...ACT_NAMES, 'here', 'outline', 'constructor', '__proto__', 'records']);
  const params = Object.hasOwn(ACTS, act) ? paramsOf(act as ActName, run, random) : {};
  const message = pick(random, [
    { type: act, request: `r${random()}`, ...params },
    { type: act, ...params },
    { type: 'outline', outline: anything(random), sources: anything(random) },
    anything(random)
  ]);
  const comm = comms[name];
  const answered = comm.answers;
  comm.receive(message as Json);
  for (let turn = 0; turn < 8 && comm.answers === answered; turn += 1) {
    await new Promise(setImmediate);
  }
  const fault = comm.lastFault();
  if (fault !== null) {
    throw new TypeError(fault);
  }
  return JSON.stringify(message);
}

/** A cell: a step, its text under another id, a line command, anything, loud or silent. */
async function byCell({ run, random }: Table, name: Name): Promise<string> {
  const id = pick(random, ['look', 'ask', 'ship', null, '__proto__', 'constructor', 'nobody']);
  const step = pick(random, ['look', 'ship', 'ask', '__proto__', '"QA sign-off"']);
  const code = pick(random, [
    '1 + 1',
    '2 + 2',
    ' 2+2',
    '',
    `%skip ${step} because`,
    `%discard ${step} because`,
    '%rollback --all because',
    `%out-of-order ${step} because`,
    '%judge constructor passed because',
    'const ask = approval'
  ]);
  // A cell of the driver takes the run on; that of the others must not.
  const isSilent = random() < 0.2;
  const cell = { ...run.sentCell(id, code, { session: PEOPLE[name] }), isSilent };
  const { refusal } = await run.gate.admit(cell);
  if (refusal === null) {
    await run.gate.settle(cell, { status: 'ok', startedAt: '' });
  } else if (['TypeError', 'ReferenceError', 'RangeError'].includes(refusal.ename)) {
    throw new TypeError(refusal.evalue);
  }
  return `${id} ${code}`;
}

/** A document that its page tells, with hold points that nobody has written. */
async function byDocument({ run, comms, random }: Table, name: Name): Promise<string> {
  const { title, phases } = run.outline.saved();
  const steps = (holds: readonly string[]) =>
    phases.map(phase => ({ ...phase, steps: phase.steps.map(step => ({ ...step, holds })) }));
  const outline = pick(random, [
    { title, phases: steps(['Fake']) },
    { title, phases: steps([]) },
    { title, phases: [] },
    { title, phases: phases.toReversed() }
  ]);
  const sources = pick(random, [
    {},
    { ask: 'x' },
    JSON.parse('{"__proto__":"x","constructor":"y"}') as object
  ]);
  comms[name].receive({ type: 'outline', outline, sources } as unknown as Json);
  await new Promise(setImmediate);
  return JSON.stringify(outline);
}

function paramsOf(act: ActName, run: SampleRun, random: () => number): object {
  const { approvals, checklists, taskLists } = run.keeper.state;
  const ids = [
    ...Object.keys(approvals),
    ...Object.keys(checklists),
    ...Object.keys(taskLists),
    ...[
      'task-1',
      'look',
      'ask',
      'ship',
      'QA sign-off',
      'bob',
      'eve',
      '__proto__',
      'constructor',
      'toString',
      ''
    ]
  ];
  const content = Object.values(approvals).at(-1)?.content ?? '';
  const words = [
    'approved',
    'rejected',
    'passed',
    'again',
    'accept',
    'done',
    'reopen',
    'constructor',
    'because it is so'
  ];
  const sample = SAMPLE_ACTS[act].params as { readonly [name: string]: unknown };
  if (random() < 0.3) {
    return sample;
  }
  return Object.fromEntries(
    Object.keys(ACTS[act].takes).map(key => {
      const drawn = random();
      if (drawn < 0.15) {
        return [key, anything(random)];
      }
      if (key === 'content' && drawn < 0.8) {
        return [key, content];
      }
      return [key, typeof sample[key] === 'string' ? pick(random, [...ids, ...words]) : sample[key]];
    })
  );
}

function anything(random: () => number): unknown {
  return pick<() => unknown>(random, [
    () => null,
    () => undefined,
    () => 0,
    () => -1.5,
    () => true,
    () => '',
    () => '__proto__',
    () => 'x'.repeat(1000),
    () => [],
    () => [null],
    () => ({}),
    () => JSON.parse('{"__proto__":{"step":"look"},"constructor":1}'),
    () => ({ title: 't', phases: [{ id: '__proto__', title: 1, steps: [{}] }] }),
    () => ({ checkpoint: null, step: 'constructor' })
  ])();
}

function pick<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

class FakeComm implements Comm {
  readonly target = 'launchbook.run';
  readonly id: string;
  answers = 0;
  receive: (data: Json) => void = () => undefined;
  #fault: string | null = null;

  constructor(readonly session: string) {
    this.id = `comm-${session}`;
  }

  /** What a front end gets is JSON; an error without a reason of ours is a crash. */
  send(data: Json): void {
    const message = JSON.parse(JSON.stringify(data)) as {
      type: string;
      error?: { name: string; message: string } | null;
    };
    if (message.type === 'answer') {
      this.answers += 1;
      const { error } = message;
      this.#fault =
        error && ['TypeError', 'ReferenceError', 'RangeError'].includes(error.name) ? error.message : null;
    }
  }
  tellAll(data: Json): void {
    this.send(data);
  }
  lastFault(): string | null {
    const fault = this.#fault;
    this.#fault = null;
    return fault;
  }
  close(): void {}
  forget(): void {}
  onMessage(handle: (data: Json) => void): void {
    this.receive = handle;
  }
  onClose(): void {}
}
