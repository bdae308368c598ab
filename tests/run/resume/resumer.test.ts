import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ExecutorLosses } from '../../../run/resume/executor-losses.js';
import { cellErrorOf } from '../../../contract/base/cell-error.js';
import { CELLS, makeSampleRun, RUN, type SampleRun } from '../sample-run.js';

let run: SampleRun;

beforeEach(() => {
  const cells = [...CELLS.slice(0, 2), { id: 'again', cell_type: 'code', source: '1 + 2' } as const];
  run = makeSampleRun([...cells, ...CELLS.slice(2)], { ...RUN, mode: 'rehearsal' });
});
afterEach(() => run.end());

const by = () => run.people.owner;
const kinds = () => run.journal.records.map(({ kind }) => kind);

async function pass(id: string): Promise<void> {
  const { cell } = await run.admit(id);
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
}

async function die(): Promise<void> {
  await run.losses.note('died');
}

describe('resume', () => {
  test('evaluates what was lost, in order, with the texts of the cells, and ends the recovery', async () => {
    await pass('look');
    await die();
    const told: string[] = [];
    const { steps } = await run.acts.resumer.resume(by(), {}, ({ title }) => void told.push(title));
    expect(steps).toBe(1);
    expect(run.evaluated.map(({ cellId, code }) => [cellId, code])).toEqual([['look', '1 + 1']]);
    expect(told).toEqual(['1 + 1']);
    expect(kinds().slice(-3)).toEqual(['resume-started', 'step-replayed', 'resume-ended']);
    expect(run.keeper.state.recovery).toBeNull();
  });

  test('does nothing, and writes nothing, when nothing was lost', async () => {
    await pass('look');
    const before = kinds().length;
    expect(await run.acts.resumer.resume(by())).toMatchObject({ steps: 0 });
    expect(kinds()).toHaveLength(before);
  });

  test('takes the text of the open document when the file is older', async () => {
    const { cell } = await run.admit('look', '1 + 3');
    await run.gate.settle(cell, { status: 'ok', startedAt: '' });
    await die();
    run.outline.forget('session-1');
    await expect(run.acts.resumer.resume(by())).rejects.toMatchObject({ code: 'resume.asked' });
    await run.acts.resumer.resume(by(), { look: '1 + 3' });
    expect(run.evaluated.at(-1)?.code).toBe('1 + 3');
  });

  test('a step that fails now stops it, is recorded, and the recovery goes on', async () => {
    await pass('look');
    await die();
    run.evaluator.run = async () => ({
      status: 'error',
      startedAt: '',
      error: cellErrorOf(new Error('gone'))
    });
    await expect(run.acts.resumer.resume(by())).rejects.toMatchObject({ code: 'resume.failed' });
    expect(run.journal.records.at(-1)).toMatchObject({ kind: 'resume-ended', outcome: 'failed' });
    expect(run.keeper.state.recovery).toMatchObject({ lost: ['look'], error: { code: 'resume.failed' } });
  });
});

describe('an executor that ends during a resume', () => {
  const replayed = () => run.evaluated.map(({ cellId }) => cellId);

  beforeEach(async () => {
    await pass('look');
    await pass('again');
    await die();
  });

  test.each(['look', 'again'])('fails it after the replay of %s, and everything stays lost', async last => {
    run.evaluator.run = async ({ cellId }) => {
      if (cellId === last) {
        await run.losses.note('died');
      }
      return { status: 'ok', startedAt: '' };
    };
    await expect(run.acts.resumer.resume(by())).rejects.toMatchObject({ code: 'executor.died' });
    expect(replayed().at(-1)).toBe(last);
    expect(run.journal.records.at(-1)).toMatchObject({ kind: 'resume-ended', outcome: 'failed' });
    expect(run.keeper.state.recovery).toMatchObject({ lost: ['look', 'again'], resume: null });
    expect((await run.gate.admit(run.cellOf('look'))).refusal?.record.code).toBe('resume.pending');
  });

  test('is known of every cell that is replayed, so that none begins in the next one', async () => {
    const before = run.losses.count;
    const seen: unknown[] = [];
    run.evaluator.run = async ({ key }) => {
      seen.push(run.register.find(key)?.lossesBefore);
      return { status: 'ok', startedAt: '' };
    };
    await run.acts.resumer.resume(by());
    expect(seen).toEqual([before, before]);
    expect(run.keeper.state.recovery).toBeNull();
  });
});

