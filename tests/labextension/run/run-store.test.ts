// The store of a run: folding what the kernel sends, and what happens to a decision that this page sent.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ClientMessage, KernelMessage, RequestMessage } from '../../../contract/comms/comm.js';
import type { JournalRecord } from '../../../contract/journal/journal.js';
import type { RunState } from '../../../contract/state/state.js';
import { RunStore } from '../../../labextension/run/run-store.js';
import { ANN, asked, decided, journalOf, listed, opened, started, stateOf } from '../journal-of.js';

let sent: ClientMessage[];
let advances: (JournalRecord | null)[];
let resyncs: number;
let sentChanges: number;
let isConnected: boolean;
let store: RunStore;

beforeEach(() => {
  sent = [];
  advances = [];
  resyncs = 0;
  sentChanges = 0;
  isConnected = true;
  store = new RunStore({
    send: message => {
      if (isConnected) {
        sent.push(message);
      }
      return isConnected;
    },
    advanced: record => advances.push(record),
    sentChanged: () => {
      sentChanges += 1;
    },
    resync: () => {
      resyncs += 1;
    }
  });
});

const records = journalOf(opened(), started('c'), asked(), decided());
const decide: RequestMessage<'decide'> = {
  type: 'decide',
  request: 'r1',
  approval: 'approval-1',
  content: 'c0ffee',
  decision: 'approved',
  comment: 'ok'
};

function stateMessage(state: RunState): KernelMessage {
  return { type: 'state', version: 1, state, you: ANN, driverVanishedMs: 900_000, isProduction: false };
}

function connectWaiting(): void {
  store.receive(stateMessage(stateOf(opened(), started('c'), asked())));
}

describe('messages of the kernel', () => {
  test('a state replaces what was there and makes the run live', () => {
    connectWaiting();
    expect(store.source).toBe('kernel');
    expect(store.state.approvals['approval-1']?.status).toBe('pending');
    expect(advances).toEqual([null]);
  });

  test('a record is folded and announced', () => {
    connectWaiting();
    store.receive({ type: 'records', after: 3, records: [records[3]!] });
    expect(store.state.approvals['approval-1']?.status).toBe('approved');
    expect(advances.at(-1)).toEqual(records[3]);
  });

  test('a record that is in the state already is not announced again', () => {
    connectWaiting();
    store.receive({ type: 'records', after: 1, records: [records[1]!] });
    expect(advances).toEqual([null]);
  });

  test('numbers of records that are not told are no gap', () => {
    connectWaiting();
    store.receive({ type: 'records', after: 3, records: [{ ...records[3]!, seq: 9 }] });
    expect([store.state.seq, resyncs]).toEqual([9, 0]);
  });

  test('records that come together are folded and announced one after the other', () => {
    connectWaiting();
    const last = { ...records[3]!, seq: 9 };
    store.receive({ type: 'records', after: 2, records: [records[2]!, records[3]!, last] });
    expect(advances).toEqual([null, records[3], last]);
    expect([store.state.seq, resyncs]).toEqual([9, 0]);
  });

  test('several records after a gap ask once', () => {
    connectWaiting();
    const later = [8, 9].map(seq => ({ ...records[3]!, seq }));
    store.receive({ type: 'records', after: 7, records: later });
    expect([store.state.seq, resyncs]).toEqual([3, 1]);
  });

  test('a gap in the numbers asks for the whole state and folds nothing', () => {
    connectWaiting();
    store.receive({ type: 'records', after: 8, records: [{ ...records[3]!, seq: 9 }] });
    expect(resyncs).toBe(1);
    expect(store.state.seq).toBe(3);
  });
});

