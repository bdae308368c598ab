import { renameSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { KernelMessage } from '../../../../contract/comms/comm.js';
import type { JournalRecord } from '../../../../contract/journal/journal.js';
import type { Json } from '../../../../contract/base/json.js';
import { COMM_VERSION } from '../../../../contract/base/version.js';
import type { Comm } from '../../../../kernel/core/ports/ports.js';
import { JournalLockedError } from '../../../../record/errors/journal-locked-error.js';
import { RunComm } from '../../../../kernel/host/comms/run-comm.js';
import { ACT_NAMES, SAMPLE_ACTS } from '../../../run/acts/sample-acts.js';
import { CELLS, makeSampleRun, RUN, type SampleRun } from '../../../run/sample-run.js';

let run: SampleRun;
let runComm: RunComm;
let tellings = 0;
beforeEach(() => {
  run = makeSampleRun();
  runComm = new RunComm(run);
});
afterEach(() => run.end());

/** What is told to all reaches every page, and means something to those that the kernel has greeted. */
const pages = new Set<FakeComm>();
beforeEach(() => pages.clear());

class FakeComm implements Comm {
  isForgotten = false;
  readonly target = 'launchbook.run';
  readonly sent: KernelMessage[] = [];
  closed: Json | undefined;
  receive: (data: Json) => void = () => undefined;
  leave: () => void = () => undefined;
  constructor(
    readonly id: string,
    readonly session: string
  ) {
    pages.add(this);
  }
  tellAll(data: Json): void {
    tellings += 1;
    [...pages].filter(page => page.sent.length > 0 && !page.isForgotten).forEach(page => page.send(data));
  }
  send(data: Json): void {
    this.sent.push(structuredClone(data) as unknown as KernelMessage);
  }
  close(data: Json): void {
    this.closed = data;
  }
  forget(): void {
    this.isForgotten = true;
  }

  onMessage(handle: (data: Json) => void): void {
    this.receive = handle;
  }
  onClose(handle: () => void): void {
    this.leave = handle;
  }
}

const hello = (client: string, username: string): Json => ({
  version: COMM_VERSION,
  client,
  user: { username, name: 'Bob Ray' },
  outline: null
});

async function connect(client: string, session = client, username = 'bob'): Promise<FakeComm> {
  const comm = new FakeComm(`comm-${client}`, session);
  runComm.open(comm, hello(client, username));
  await settle();
  return comm;
}

/** The records that a page has been told once it knows all there are. */
async function recordsTold({ sent }: FakeComm): Promise<JournalRecord[]> {
  for (;;) {
    const told = sent.flatMap(message => (message.type === 'records' ? message.records : []));
    if (told.at(-1)?.seq === run.keeper.state.seq) {
      return told;
    }
    await settle();
  }
}

/** What a page was told but for records, which come when their time has come: before, between or after the rest. */
const greetingOf = ({ sent }: FakeComm): KernelMessage[] => sent.filter(({ type }) => type !== 'records');

/** The kernel's answer to a request of a page, whatever it is told besides. */
async function answerTo(page: FakeComm, request: string): Promise<KernelMessage & { type: 'answer' }> {
  for (;;) {
    for (const message of page.sent) {
      if (message.type === 'answer' && message.request === request) {
        return message;
      }
    }
    await settle();
  }
}

const ANN = { username: 'ann', name: 'Ann Lee', grade: 'claimed' } as const;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await settle();
  }
}

test('fifty pages are told in as many messages as one, and hear of every record in its order', async () => {
  const watchers = await Promise.all(Array.from({ length: 50 }, (_, index) => connect(`tab-${index}`)));
  await run.admit('look');
  tellings = 0;
  const texts = Array.from({ length: 200 }, (_, index) => `note ${index}`);
  for (const text of texts) {
    await run.keeper.append({ kind: 'note', step: 'look', text, by: ANN });
  }
  for (const page of watchers) {
    expect((await recordsTold(page)).flatMap(record => ('text' in record ? [record.text] : []))).toEqual(
      texts
    );
  }
  expect(tellings).toBeLessThan(200);
});

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5));

