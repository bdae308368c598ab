import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { ErrorRecord } from '../../../contract/base/error.js';
import type { Outline } from '../../../contract/notebook/outline.js';
import type { ExecuteOutcome } from '../../../kernel/core/ports/ports.js';
import { answerCall } from '../../../run/verbs/answer-call.js';
import { checksOfStep } from '../../../run/gate/checks-of-step.js';
import { RunGatekeeper } from '../../../run/gate/gatekeeper.js';
import { NO_REHEARSAL_RULES } from '../../../record/profile/load-rehearsal-rules.js';
import { BOB, CELLS, RUN, makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun();
});
afterEach(() => run.end());

const failure = (code: string): ExecuteOutcome => {
  const record: ErrorRecord = { name: 'X', code, message: 'm' };
  return { status: 'error', startedAt: '', error: { ename: 'X', evalue: 'm', traceback: [], record } };
};

test('an admitted step is in the journal as started before it runs, and as ended with its outcome', async () => {
  const running = await run.admit('look');
  expect(run.journal.records.at(-1)).toMatchObject({
    kind: 'attempt-started',
    step: 'look',
    attempt: 1,
    source: '1 + 1'
  });
  await run.gate.settle(running.cell, { status: 'ok', startedAt: '' });
  expect(run.keeper.state.steps['look']).toMatchObject({
    status: 'passed',
    attempts: [{ outcome: 'passed' }]
  });
  expect((await run.admit('look')).attempt).toBe(2);
});

test.each([
  ['hold.rejected', 'rejected'],
  ['cell.interrupted', 'inconclusive'],
  ['executor.died', 'inconclusive'],
  ['shell.failed', 'failed'],
  ['foreign.error', 'failed']
])('an end with the code %s makes the step %s', async (code, outcome) => {
  const running = await run.admit('look');
  await run.gate.settle(running.cell, failure(code));
  expect(run.keeper.state.steps['look']?.status).toBe(outcome);
});

test('a step behind an unreleased hold point is refused, with who is awaited, and leaves no attempt', async () => {
  const notAsked = await run.gate.admit(run.cellOf('ship'));
  expect(notAsked.refusal).toMatchObject({
    ename: 'StepLockedError',
    record: { code: 'hold.locked' },
    evalue: expect.stringContaining('has not been asked yet')
  });
  const running = await run.admit('ask');
  const params = {
    name: 'QA sign-off',
    question: '?',
    approvers: ['qa-lead'],
    evidence: [],
    timeoutMs: null
  };
  const asked = new Promise<string>(resolve => {
    run.approvals.ask(running, params, new AbortController().signal, resolve).catch(() => undefined);
  });
  const id = await asked;
  expect((await run.gate.admit(run.cellOf('ship'))).refusal?.evalue).toMatch(
    /waits for qa-lead since \d{4}-/
  );
  expect(run.keeper.state.steps['ship']).toBeUndefined();
  const { content } = run.keeper.state.approvals[id]!;
  await run.approvals.decide({ approval: id, content, decision: 'approved', comment: '' }, BOB);
  expect((await run.gate.admit(run.cellOf('ship'))).refusal).toBeNull();
});

test('a silent cell is refused, because no record would show it', async () => {
  const { refusal } = await run.gate.admit({ ...run.cellOf('ship'), isSilent: true });
  expect(refusal).toMatchObject({ record: { code: 'run.unrecorded' } });
  expect(run.journal.records).toHaveLength(0);
});

test('a client that sends no cell id is gated by the text of the cell', async () => {
  expect((await run.gate.admit(run.cellOf(null, '2 + 2'))).refusal?.record.code).toBe('hold.locked');
});

test('a client cannot talk a saved hold point away', async () => {
  const outline = run.outline.current();
  run.announce({
    ...outline,
    phases: outline.phases.map(phase => ({
      ...phase,
      steps: phase.steps.map(step => ({ ...step, holds: [] }))
    }))
  });
  expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
});

