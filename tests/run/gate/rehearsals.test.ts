// The lock of the policy at the gate of a run in memory: what the gate decides from the journal alone.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RehearsalRules } from '../../../record/profile/load-rehearsal-rules.js';
import { BOB, CELLS, makeSampleRun, RUN, type SampleCell, type SampleRun } from '../sample-run.js';

const LIVE = { ...RUN, environment: 'production', runbook: `rehearsals-of-${process.pid}.ipynb` };
const RULE = { withinMs: null, environments: ['staging'], sameRelease: false };
const RULES: RehearsalRules = {
  isProduction: false,
  lower: ['staging'],
  everywhere: null,
  phases: { Deploy: RULE },
  breakGlass: null
};
const REASON = 'staging is down, the fix cannot wait';
const FREE: readonly SampleCell[] = CELLS.filter(({ id }) => id !== 'ask');
let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun(FREE, LIVE, {}, async () => RULES);
});
afterEach(() => run.end());

const codeOf = async (id: string, code?: string): Promise<string | undefined> =>
  (await run.gate.admit(run.cellOf(id, code))).refusal?.record.code;

test('only the phases that the policy names are locked', async () => {
  expect(await codeOf('look')).toBeUndefined();
  expect(await codeOf('ship')).toBe('rehearsal.locked');
  expect(run.keeper.state.steps['ship']).toBeUndefined();
});

test('a client cannot talk the lock away by another heading, or by leaving the step out', async () => {
  const { title, phases } = run.outline.current();
  const renamed = phases.map(phase => (phase.id === 'deploy' ? { ...phase, title: 'Harmless' } : phase));
  for (const announced of [renamed, phases.filter(({ id }) => id !== 'deploy'), []]) {
    run.announce({ title, phases: announced });
    expect(await codeOf('ship')).toBe('rehearsal.locked');
  }
  run.announce({ title, phases: renamed });
  run.save(FREE.map(cell => (cell.id === 'deploy' ? { ...cell, source: '## Harmless' } : cell)));
  expect(await codeOf('ship')).toBeUndefined();
});

test('a release by a person lets in what the phase held then', async () => {
  await run.rehearsals.release('deploy', REASON, BOB);
  expect(await codeOf('ship', '3 + 3')).toBe('rehearsal.locked');
  expect(await codeOf('ship')).toBeUndefined();
  expect(run.keeper.state.phasesReleased).toMatchObject([{ name: 'Deploy', by: BOB, reason: REASON }]);
});

test('a step that comes into a phase after it was let in is locked with the phase', async () => {
  await run.rehearsals.release('deploy', REASON, BOB);
  run.save([...FREE, { id: 'more', cell_type: 'code', source: '4 + 4' }]);
  expect(await codeOf('more', '4 + 4')).toBe('rehearsal.locked');
  expect(await codeOf('ship')).toBe('rehearsal.locked');
});

describe('a release', () => {
  test.each([
    ['prepare', REASON, 'rehearsal.not_locked'],
    ['unknown', REASON, 'rehearsal.not_locked'],
    ['deploy', 'a word', 'hold.no_reason'],
    ['deploy', '', 'hold.no_reason']
  ])('of %s for the reason %j is refused', async (phase, reason, code) => {
    await expect(run.rehearsals.release(phase, reason, BOB)).rejects.toMatchObject({ code });
    expect(run.keeper.state.admissions).toEqual({});
  });

  test('by somebody whom the policy does not name is refused, and does not stand where a journal has one', async () => {
    const strict = { ...RULES, breakGlass: [{ name: 'leads', members: ['cleo'] }] };
    run.end();
    run = makeSampleRun(FREE, LIVE, {}, async () => strict);
    await expect(run.rehearsals.release('deploy', REASON, BOB)).rejects.toMatchObject({
      code: 'hold.glass_closed'
    });
    const steps = [{ id: 'ship', title: '2 + 2', hashes: ['ab'] }];
    await run.keeper.append({
      kind: 'phase-released',
      phase: 'deploy',
      title: 'Deploy',
      rule: RULE,
      missing: [],
      steps,
      by: BOB,
      reason: REASON
    });
    expect(await codeOf('ship')).toBe('rehearsal.locked');
  });

  test('of a phase that holds a step of no file is refused until it is saved', async () => {
    await run.admit('look'); // whoever drives tells the document
    const outline = run.outline.current();
    const phases = outline.phases.map(phase =>
      phase.id === 'deploy'
        ? { ...phase, steps: [...phase.steps, { id: 'new', title: 'New', holds: [] }] }
        : phase
    );
    run.announce({ ...outline, phases });
    await expect(run.rehearsals.release('deploy', REASON, BOB)).rejects.toMatchObject({
      code: 'rehearsal.unsaved'
    });
  });
});

test('faults of launchbook.yml lock every step of a live run, and no other run', async () => {
  const faulty = (): Promise<never> => Promise.reject(new Error('line 3 is not right'));
  for (const [info, code] of [
    [LIVE, 'rehearsal.unknown'],
    [{ ...LIVE, mode: 'rehearsal' as const }, undefined],
    [null, undefined]
  ] as const) {
    const other = makeSampleRun(FREE, info, {}, faulty);
    expect((await other.gate.admit(other.cellOf('look'))).refusal?.record.code).toBe(code);
    other.end();
  }
});

test('of a notebook that became a live run after its kernel was started nothing runs, locked or not', async () => {
  const other = makeSampleRun(FREE, null, {}, async () => RULES);
  other.save(FREE, LIVE);
  for (const cell of ['look', 'ship']) {
    expect((await other.gate.admit(other.cellOf(cell))).refusal?.record.code).toBe('run.environment_changed');
  }
  other.end();
});

test('what is known is told for live runs that need it alone', async () => {
  await run.keeper.open();
  expect((await run.rehearsals.overview())?.map(({ title, missing }) => [title, missing.length])).toEqual([
    ['Prepare', 0],
    ['Deploy', 1]
  ]);
  const free = makeSampleRun(FREE, LIVE, {}, async () => ({ ...RULES, phases: {} }));
  await free.keeper.open();
  expect(await free.rehearsals.overview()).toBeNull();
  free.end();
});