async function request(): Promise<{ id: string; content: string; answer: Promise<unknown> }> {
  const running = await run.admit('ask');
  const params = { name: 'QA sign-off', question: '?', approvers: [], evidence: [], timeoutMs: null };
  let answer!: Promise<unknown>;
  const id = await new Promise<string>(resolve => {
    answer = run.approvals.ask(running, params, new AbortController().signal, resolve);
    answer.catch(() => undefined);
  });
  return { id, content: run.keeper.state.approvals[id]!.content, answer };
}

test('a front end gets the whole state first and every further record after it, without a gap', async () => {
  const comm = await connect('tab-1');
  await run.admit('look');
  await run.keeper.append({ kind: 'note', step: 'look', text: 'done', by: ANN });
  const records = await recordsTold(comm);
  const [state] = comm.sent;
  expect(state).toMatchObject({ type: 'state', version: COMM_VERSION });
  const first = state?.type === 'state' ? state.state.seq : -1;
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => first + 1 + index));
});

test('every page is told who is there: when it comes, and when another person comes or goes', async () => {
  const told = (comm: FakeComm): string[][] =>
    comm.sent.flatMap(message =>
      message.type === 'present' ? [message.people.map(({ username }) => username)] : []
    );
  const bob = await connect('tab-1', 'tab-1', 'bob');
  const ann = await connect('tab-2', 'tab-2', 'ann');
  expect(told(bob)[0]).toEqual(['bob']);
  expect(told(ann)[0]).toEqual(['bob', 'ann']);
  await until(() => told(bob).at(-1)?.length === 2);
  const before = told(bob).length;
  bob.receive({ type: 'here' });
  ann.receive({ type: 'here' });
  ann.leave();
  await until(() => told(bob).at(-1)?.length === 1);
  expect(told(bob)).toHaveLength(before + 1);
});

test('a driver who was replaced is not among those who are there, until their page is heard of', async () => {
  const bob = await connect('tab-1', 'tab-1', 'bob');
  const ann = await connect('tab-2', 'tab-2', 'ann');
  const lastTold = (): string[] | undefined =>
    bob.sent
      .flatMap(message =>
        message.type === 'present' ? [message.people.map(({ username }) => username)] : []
      )
      .at(-1);
  run.presence.vanished('ann');
  const by = { username: 'bob', name: 'bob', grade: 'claimed' } as const;
  await run.keeper.append({ kind: 'driver-changed', by, client: 'tab-1', how: 'replaced', reason: 'Gone' });
  expect(lastTold()).toEqual(['bob']);
  ann.receive({ type: 'here' });
  await until(() => lastTold()?.length === 2);
  expect(lastTold()).toEqual(['bob', 'ann']);
});

test('the wheel is offered and taken by message', async () => {
  const ann = await connect('tab-1', 'session-1', 'ann');
  const bob = await connect('tab-2', 'session-2', 'bob');
  await run.admit('look');
  ann.receive({ type: 'offer-wheel', request: 'r1', to: 'bob' });
  expect(await answerTo(ann, 'r1')).toMatchObject({ error: null });
  const wheel = run.keeper.state.offer?.id ?? '';
  bob.receive({ type: 'settle-offer', request: 'r2', wheel, accepted: true, reason: '' });
  expect(await answerTo(bob, 'r2')).toMatchObject({ error: null });
  expect(run.keeper.state.driver).toMatchObject({ person: { username: 'bob' }, client: 'tab-2' });
});

