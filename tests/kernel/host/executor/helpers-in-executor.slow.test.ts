import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Json } from '../../../../contract/base/json.js';
import type { CellOutput } from '../../../../contract/notebook/output.js';
import { ExecutorProcess } from '../../../../kernel/executor/outside/executor-process.js';
import { answerCall } from '../../../../run/verbs/answer-call.js';
import { PROFILE } from '../../../runbook/fake-ports.js';
import { makeSampleRun, type SampleRun } from '../../../run/sample-run.js';

let run: SampleRun;
let executor: ExecutorProcess;
let outputs: CellOutput[];

beforeEach(() => {
  run = makeSampleRun();
  outputs = [];
  const parts = { ...run, stdin: null as never };
  const splunk = { url: 'http://search', web: 'http://web', token: 'test-token', index: null, app: 'search' };
  executor = new ExecutorProcess({
    nodePath: process.execPath,
    entry: join(import.meta.dirname, '../../../../kernel/host/executor/executor-main.js'),
    folder: run.folder,
    env: process.env,
    settings: JSON.parse(
      JSON.stringify({ mode: 'live', folder: run.folder, profile: { ...PROFILE, splunk }, fault: null })
    ) as Json
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

async function runCell(js: string): Promise<string> {
  const { cell } = await run.admit('look');
  const sourceUrl = pathToFileURL(join(run.folder, 'cell.ts')).href;
  const outcome = await executor.run(
    cell.key,
    { js, showsResult: true, sourceUrl, declares: [], later: [] },
    {}
  );
  expect(outcome.error).toBeUndefined();
  return outputs
    .map(output =>
      output.kind === 'stream' ? output.text : 'data' in output ? String(output.data['text/plain']) : ''
    )
    .join('\n');
}

test('a window is resolved from the times that the supervisor has recorded', async () => {
  const shown = await runCell("(await splunk.search().window('Prepare').resolve()).link()");
  const startedAt = Date.parse(run.keeper.state.steps['look']!.attempts[0]!.startedAt) / 1000;
  expect(shown).toContain(`earliest=${startedAt.toFixed(3)}&latest=`);
});

test('scatter runs commands, each an effect of the step, and its result prints nothing further', async () => {
  const shown = await runCell("await scatter(['a', 'b'], word => $`echo ${word}`.text())");
  expect(shown).toContain('2 of 2 passed.');
  expect(outputs.filter(output => output.kind === 'result')).toEqual([]);
  expect(run.journal.records.filter(record => record.kind === 'effect-ended')).toHaveLength(2);
});

test('charts and messages work where cells run', async () => {
  const shown = await runCell("display.barChart([{ a: 'x', n: 2 }]); await slack.post('hello')");
  expect(shown).toMatch(/x {2}█+ 2/);
  expect(shown).toContain('Slack (off:');
});