describe('the gate', () => {
  test('refuses every step while variables are lost, and while a resume goes on', async () => {
    await pass('look');
    await die();
    for (const id of ['look', 'ask']) {
      const { refusal } = await run.gate.admit(run.cellOf(id));
      expect(refusal?.record.code).toBe('resume.pending');
    }
    let seen: string | undefined;
    run.evaluator.run = async () => {
      seen = (await run.gate.admit(run.cellOf('look'))).refusal?.record.code;
      return { status: 'ok', startedAt: '' };
    };
    await run.acts.lane.take('A resume', () => run.acts.resumer.resume(by()));
    expect(seen).toBe('run.busy');
  });

  test('admits nothing before the end of an executor is on disk', async () => {
    await pass('look');
    const append = run.journal.append.bind(run.journal);
    run.journal.append = () => Promise.reject(new Error('disk full'));
    await run.losses.note('died').catch(() => undefined);
    expect((await run.gate.admit(run.cellOf('look'))).refusal?.evalue).toContain('disk full');
    run.journal.append = append;
    expect((await run.gate.admit(run.cellOf('look'))).refusal?.record.code).toBe('resume.pending');
  });

  test('a step whose text has changed since it died is not gone on with', async () => {
    await run.admit('look');
    await die();
    const { refusal } = await run.gate.admit(run.cellOf('look', '1 + 9'));
    expect(refusal?.record.code).toBe('resume.changed');
    await run.acts.judgements.discard('look', 'edited', by());
    expect((await run.gate.admit(run.cellOf('look', '1 + 9'))).refusal).toBeNull();
  });

  test('an attempt that died is gone on with by the next one', async () => {
    await run.admit('look');
    await die();
    await run.admit('look');
    expect(run.keeper.state.steps['look']?.attempts.at(-1)).toMatchObject({ attempt: 2, continues: 1 });
  });
});

describe('people', () => {
  test.each([
    ['judge.unknown', () => run.acts.judgements.judge('none', 'passed', '', by())],
    ['reason.missing', () => run.acts.judgements.discard(null, ' ', by())],
    ['discard.unknown', () => run.acts.judgements.discard('ship', 'r', by())],
    ['skip.unknown', () => run.acts.judgements.skip('nothing', 'r', by(), () => null)],
    ['skip.passed', () => run.acts.judgements.skip('look', 'r', by(), () => null)],
    ['skip.hold', () => run.acts.judgements.skip('ask', 'r', by(), () => null)],
    ['rollback.unknown', () => run.acts.rollback.plan({ checkpoint: 'nowhere', step: null })]
  ])('%s is refused and leaves no record', async (code, act) => {
    await pass('look');
    const before = kinds().length;
    await expect(act()).rejects.toMatchObject({ code });
    expect(kinds()).toHaveLength(before);
  });

  test('a judgement without a reason is refused, whoever asks, and leaves no record', async () => {
    const { cell } = await run.admit('look');
    await run.keeper.append({
      kind: 'effect-started',
      effect: 'look:1:effect-1',
      step: 'look',
      attempt: 1,
      helper: 'shell',
      label: 'deploy',
      request: {}
    });
    await run.gate.settle(cell, { status: 'ok', startedAt: '' });
    const before = kinds().length;
    const judge = (reason: string) => run.acts.judgements.judge('look:1:effect-1', 'passed', reason, by());
    await expect(judge(' ')).rejects.toMatchObject({ code: 'reason.missing' });
    expect(kinds()).toHaveLength(before);
    await judge('seen in the log');
    expect(kinds().at(-1)).toBe('effect-judged');
  });

  test('one thing goes on at a time', async () => {
    const { lane } = run.acts;
    const first = lane.queue('A cell', () => new Promise(resolve => setTimeout(resolve, 5)));
    await Promise.resolve();
    expect(() => lane.take('A resume', async () => undefined)).toThrow(/A cell is still running/);
    await first;
    expect(await lane.take('A resume', async () => 'done')).toBe('done');
  });
});

test('ends of executors are written in order, each once', async () => {
  await run.keeper.open();
  const losses = new ExecutorLosses(run.keeper);
  await Promise.all([losses.note('died'), losses.note('exited'), losses.settle()]);
  const reasons = run.journal.records.flatMap(record =>
    record.kind === 'executor-replaced' ? [record.reason] : []
  );
  expect(reasons).toEqual(['died', 'exited']);
});