test('a decision is answered, told to every front end, and carries the identity of the one who clicked', async () => {
  const [one, two] = [await connect('tab-1'), await connect('tab-2')];
  const { id, content, answer } = await request();
  one.receive({
    type: 'decide',
    request: 'r1',
    approval: id,
    content,
    decision: 'approved',
    comment: 'Seen'
  });
  expect(await answer).toMatchObject({ by: { username: 'bob', name: 'Bob Ray', grade: 'claimed' } });
  expect(await answerTo(one, 'r1')).toMatchObject({ error: null });
  for (const comm of [one, two]) {
    expect((await recordsTold(comm)).map(({ kind }) => kind)).toContain('approval-decided');
  }
});

test('a refused decision is answered with its reason', async () => {
  const comm = await connect('tab-1');
  comm.receive({
    type: 'decide',
    request: 'r2',
    approval: 'no',
    content: '',
    decision: 'approved',
    comment: ''
  });
  expect(await answerTo(comm, 'r2')).toMatchObject({ error: { code: 'hold.unknown' } });
});

test('a refusal too comes after everything that was recorded before it', async () => {
  const comm = await connect('tab-1');
  await run.admit('look');
  for (const text of ['first', 'second', 'third']) {
    await run.keeper.append({ kind: 'note', step: 'look', text, by: ANN });
  }
  const { seq } = run.keeper.state;
  comm.receive({ type: 'skip', request: 'r3', step: 'no', reason: 'it is not there' });
  const answer = await answerTo(comm, 'r3');
  expect(answer.error).not.toBeNull();
  const before = comm.sent.slice(0, comm.sent.indexOf(answer));
  const told = before.flatMap(message => (message.type === 'records' ? message.records : []));
  expect(told.at(-1)?.seq).toBe(seq);
});

test.each(ACT_NAMES)('the act %s is asked for by message', async type => {
  const comm = await connect('tab-1', 'session-1', 'ann');
  await run.admit('look').then(({ cell }) => run.gate.settle(cell, { status: 'ok', startedAt: '' }));
  const { params, ends } = SAMPLE_ACTS[type];
  comm.receive({ type, request: 'r1', ...params } as unknown as Json);
  expect((await answerTo(comm, 'r1')).error?.code ?? null).toBe(ends);
});

test('a watcher is answered a plan by message, and refused the rest', async () => {
  await connect('tab-1', 'session-1', 'ann');
  const bob = await connect('tab-2', 'session-2', 'bob');
  await run.admit('look');
  bob.receive({ type: 'plan-resume', request: 'r1' });
  bob.receive({ type: 'skip', request: 'r2', step: 'ship', reason: 'by hand' });
  bob.receive({ type: 'release-phase', request: 'r3', phase: 'deploy', reason: 'no time left' });
  expect(await answerTo(bob, 'r1')).toMatchObject({ error: null, resume: { replay: [] } });
  expect(await answerTo(bob, 'r2')).toMatchObject({ error: { code: 'driver.not_you' } });
  expect(await answerTo(bob, 'r3')).toMatchObject({ error: { code: 'driver.not_you' } });
});

test.each([
  [{ type: 'shutdown', request: 'r1' }, 'comm.unknown'],
  [{ type: 'constructor', request: 'r1' }, 'comm.unknown'],
  [{ type: 'tick', request: 'r1', checklist: 'l' }, 'act.malformed']
])('a request as %j is answered with the reason', async (message, code) => {
  const comm = await connect('tab-1');
  comm.receive(message);
  expect(await answerTo(comm, 'r1')).toMatchObject({ error: { code } });
});

test('malformed and foreign messages change nothing and end nothing', async () => {
  const comm = await connect('tab-1');
  const before = run.journal.records.length;
  for (const message of [
    null,
    1,
    'x',
    {},
    { type: 'decide' },
    { type: 'tick', request: 1 },
    { type: 'outline', outline: { phases: 3 } }
  ] as Json[]) {
    comm.receive(message);
  }
  await settle();
  expect(run.journal.records).toHaveLength(before);
});

