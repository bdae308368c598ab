// The table of verbs: who is refused, and that a cell that is evaluated again does nothing of what it has done.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../../contract/base/json.js';
import type { RecordedEffect } from '../../../run/answers/recorded-effect.js';
import { RecordedAnswers } from '../../../run/answers/recorded-answers.js';
import { answerCall } from '../../../run/verbs/answer-call.js';
import type { VerbName, VerbParams } from '../../../run/verbs/verbs.js';
import { makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

const kinds = () => run.journal.records.map(({ kind }) => kind);
const EFFECT = { helper: 'shell', label: 'fleetctl deploy orders', request: { command: 'fleetctl deploy' } };

/** Parameters of every verb: one that is new in the table is missing here until it is given some. */
const CALLS: { readonly [V in VerbName]: VerbParams<V> } = {
  'effect.start': EFFECT,
  'effect.plan': EFFECT,
  'effect.end': { effect: 'look:1:effect-1', outcome: 'passed', durationMs: -5, result: 'done' },
  'approval.ask': { name: 'QA', question: 'May it go?', approvers: [], evidence: [], timeoutMs: null },
  'checklist.ask': { name: 'Closing', items: [{ text: 'Mail', required: true }] },
  'tasks.assign': { name: 'Tasks', tasks: [] },
  'tasks.gather': { taskList: 'look:1:task-list-1', rule: 'all', untilMs: null },
  'tasks.checked': { taskList: 'look:1:task-list-1', task: 'task-1', passed: true, fault: '' },
  'checkpoint.reach': { name: 'before the deployment' },
  'note.write': { text: 'The cache was cold' },
  'times.ask': { name: 'look' },
  'rollback.register': { name: 'Schema down', values: [{ name: 'schema', text: '4' }] },
  'rollback.start': { rollback: 'look:1:rollback-1' },
  'rollback.end': { rollback: 'look:1:rollback-1', outcome: 'passed' },
  'step.fault': { name: 'Error', code: 'foreign.error', message: 'too late' },
  'secret.learn': { name: 'TOKEN', value: 'not-so-secret' }
};
const VERB_NAMES = Object.keys(CALLS) as VerbName[];

function call(key: string | null, verb: string, params: unknown): Promise<Json> {
  const { signal } = new AbortController();
  return answerCall(run, { cell: key, isLate: false, method: verb, params: params as Json }, signal);
}

/** Makes the attempt of `key` one that is evaluated again. */
function evaluateAgain(key: string, isReplay: boolean, effects: readonly RecordedEffect[] = []): void {
  const running = run.register.find(key)!;
  const answers = new RecordedAnswers({
    step: running.step,
    effects,
    goesOn: !isReplay,
    mask: value => value,
    patienceMs: 1
  });
  run.register.add({ ...running, record: { answers, isReplay, sinceSeq: 0 } });
}

describe('a call', () => {
  test.each(['deploy.all', 'constructor', '__proto__'])('named %s is unknown', async name => {
    const { cell } = await run.admit('look');
    await expect(call(cell.key, name, null)).rejects.toMatchObject({ code: 'call.unknown' });
  });

  test.each(VERB_NAMES.filter(name => name !== 'secret.learn'))(
    '%s outside of a step is refused, and leaves nothing',
    async name => {
      await expect(call(null, name, CALLS[name])).rejects.toMatchObject({ code: 'call.no_step' });
      expect(kinds()).toEqual([]);
    }
  );

  test('with a secret is taken from whoever has read it', async () => {
    expect(await call(null, 'secret.learn', CALLS['secret.learn'])).toBeNull();
    expect(run.masking.text('not-so-secret')).not.toContain('not-so-secret');
  });

  test('writes its record, and answers what the helper needs', async () => {
    const { cell } = await run.admit('look');
    const before = kinds().length;
    const effect = (await call(cell.key, 'effect.start', EFFECT)) as string;
    expect(await call(cell.key, 'effect.end', { ...CALLS['effect.end'], effect })).toBeNull();
    expect(await call(cell.key, 'checkpoint.reach', CALLS['checkpoint.reach'])).toBeNull();
    expect(await call(cell.key, 'note.write', CALLS['note.write'])).toBeNull();
    const rollback = (await call(cell.key, 'rollback.register', CALLS['rollback.register'])) as string;
    await call(cell.key, 'rollback.start', { rollback });
    await call(cell.key, 'rollback.end', { rollback, outcome: 'passed' });
    expect(run.journal.records.slice(before)).toMatchObject([
      { kind: 'effect-started', effect, step: 'look', attempt: 1, ...EFFECT },
      { kind: 'effect-ended', effect, outcome: 'passed', durationMs: 0, result: 'done' },
      { kind: 'checkpoint', name: 'before the deployment', step: 'look' },
      { kind: 'note', text: 'The cache was cold', step: 'look', by: { username: run.people.owner.username } },
      { kind: 'rollback-registered', rollback, name: 'Schema down', step: 'look' },
      { kind: 'rollback-started', rollback, step: 'look' },
      { kind: 'rollback-ended', rollback, outcome: 'passed' }
    ]);
    expect(effect).not.toBe(rollback);
  });
});

describe('in a replay of a finished attempt', () => {
  // The end of an effect comes only when a person let that effect be done again.
  test.each(VERB_NAMES.filter(name => name !== 'effect.end'))('%s writes nothing', async name => {
    const { cell } = await run.admit('look');
    evaluateAgain(cell.key, true);
    const before = kinds();
    const answer = await call(cell.key, name, CALLS[name]).catch((error: { code: string }) => error.code);
    expect(kinds()).toEqual(before);
    const isMissing = /^(effect\.start|approval\.ask|checklist\.ask|tasks\.assign|tasks\.gather)$/.test(name);
    expect(answer === 'resume.diverged').toBe(isMissing);
  });

  test('an undo step that keeps other values than recorded says so, once', async () => {
    const { cell } = await run.admit('look');
    const register = (text: string): Promise<Json> =>
      call(cell.key, 'rollback.register', { name: 'Schema down', values: [{ name: 'schema', text }] });
    const rollback = await register('4');
    evaluateAgain(cell.key, true);
    for (const text of ['4', '5', '5']) {
      expect(await register(text)).toBe(rollback);
    }
    expect(kinds().filter(kind => kind === 'rollback-values')).toHaveLength(1);
    expect(run.keeper.state.rollbacks).toMatchObject([
      { id: rollback, values: [{ name: 'schema', text: '5' }] }
    ]);
  });

  test('what the record has is the answer', async () => {
    const { cell } = await run.admit('look');
    const rollback = await call(cell.key, 'rollback.register', { name: 'Schema down', values: [] });
    evaluateAgain(cell.key, true, [
      {
        id: 'look:1:effect-1',
        ...EFFECT,
        attempt: 1,
        startSeq: 1,
        endSeq: 2,
        end: { outcome: 'passed', result: 'deployed' },
        judged: null
      }
    ]);
    expect(await call(cell.key, 'effect.start', EFFECT)).toEqual({
      recorded: { outcome: 'passed', result: 'deployed' }
    });
    expect(await call(cell.key, 'rollback.register', { name: 'Schema down', values: [] })).toBe(rollback);
    expect(await call(cell.key, 'rollback.register', { name: 'Another', values: [] })).toBeNull();
  });
});

test('an attempt that goes on does not reach a checkpoint or write a note a second time, and does what is new', async () => {
  const { cell } = await run.admit('look');
  await call(cell.key, 'checkpoint.reach', { name: 'half' });
  await call(cell.key, 'note.write', { text: 'warm' });
  evaluateAgain(cell.key, false);
  const before = kinds().length;
  await call(cell.key, 'checkpoint.reach', { name: 'half' });
  await call(cell.key, 'note.write', { text: 'warm' });
  expect(kinds()).toHaveLength(before);
  await call(cell.key, 'checkpoint.reach', { name: 'end' });
  await call(cell.key, 'note.write', { text: 'cold' });
  await call(cell.key, 'effect.start', EFFECT);
  expect(kinds().slice(before)).toEqual(['checkpoint', 'note', 'effect-started']);
});
