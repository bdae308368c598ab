import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TaskListState } from '../../../contract/holds/task-list.js';
import type { Person } from '../../../contract/base/person.js';
import type { AssignRequest } from '../../../runbook/ports.js';
import { BOB, CELLS, makeSampleRun, RUN, type SampleRun } from '../sample-run.js';

const ANN: Person = { username: 'ann', name: 'Ann Lee', grade: 'claimed' };
const CLEO = { username: 'cleo', name: 'Cleo', grade: 'claimed' as const };
const never = new AbortController().signal;

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

const task = (title: string, other: object = {}): AssignRequest['tasks'][number] => ({
  title,
  owner: 'ann',
  deputy: 'bob',
  dueMs: null,
  answerMs: null,
  critical: true,
  hasCheck: false,
  ...other
});

async function assign(...tasks: AssignRequest['tasks'][number][]): Promise<TaskListState> {
  return run.taskLists.assign(await run.admit('look'), { name: 'Smoke tests', tasks });
}

const taskList = (id: string): TaskListState => run.keeper.state.taskLists[id]!;
const move = (id: string, action: 'accept' | 'done' | 'reopen', by = ANN, taskId = 'task-1') =>
  run.taskLists.move({ board: id, task: taskId, action, comment: '' }, by);

describe('a task list', () => {
  test('is journaled, and shown as text', async () => {
    const { id } = await assign(task('Order tea'), task('Read mails', { owner: 'cleo', deputy: null }));
    expect(taskList(id).tasks.map(({ title, owner }) => [title, owner.name])).toEqual([
      ['Order tea', 'ann'],
      ['Read mails', 'cleo']
    ]);
    const shown = run.published.at(-1)!.output;
    expect(shown.kind === 'display' && shown.data['text/plain']).toMatch(
      /0 of 2 done[\s\S]*\[ \] Order tea — open, ann/
    );
  });

  test('is not made again when the same step assigns the same tasks once more', async () => {
    const first = await assign(task('Order tea'));
    expect((await assign(task('Order tea'))).id).toBe(first.id);
    expect((await assign(task('Order coffee'))).id).not.toBe(first.id);
  });

  test('is moved by owner, deputy and driver, and by nobody else', async () => {
    const { id } = await assign(task('Order tea'));
    await expect(move(id, 'done', CLEO)).rejects.toMatchObject({ code: 'task.not_yours' });
    await move(id, 'accept', BOB);
    await move(id, 'done', run.people.owner);
    expect(taskList(id).tasks[0]).toMatchObject({ status: 'done', heard: { by: run.people.owner } });
    await expect(move(id, 'done')).rejects.toMatchObject({ code: 'task.settled' });
    await expect(move(id, 'explode' as 'done')).rejects.toMatchObject({ code: 'task.bad_action' });
    await expect(move('other', 'done')).rejects.toMatchObject({ code: 'task.unknown' });
  });

  test('is moved in a rehearsal by whoever ran the step that assigned it, whom the refusal names', async () => {
    run.end();
    run = makeSampleRun(CELLS, { ...RUN, mode: 'rehearsal' });
    const { id } = await assign(task('Order tea'));
    expect(run.keeper.state.driver).toBeNull();
    await expect(move(id, 'done', CLEO)).rejects.toMatchObject({
      hint: expect.stringContaining('in a rehearsal whoever ran the step') as unknown
    });
    await move(id, 'done', run.people.owner);
    expect(taskList(id).tasks[0]).toMatchObject({ status: 'done', heard: { by: run.people.owner } });
  });

  test('counts one of two moves that come at once', async () => {
    const { id } = await assign(task('Order tea'));
    const both = await Promise.allSettled([move(id, 'done', ANN), move(id, 'done', BOB)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(taskList(id).tasks[0]?.heard?.by).toEqual(ANN);
  });

  test('hands a task to the deputy when the owner is silent', async () => {
    const { id } = await assign(task('Order tea', { answerMs: 20 }), task('Brew', { answerMs: 20 }));
    await move(id, 'accept', ANN, 'task-2');
    await new Promise<void>(resolve => {
      run.keeper.subscribe(record => record.kind === 'task-handed-over' && setImmediate(resolve));
    });
    expect(taskList(id).tasks.map(({ handedOverAt }) => handedOverAt !== null)).toEqual([true, false]);
  });
});

describe('gather', () => {
  const gather = async (
    id: string,
    rule: 'all' | 'critical' | number,
    untilMs: number | null = null,
    signal = never
  ) => run.taskLists.gather(await run.admit('look'), { taskList: id, rule, untilMs }, signal);

  test.each([
    ['all', ['task-1', 'task-2']],
    ['critical', ['task-1']],
    [1, ['task-2']]
  ] as const)('waits for %s', async (rule, doneTasks) => {
    const { id } = await assign(task('Order tea'), task('Read mails', { critical: false }));
    const answer = gather(id, rule);
    let isOver = false;
    void answer.then(() => (isOver = true));
    for (const one of doneTasks) {
      await new Promise(resolve => setTimeout(resolve, 5));
      expect(isOver).toBe(false);
      await move(id, 'done', ANN, one);
    }
    expect(await answer).toMatchObject({ kind: 'gathered' });
    expect(taskList(id)).toMatchObject({ status: 'gathered', gathering: null });
  });

  test('hands a task that was said to be done to its check, and believes the check', async () => {
    const { id } = await assign(task('Order tea', { hasCheck: true }));
    await move(id, 'done');
    expect(await gather(id, 'all')).toEqual({ kind: 'check', task: 'task-1' });
    await run.taskLists.checked({ taskList: id, task: 'task-1', passed: false, fault: 'No order today' });
    expect(taskList(id).tasks[0]).toMatchObject({ status: 'accepted', checkFault: 'No order today' });
    await move(id, 'done');
    await run.taskLists.checked({ taskList: id, task: 'task-1', passed: true, fault: '' });
    expect(await gather(id, 'all')).toMatchObject({ kind: 'gathered' });
  });

  test('answers every cell that waits for the same task list, by the rule that was asked last', async () => {
    const { id } = await assign(task('Order tea'), task('Read mails', { critical: false }));
    const both = [gather(id, 'all'), gather(id, 'critical')];
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(taskList(id).gathering).toBe('critical');
    await move(id, 'done');
    expect(await Promise.all(both)).toMatchObject([{ kind: 'gathered' }, { kind: 'gathered' }]);
    expect(run.journal.records.filter(({ kind }) => kind === 'gather-ended')).toHaveLength(1);
  });

  test('does not wait where nobody can answer, unless enough is done already', async () => {
    const { id } = await assign(task('Order tea'));
    const gatherAlone = async () =>
      run.taskLists.gather(
        await run.admit('look'),
        { taskList: id, rule: 'all', untilMs: null },
        never,
        'Nobody is here.'
      );
    await expect(gatherAlone()).rejects.toMatchObject({
      code: 'hold.unanswered',
      message: expect.stringContaining('Nobody is here.')
    });
    expect(taskList(id)).toMatchObject({ status: 'open', gathering: null });
    await move(id, 'done');
    expect(await gatherAlone()).toMatchObject({ kind: 'gathered' });
  });

  test('fails closed when the time is over or the cell is stopped; the tasks stay with their people', async () => {
    const { id } = await assign(task('Order tea'));
    await expect(gather(id, 'all', Date.now() + 10)).rejects.toMatchObject({
      code: 'gather.expired',
      message: expect.stringContaining('Order tea (ann)')
    });
    const stop = new AbortController();
    const answer = gather(id, 'all', null, stop.signal);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'hold.withdrawn' });
    expect(taskList(id)).toMatchObject({ status: 'open', gathering: null });
  });
});