test('while a page has not been told what its texts say, the file counts; of a cell that the file has not, nobody knows', async () => {
  const { title, phases } = run.outline.current();
  const added = { id: 'new', title: 'New', holds: [], isUnknown: true as const };
  run.announce({
    title,
    phases: phases.map(phase => ({
      ...phase,
      steps: [...phase.steps.map(step => ({ ...step, holds: [], isUnknown: true as const })), added]
    }))
  });
  const steps = run.outline.of('session-1').phases.flatMap(phase => phase.steps);
  expect(steps.filter(({ isUnknown }) => isUnknown).every(({ id }) => id === 'new')).toBe(true);
  expect(steps.find(({ id }) => id === 'ask')?.holds).toEqual(['QA sign-off']);
  expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
});

test.each<[string, (outline: Outline) => Outline['phases']]>([
  ['without the hold point', ({ phases }) => phases.filter(({ id }) => id !== 'sign-off')],
  ['with the hold point at the end', ({ phases: [first, hold, ...rest] }) => [first!, ...rest, hold!]],
  ['without anything', () => []]
])('a page whose open document is one %s unlocks nothing', async (_name, change) => {
  const outline = run.outline.current();
  run.announce({ ...outline, phases: change(outline) });
  expect((await run.gate.admit(run.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
});

test('an approval that is revoked while the step is being admitted locks it', async () => {
  let isRevoked = false;
  const slow = makeSampleRun(CELLS, { ...RUN, mode: 'live' }, {}, async () => {
    await revoke();
    return NO_REHEARSAL_RULES;
  });
  const revoke = async (): Promise<void> => {
    const [approval] = Object.values(slow.keeper.state.approvals);
    if (approval?.status === 'approved' && !isRevoked) {
      isRevoked = true;
      await slow.keeper.append({
        kind: 'approval-closed',
        approval: approval.id,
        status: 'revoked',
        reason: 'The errors rise.'
      });
    }
  };
  const asking = await slow.admit('ask');
  const request = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };
  let asked!: (id: string) => void;
  const id = new Promise<string>(resolve => (asked = resolve));
  const answer = slow.approvals.ask(asking, request, new AbortController().signal, asked);
  const { content } = slow.keeper.state.approvals[await id]!;
  await slow.approvals.decide({ approval: await id, content, decision: 'approved', comment: 'ok' }, BOB);
  await answer;
  await slow.gate.settle(asking.cell, { status: 'ok', startedAt: '' });
  expect((await slow.gate.admit(slow.cellOf('ship'))).refusal?.record.code).toBe('hold.locked');
  expect(isRevoked).toBe(true);
  expect(slow.keeper.state.steps['ship']).toBeUndefined();
  slow.end();
});

test('what is looked at last answers at once, so that nothing comes between it and the attempt', async () => {
  const checks = checksOfStep(run);
  const { cell, step } = await run.admit('look');
  const outline = run.outline.current();
  const asked = { step, code: cell.code, hash: '', by: BOB, outline };
  expect(checks.slice(-4).map(check => check(cell, asked) ?? null)).toEqual([null, null, null, null]);
});

test('nobody is asked for a hold point whose phase has another heading in the open document than in the file', async () => {
  const outline = run.outline.current();
  const phases = outline.phases.map(phase =>
    phase.id === 'sign-off' ? { ...phase, title: 'Harmless' } : phase
  );
  run.announce({ ...outline, phases });
  const asking = await run.admit('ask');
  const request = { name: 'QA sign-off', question: 'May it?', approvers: [], evidence: [], timeoutMs: null };
  await expect(
    run.approvals.ask(asking, request, new AbortController().signal, () => undefined)
  ).rejects.toMatchObject({ code: 'hold.phase_unsaved' });
  expect(run.keeper.state.approvals).toEqual({});
});

test('a notebook whose mode was changed since the kernel was started runs nothing', async () => {
  run.save(CELLS, { ...RUN, mode: 'dry-run' });
  expect((await run.gate.admit(run.cellOf('look'))).refusal?.record.code).toBe('run.mode_changed');
  expect(run.keeper.state.steps).toEqual({});
});

test('a notebook whose environment was changed since the kernel was started runs nothing', async () => {
  run.save(CELLS, { ...RUN, environment: 'production' });
  expect((await run.gate.admit(run.cellOf('look'))).refusal?.record).toMatchObject({
    code: 'run.environment_changed',
    message: expect.stringContaining('started for staging, its journal is of production')
  });
  expect(run.keeper.state.steps).toEqual({});
});

test('a kernel that was started before its notebook became a run runs nothing of it', async () => {
  const scratch = makeSampleRun(CELLS, null);
  scratch.save(CELLS, RUN);
  expect((await scratch.gate.admit(scratch.cellOf('look'))).refusal?.record.code).toBe(
    'run.environment_changed'
  );
  scratch.end();
});

test('in a dry run no hold point holds, and no effect may begin', async () => {
  const dry = makeSampleRun(CELLS, { ...RUN, mode: 'dry-run' });
  const { cell } = await dry.admit('ship');
  const effect = { helper: 'shell', label: 'fleetctl deploy orders', request: null };
  const { signal } = new AbortController();
  await expect(
    answerCall(dry, { cell: cell.key, isLate: false, method: 'effect.start', params: effect }, signal)
  ).rejects.toMatchObject({
    code: 'run.dry_run'
  });
  await answerCall(dry, { cell: cell.key, isLate: false, method: 'effect.plan', params: effect }, signal);
  expect(dry.journal.records.at(-1)).toMatchObject({ kind: 'effect-planned', ...effect, step: 'ship' });
  expect(dry.keeper.state.openEffects).toEqual({});
  dry.end();
});

test('when the journal cannot be written the step is refused and does not run', async () => {
  const broken = makeSampleRun(CELLS);
  await broken.keeper.open();
  broken.journal.append = () => Promise.reject(new Error('disk full'));
  expect((await broken.gate.admit(broken.cellOf('look'))).refusal?.evalue).toBe('disk full');
  broken.end();
});

test('a run whose parameters are not as declared does not begin, and leaves no attempt', async () => {
  const parametersFault = {
    name: 'ParametersError',
    code: 'profile.bad_parameters',
    message: "The parameter 'region' is missing."
  };
  const gateFor = (environment: string | null): RunGatekeeper => {
    const known = { mode: 'live' as const, environment, profile: { ...run.profile, parametersFault } };
    return new RunGatekeeper({ ...run, always: [], checks: checksOfStep({ ...run, known }) });
  };
  expect((await gateFor('staging').admit(run.cellOf('look'))).refusal?.record).toMatchObject(parametersFault);
  expect(run.keeper.state.steps).toEqual({});
  run.save(CELLS, null);
  expect((await gateFor(null).admit(run.cellOf('look'))).refusal).toBeNull();
});

test('a save while a check waits is seen by the checks after it', async () => {
  const refuseRun = (): Error | null => (run.notebook.read().run === null ? null : new Error('it is a run'));
  const waits = async (): Promise<void> => {
    expect(run.notebook.read().run).not.toBeNull();
    await new Promise(setImmediate);
    run.save(CELLS, null);
  };
  const gate = new RunGatekeeper({ ...run, always: [], checks: [waits, refuseRun] });
  expect((await gate.admit(run.cellOf('look'))).refusal).toBeNull();
  run.save(CELLS, RUN);
  const late = new RunGatekeeper({ ...run, always: [() => Promise.resolve(null), refuseRun], checks: [] });
  expect((await late.admit(run.cellOf('look'))).refusal?.evalue).toBe('it is a run');
});

test('a clock that is set back changes no duration, and the order of records stays', async () => {
  const running = await run.admit('look');
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
  const pauseMs = 20;
  await new Promise(resolve => setTimeout(resolve, pauseMs + 5));
  await run.gate.settle(running.cell, { status: 'ok', startedAt: '' });
  clock.mockRestore();
  const [started, ended] = run.journal.records.slice(-2);
  expect(ended).toMatchObject({ kind: 'attempt-ended', durationMs: expect.any(Number) as unknown });
  expect((ended as { durationMs: number }).durationMs).toBeGreaterThanOrEqual(pauseMs);
  expect(ended!.at < started!.at).toBe(true);
  expect(run.keeper.state.steps['look']?.status).toBe('passed');
});

test('a notebook of another run in the place of this one is refused, and so is one of none', async () => {
  await run.admit('look');
  for (const other of [{ ...RUN, id: 'another' }, null]) {
    run.save(CELLS, other);
    expect((await run.gate.admit(run.cellOf('look'))).refusal?.record.code).toBe('run.other');
  }
  run.save(CELLS, RUN);
  expect((await run.gate.admit(run.cellOf('look'))).refusal).toBeNull();
});
