import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CELLS, makeSampleRun, RUN, type SampleRun } from '../sample-run.js';

const LIVE = { ...RUN, environment: 'production' };
let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun(CELLS, LIVE, { isProduction: true });
});
afterEach(() => run.end());

const first = (allowsStdin = true) => run.gate.admit(run.cellOf('look', undefined, { allowsStdin }));

describe('before the first step of a live run in production', () => {
  test('the name of the environment is typed, once in a run, and recorded', async () => {
    run.type(async () => ' production ');
    expect((await first()).refusal).toBeNull();
    expect((await first()).refusal).toBeNull();
    expect(run.questions).toEqual(['This is a live run in production. Type production to go on: ']);
    expect(run.keeper.state.guard).toMatchObject({ environment: 'production' });
  });

  test.each(['', 'yes', 'Production', 'prod', 'staging'])('“%s” lets nothing run', async typed => {
    run.type(async () => typed);
    expect((await first()).refusal?.record.code).toBe('guard.wrong_name');
    expect(run.keeper.state).toMatchObject({ steps: {}, guard: null, driver: null });
  });

  test('a client that cannot be asked is refused, and so is a question that is interrupted', async () => {
    expect((await first(false)).refusal?.record.code).toBe('guard.unanswered');
    run.type(() => Promise.reject(new Error('interrupted')));
    expect((await first()).refusal?.evalue).toBe('interrupted');
    expect(run.keeper.state.steps).toEqual({});
  });

  test('a page may answer instead, and the question goes away', async () => {
    run.type(() => new Promise((_, reject) => setTimeout(() => reject(new Error('withdrawn')), 20)));
    const admitted = first();
    await new Promise(resolve => setTimeout(resolve, 5));
    await expect(run.guard.confirm('staging', run.people.owner)).rejects.toMatchObject({
      code: 'guard.wrong_name'
    });
    await run.guard.confirm('production', run.people.owner);
    expect((await admitted).refusal).toBeNull();
  });
});

test('a rehearsal in production runs nothing, one in a lower environment is not asked', async () => {
  const rehearsal = { ...LIVE, mode: 'rehearsal' as const };
  const production = makeSampleRun(CELLS, rehearsal, { isProduction: true });
  const { refusal } = await production.gate.admit(production.cellOf('look'));
  expect(refusal?.record.code).toBe('guard.rehearsal_in_production');
  expect(production.keeper.state.steps).toEqual({});
  production.end();
  const lower = makeSampleRun(CELLS, rehearsal, { isProduction: false });
  expect((await lower.gate.admit(lower.cellOf('look'))).refusal).toBeNull();
  lower.end();
});

test('scratch notebooks and other environments are not asked', async () => {
  for (const [info, isProduction] of [
    [{ ...LIVE, mode: 'dry-run' as const }, true],
    [null, true],
    [RUN, false]
  ] as const) {
    const other = makeSampleRun(CELLS, info, { isProduction });
    expect((await other.gate.admit(other.cellOf('look'))).refusal).toBeNull();
    expect(other.questions).toEqual([]);
    other.end();
  }
});
