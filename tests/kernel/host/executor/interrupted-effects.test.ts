import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CellOutput } from '../../../../contract/notebook/output.js';
import { ExecutorProcess } from '../../../../kernel/executor/outside/executor-process.js';
import { answerCall } from '../../../../run/verbs/answer-call.js';
import { makeSampleRun, type SampleRun } from '../../../run/sample-run.js';

let run: SampleRun;
let executor: ExecutorProcess;
let outputs: CellOutput[];

beforeEach(() => {
  run = makeSampleRun();
  outputs = [];
  const parts = { ...run, stdin: null as never };
  executor = new ExecutorProcess({
    nodePath: process.execPath,
    entry: join(import.meta.dirname, '../../../../kernel/host/executor/executor-main.js'),
    folder: run.folder,
    env: process.env,
    settings: { mode: 'live', folder: run.folder, profile: null, fault: null }
  });
  executor.listen({
    onOutput: (_key, output) => void outputs.push(output),
    onCall: (call, signal) => answerCall(parts, call, signal),
    onExit: () => undefined
  });
});

afterEach(async () => {
  await executor.kill();
  run.end();
});

test('an interrupted command whose group has ended is recorded as ended and inconclusive', async () => {
  const { cell } = await run.admit('look');
  const js = "await $`sh -c ${'echo ready; sleep 60 & wait'}`";
  const sourceUrl = pathToFileURL(join(run.folder, 'cell.ts')).href;
  const running = executor.run(cell.key, { js, showsResult: false, sourceUrl, declares: [], later: [] }, {});
  while (!outputs.some(output => output.kind === 'stream' && output.text.includes('ready'))) {
    await sleep(10);
  }
  expect(Object.values(run.keeper.state.openEffects)).toHaveLength(1);
  expect(await executor.interrupt()).toBe('stopped');
  expect(await running).toMatchObject({ error: { ename: 'KeyboardInterrupt' } });
  while (Object.values(run.keeper.state.openEffects).length > 0) {
    await sleep(10);
  }
  expect(run.journal.records.at(-1)).toMatchObject({
    kind: 'effect-ended',
    outcome: 'inconclusive',
    result: { isInterrupted: true, exitCode: null }
  });
});