test('a page whose document was renamed takes the kernel along before it is welcomed', async () => {
  await connect('tab-1');
  const path = run.path.replace('release.ipynb', 'night.ipynb');
  renameSync(run.path, path);
  const comm = new FakeComm('comm-2', 'tab-1');
  const document = { path: 'night.ipynb', run: RUN.id };
  runComm.open(comm, { ...(hello('tab-1', 'bob') as object), document });
  while (comm.sent.length === 0) {
    await settle();
  }
  expect(comm.sent[0]?.type).toBe('state');
  expect(run.notebook.path).toBe(path);
  expect((await run.gate.admit(run.cellOf('look'))).refusal).toBeNull();
});

test('another version and a malformed hello are refused with the reason', () => {
  const other = new FakeComm('c', 's');
  runComm.open(other, { ...(hello('x', 'bob') as object), version: 99 });
  expect(other.closed).toEqual({ reason: expect.stringContaining('version 1') });
  const odd = new FakeComm('d', 's');
  runComm.open(odd, 'hello');
  expect(odd.closed).toEqual({ reason: expect.stringContaining('not valid') });
});

test('a page that opens a new comm replaces its older one', async () => {
  const [old, fresh] = [await connect('tab-1'), await connect('tab-1')];
  const before = old.sent.length;
  await run.admit('look');
  expect(old.sent).toHaveLength(before);
  expect(await recordsTold(fresh)).not.toEqual([]);
  expect([old.isForgotten, fresh.isForgotten]).toEqual([true, false]);
});

test('a page that comes while the name of the environment is awaited is told so, until it was typed', async () => {
  run.end();
  run = makeSampleRun(CELLS, { ...RUN, environment: 'production' }, { isProduction: true });
  runComm = new RunComm(run);
  const typed = Promise.withResolvers<string>();
  run.type(() => typed.promise);
  const admitted = run.gate.admit(run.cellOf('look', undefined, { allowsStdin: true }));
  await settle();
  const late = await connect('reloaded');
  const greeting = greetingOf(late);
  expect([...new Set(greeting.map(message => message.type))]).toEqual(['state', 'present', 'guard']);
  expect(greeting.at(-1)).toMatchObject({
    type: 'guard',
    environment: 'production',
    by: { username: run.people.owner.username },
    isWaiting: true
  });
  await run.guard.confirm('production', run.people.owner);
  typed.reject(new Error('withdrawn'));
  await admitted;
  const later = await connect('later');
  expect(greetingOf(later).map(message => message.type)).toEqual(['state', 'present']);
});

test('an announced outline counts until the page has gone, when it is that of whoever drives', async () => {
  const watcher = await connect('tab-0', 'tab-0', 'eve');
  const comm = await connect('tab-1');
  const { cell } = await run.admit('look', undefined, { session: 'tab-1' });
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
  watcher.receive({ type: 'outline', outline: { title: 'Mine', phases: [] } });
  expect(run.outline.current().title).toBe('');
  comm.receive({ type: 'outline', outline: { title: 'Newer', phases: [] } });
  expect(run.outline.current().title).toBe('Newer');
  comm.leave();
  expect(run.outline.current().title).toBe('');
});

test('a page of a kernel that another one keeps from the journal is told which', async () => {
  const kernel = '87884da8-7195-4c80-9680-45981dfa0653';
  const holder = { pid: 4711, host: 'here', since: '2026-11-22T08:00:00.000Z', kernel };
  Object.assign(run.keeper, {
    show: () => Promise.reject(new JournalLockedError('release.journal.jsonl', holder, null))
  });
  const comm = new FakeComm('e', 's');
  runComm.open(comm, hello('tab-1', 'bob'));
  await settle();
  expect(comm.sent).toEqual([]);
  expect(comm.closed).toMatchObject({
    reason: expect.stringContaining('is open in another kernel'),
    error: { code: 'journal.locked', fields: { kernel } }
  });
});
