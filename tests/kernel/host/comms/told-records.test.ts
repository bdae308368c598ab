// When pages are told of records: a step's reply does not wait in the server until every page has hundreds of them.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelMessage } from '../../../../contract/comms/comm.js';
import type { Json } from '../../../../contract/base/json.js';
import { COMM_VERSION } from '../../../../contract/base/version.js';
import type { Comm } from '../../../../kernel/core/ports/ports.js';
import { RunComm } from '../../../../kernel/host/comms/run-comm.js';
import { makeSampleRun, type SampleRun } from '../../../run/sample-run.js';

/** Longer than anything waits to be told. */
const TOLD_MS = 600;

let run: SampleRun;
let told: string[] = [];
beforeEach(async () => {
  run = makeSampleRun();
  told = [];
  const page: Comm = {
    id: 'comm-1',
    target: 'launchbook.run',
    session: 'tab-1',
    send: hear,
    tellAll: hear,
    close: () => undefined,
    forget: () => undefined,
    onMessage: () => undefined,
    onClose: () => undefined
  };
  new RunComm(run).open(page, {
    version: COMM_VERSION,
    client: 'tab-1',
    user: { username: 'bob', name: 'Bob Ray' },
    outline: null
  });
  await sleep(TOLD_MS);
});
afterEach(() => run.end());

function hear(data: Json): void {
  const message = data as unknown as KernelMessage;
  told.push(...(message.type === 'records' ? message.records.map(({ kind }) => kind) : []));
}

/** Whether the page knew at the end of a step with so many effects that it had ended. */
async function isEndToldAtOnce(effects: number): Promise<boolean> {
  const { attempt } = await run.admit('look');
  await sleep(TOLD_MS);
  let wasTold: boolean | undefined;
  run.keeper.subscribe(({ kind }) => {
    if (kind === 'attempt-ended') {
      wasTold = told.includes(kind);
    }
  });
  const started = { step: 'look', attempt, helper: 'record', label: 'measured', request: {} };
  await Promise.all([
    ...Array.from({ length: effects }, (_, index) =>
      run.keeper.append({ kind: 'effect-started', effect: `effect-${index}`, ...started })
    ),
    run.keeper.append({ kind: 'attempt-ended', step: 'look', attempt, outcome: 'passed', durationMs: 1 })
  ]);
  return wasTold!;
}

test('the end of a step with few records is told at once, before its reply', async () => {
  expect(await isEndToldAtOnce(3)).toBe(true);
});

test('that of a step with many after its reply, and nothing is left out', async () => {
  expect(await isEndToldAtOnce(40)).toBe(false);
  await sleep(TOLD_MS);
  expect(told.slice(-41)).toEqual([...Array.from({ length: 40 }, () => 'effect-started'), 'attempt-ended']);
});
