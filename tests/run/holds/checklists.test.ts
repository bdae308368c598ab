import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ANN } from '../../contract/sample-journal.js';
import { BOB, makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

const PARAMS = {
  name: 'Closing',
  items: [
    { text: 'Dashboards', required: true },
    { text: 'Mail', required: false }
  ]
};

async function ask(signal = new AbortController().signal, params = PARAMS) {
  const running = await run.admit('look');
  let answer!: Promise<void>;
  const id = await new Promise<string>(resolve => {
    answer = run.checklists.ask(running, params, signal, resolve);
    answer.catch(() => undefined);
  });
  return { id, answer, checklist: () => run.keeper.state.checklists[id]! };
}

test('a checklist holds its cell until every required item is ticked, with who and when', async () => {
  const { id, answer, checklist } = await ask();
  await run.checklists.tick({ checklist: id, item: 1, ticked: true }, ANN);
  expect(checklist().status).toBe('pending');
  await run.checklists.tick({ checklist: id, item: 0, ticked: true }, BOB);
  await answer;
  expect(checklist()).toMatchObject({
    status: 'done',
    items: [{ ticked: { by: BOB } }, { ticked: { by: ANN } }]
  });
});

test('a checklist without required items is done at once', async () => {
  const { answer, checklist } = await ask(undefined, {
    name: 'Nice',
    items: [{ text: 'Cake', required: false }]
  });
  await answer;
  expect(checklist().status).toBe('done');
});

test('a tick on an unknown item, or after the end, is refused', async () => {
  const { id, answer } = await ask();
  await expect(run.checklists.tick({ checklist: id, item: 7, ticked: true }, ANN)).rejects.toMatchObject({
    code: 'checklist.no_item'
  });
  await run.checklists.tick({ checklist: id, item: 0, ticked: true }, ANN);
  await answer;
  await expect(run.checklists.tick({ checklist: id, item: 1, ticked: true }, ANN)).rejects.toMatchObject({
    code: 'checklist.not_waiting'
  });
});

test('a checklist whose cell is stopped is withdrawn', async () => {
  const stop = new AbortController();
  const { answer, checklist } = await ask(stop.signal);
  stop.abort();
  await expect(answer).rejects.toMatchObject({ code: 'hold.withdrawn' });
  expect(checklist().status).toBe('withdrawn');
});

test('what is unticked while the end is being written is refused: a checklist that is done stays done', async () => {
  const { id, answer, checklist } = await ask();
  const done = run.checklists.tick({ checklist: id, item: 0, ticked: true }, ANN);
  const undone = run.checklists.tick({ checklist: id, item: 0, ticked: false }, BOB);
  await done;
  await expect(undone).rejects.toMatchObject({ code: 'checklist.settled' });
  await answer;
  expect(checklist()).toMatchObject({ status: 'done', items: [{ ticked: { by: ANN } }, {}] });
  expect(run.journal.records.at(-1)?.kind).toBe('checklist-closed');
});

test.each(['giveUp', 'stop'] as const)('%s ends the wait also when the end cannot be written', async how => {
  const stop = new AbortController();
  const { id, answer, checklist } = await ask(stop.signal);
  run.journal.append = () => Promise.reject(new Error('disk full'));
  if (how === 'stop') {
    stop.abort();
  } else {
    await run.checklists.giveUp(id, 'Nobody can tick here.');
  }
  await expect(answer).rejects.toMatchObject({
    code: how === 'stop' ? 'hold.withdrawn' : 'hold.unanswered'
  });
  expect(checklist().status).toBe('pending');
});
