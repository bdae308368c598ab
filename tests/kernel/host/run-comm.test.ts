import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { KernelMessage } from '../../../contract/comm.js';
import type { Json } from '../../../contract/json.js';
import { COMM_VERSION } from '../../../contract/version.js';
import type { Comm } from '../../../kernel/core/ports.js';
import type { RunComm } from '../../../kernel/host/run-comm.js';
import { CELLS, makeSampleRun, RUN, type SampleRun } from './sample-run.js';

let run: SampleRun;
let runComm: RunComm;
beforeEach(() => {
  run = makeSampleRun();
  runComm = run.runComm;
});
afterEach(() => run.end());

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
  ) {}
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
  const [state, ...more] = comm.sent;
  const records = more.filter(message => message.type === 'record');
  expect(state).toMatchObject({ type: 'state', version: COMM_VERSION });
  const first = state?.type === 'state' ? state.state.seq : -1;
  expect(records.map(message => (message.type === 'record' ? message.record.seq : 0))).toEqual(
    records.map((_, index) => first + 1 + index)
  );
});

test('every page is told who is there: when it comes, and when another person comes or goes', async () => {
  const told = (comm: FakeComm): string[][] =>
    comm.sent.flatMap(message =>
      message.type === 'present' ? [message.people.map(({ username }) => username)] : []
    );
  const bob = await connect('tab-1', 'tab-1', 'bob');
  const ann = await connect('tab-2', 'tab-2', 'ann');
  expect(told(bob)).toEqual([['bob'], ['bob', 'ann']]);
  expect(told(ann)).toEqual([['bob', 'ann']]);
  bob.receive({ type: 'here' });
  ann.receive({ type: 'here' });
  await settle();
  expect(told(bob)).toHaveLength(2);
  ann.leave();
  expect(told(bob).at(-1)).toEqual(['bob']);
});

test('the wheel is offered and taken by message', async () => {
  const ann = await connect('tab-1', 'session-1', 'ann');
  const bob = await connect('tab-2', 'session-2', 'bob');
  await run.admit('look');
  ann.receive({ type: 'offer-wheel', request: 'r1', to: 'bob' });
  await settle();
  const wheel = run.keeper.state.offer?.id ?? '';
  bob.receive({ type: 'settle-offer', request: 'r2', wheel, accepted: true, reason: '' });
  await settle();
  expect(bob.sent).toContainEqual({ type: 'answer', request: 'r2', error: null });
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
  await settle();
  expect(one.sent).toContainEqual({ type: 'answer', request: 'r1', error: null });
  for (const comm of [one, two]) {
    expect(
      comm.sent.some(message => message.type === 'record' && message.record.kind === 'approval-decided')
    ).toBe(true);
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
  await settle();
  expect(comm.sent.at(-1)).toMatchObject({ type: 'answer', request: 'r2', error: { code: 'hold.unknown' } });
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
  expect(fresh.sent.at(-1)).toMatchObject({ type: 'record' });
  expect([old.isForgotten, fresh.isForgotten]).toEqual([true, false]);
});

test('a page that comes while the name of the environment is awaited is told so, until it was typed', async () => {
  run.end();
  run = makeSampleRun(CELLS, { ...RUN, environment: 'production' }, { isProduction: true });
  runComm = run.runComm;
  run.type(() => new Promise((_, reject) => setTimeout(() => reject(new Error('withdrawn')), 30)));
  const admitted = run.gate.admit(run.cellOf('look', undefined, { allowsStdin: true }));
  await settle();
  const late = await connect('reloaded');
  expect(late.sent.map(message => message.type)).toEqual(['state', 'present', 'guard']);
  expect(late.sent.at(-1)).toEqual({ type: 'guard', environment: 'production', isWaiting: true });
  await run.guard.confirm('production', run.people.owner);
  await admitted;
  const later = await connect('later');
  expect(later.sent.map(message => message.type)).toEqual(['state', 'present']);
});

test('an announced outline counts until the last front end has gone', async () => {
  const comm = await connect('tab-1');
  comm.receive({ type: 'outline', outline: { title: 'Newer', phases: [] } });
  expect(run.outline.current().title).toBe('Newer');
  comm.leave();
  expect(run.outline.current().title).toBe('');
});
