import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CellOutput } from '../../../kernel/core/ports.js';
import { ExecutorProcess } from '../../../kernel/executor/executor-process.js';
import { answerCall } from '../../../kernel/host/calls.js';
import { Effects } from '../../../kernel/host/effects.js';
import { makeSampleRun, type SampleRun } from './sample-run.js';

let run: SampleRun;
let executor: ExecutorProcess;
let outputs: CellOutput[];

beforeEach(() => {
  run = makeSampleRun();
  outputs = [];
  const parts = {
    ...run,
    effects: new Effects(run.keeper, run.people),
    stdin: null as never
  };
  executor = new ExecutorProcess({
    nodePath: process.execPath,
    entry: join(import.meta.dirname, '../../../kernel/host/executor-main.js'),
    folder: run.folder,
    env: process.env,
    settings: { mode: 'live', resolved: {} },
    handlers: {
      onOutput: (_key, output) => void outputs.push(output),
      onCall: (key, method, params, signal) => answerCall(parts, key, method, params, signal),
      onExit: () => undefined
    }
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
  const running = executor.run(cell.key, { js, showsResult: false, sourceUrl, declares: [] }, {});
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