describe('a decision of this page', () => {
  test('is unconfirmed until the record comes, also when the answer comes first', async () => {
    connectWaiting();
    const answer = store.ask(decide);
    expect(store.unconfirmed()).toEqual([decide]);
    store.receive({ type: 'answer', request: 'r1', error: null });
    await answer;
    expect(store.unconfirmed()).toEqual([decide]);
    store.receive({ type: 'records', after: 3, records: [records[3]!] });
    expect(store.unconfirmed()).toEqual([]);
  });

  test('tells its views when it is sent and when it is answered, and replaces no state', async () => {
    connectWaiting();
    const answer = store.ask(decide);
    expect(sentChanges).toBe(1);
    store.receive({ type: 'answer', request: 'r1', error: null });
    await answer;
    expect(sentChanges).toBe(2);
    expect(advances).toEqual([null]);
  });

  test('is confirmed by the answer when the record came before it', async () => {
    connectWaiting();
    const answer = store.ask(decide);
    store.receive({ type: 'records', after: 3, records: [records[3]!] });
    store.receive({ type: 'answer', request: 'r1', error: null });
    await answer;
    expect(store.unconfirmed()).toEqual([]);
  });

  test('rejects with the code and the hint of the kernel, and may be sent anew', async () => {
    connectWaiting();
    const answer = store.ask(decide);
    const error = {
      name: 'NotAnApproverError',
      code: 'hold.not_approver',
      message: 'Ann is no approver',
      hint: 'Ask Bo.'
    };
    store.receive({ type: 'answer', request: 'r1', error });
    await expect(answer).rejects.toMatchObject({ code: 'hold.not_approver', hint: 'Ask Bo.' });
    expect(store.unconfirmed()).toEqual([]);
  });

  test('is refused at once without a kernel, and nothing is sent', async () => {
    store.replace(stateOf(opened(), started('c'), asked()), 'journal');
    await expect(store.ask(decide)).rejects.toMatchObject({ code: 'run.not_connected' });
    expect(sent).toEqual([]);
  });

  test('is refused when the connection is cut', async () => {
    connectWaiting();
    isConnected = false;
    await expect(store.ask(decide)).rejects.toMatchObject({ code: 'run.not_connected' });
  });

  test('has no known result when the kernel goes away', async () => {
    connectWaiting();
    const answer = store.ask(decide);
    store.disconnect();
    await expect(answer).rejects.toMatchObject({ code: 'run.disconnected' });
    expect(store.source).toBe('journal');
  });

  test('is given up when nobody answers', async () => {
    connectWaiting();
    const answer = store.ask(decide);
    store.expire('r1', 15);
    await expect(answer).rejects.toMatchObject({
      code: 'run.no_answer',
      message: 'The kernel did not answer within 15 s'
    });
  });
});

test('a tick is unconfirmed until its record comes', async () => {
  store.receive(stateMessage(stateOf(opened(), started('d'), listed())));
  const tick: RequestMessage<'tick'> = {
    type: 'tick',
    request: 't1',
    checklist: 'list-1',
    item: 1,
    ticked: true
  };
  const answer = store.ask(tick);
  store.receive({ type: 'answer', request: 't1', error: null });
  await answer;
  expect(store.unconfirmed()).toEqual([tick]);
  const body = { kind: 'checklist-ticked', checklist: 'list-1', item: 1, ticked: true, by: ANN } as const;
  store.receive({ type: 'records', after: 3, records: [journalOf(opened(), opened(), opened(), body)[3]!] });
  expect(store.unconfirmed()).toEqual([]);
});

test('a store that never knew anything has no source after a disconnection', () => {
  store.disconnect();
  expect(store.source).toBe('none');
});

describe('what the kernel alone knows', () => {
  test('is who this page is taken for, and nothing once the kernel is gone', () => {
    connectWaiting();
    expect(store.session).toMatchObject({ you: ANN, driverVanishedMs: 900_000, isProduction: false });
    store.disconnect();
    expect(store.session.you).toBeNull();
  });

  test('is the environment whose name has to be typed, while a step waits for it', () => {
    connectWaiting();
    const awaited = { environment: 'production', by: ANN };
    store.receive({ type: 'guard', ...awaited, isWaiting: true });
    expect(store.session.awaitedName).toEqual(awaited);
    store.receive({ type: 'guard', ...awaited, isWaiting: false });
    expect(store.session.awaitedName).toBeNull();
  });

  test('is the question that needs no answer any more', () => {
    connectWaiting();
    store.receive({ type: 'withdrawn', question: 'q1' });
    expect(store.session.withdrawnQuestion).toBe('q1');
  });
});

describe('a request that asks for a plan', () => {
  test('settles with the answer', async () => {
    connectWaiting();
    const asked = store.ask({ type: 'plan-resume', request: 'r9' });
    const resume = { steps: [], replay: ['a'], next: null };
    store.receive({ type: 'answer', request: 'r9', error: null, resume });
    expect((await asked).resume).toEqual(resume);
    expect(store.unconfirmed()).toEqual([]);
  });
});
