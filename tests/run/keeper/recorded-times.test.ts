import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { answerCall } from '../../../run/verbs/answer-call.js';
import { CELLS, makeSampleRun, type SampleRun } from '../sample-run.js';

let run: SampleRun;
beforeEach(() => {
  run = makeSampleRun([
    ...CELLS.slice(0, 2),
    { id: 'again', cell_type: 'code', source: '// Look again\n3' },
    { id: 'check', cell_type: 'markdown', source: '## Check\n\n### Ask the services' },
    { id: 'ask-services', cell_type: 'code', source: '4' },
    { id: 'twice-1', cell_type: 'code', source: '// Twice' },
    { id: 'twice-2', cell_type: 'code', source: '// Twice' }
  ]);
});
afterEach(() => run.end());

async function runStep(id: string): Promise<void> {
  const { cell } = await run.admit(id);
  await run.gate.settle(cell, { status: 'ok', startedAt: '' });
}

function attemptOf(step: string) {
  return run.keeper.state.steps[step]!.attempts.at(-1)!;
}

test('a step has the times of its last attempt, by its title and by its id', async () => {
  await runStep('look');
  await runStep('look');
  const { startedAt, endedAt } = attemptOf('look');
  expect(run.times('1 + 1')).toEqual({ kind: 'step', title: '1 + 1', startedAt, endedAt });
  expect(run.times('look')).toEqual(run.times('1 + 1'));
});

test('a phase reaches from the beginning of its first step to the end of its last', async () => {
  await runStep('look');
  await runStep('again');
  expect(run.times('Prepare')).toEqual({
    kind: 'phase',
    title: 'Prepare',
    startedAt: attemptOf('look').startedAt,
    endedAt: attemptOf('again').endedAt
  });
});

test('what still runs has no end', async () => {
  await run.admit('look');
  expect(run.times('Prepare').endedAt).toBeNull();
});

test('what is unknown, named twice, or has not run is told apart', () => {
  expect(() => run.times('Prepair')).toThrow(
    /no phase or step “Prepair”. Did you mean 'Prepare'\? Phases: Prepare, Check/
  );
  expect(() => run.times('Twice')).toThrow(
    /names the step in the phase “Check” and the step in the phase “Check”/
  );
  expect(() => run.times('Ask the services')).toThrow('has not run yet');
});

test('a cell asks for them over its call', async () => {
  const { cell } = await run.admit('look');
  const parts = { ...run, stdin: null as never };
  const signal = new AbortController().signal;
  expect(
    await answerCall(
      parts,
      { cell: cell.key, isLate: false, method: 'times.ask', params: { name: 'Prepare' } },
      signal
    )
  ).toMatchObject({
    kind: 'phase',
    endedAt: null
  });
});
