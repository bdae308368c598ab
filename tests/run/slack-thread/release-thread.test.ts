// The thread of a run while its kernel lives: told behind the run's back, said once when Slack is away, and caught up; the next kernel
// goes on with the same thread.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunInfo } from '../../../contract/base/run.js';
import { profileOf } from '../../../run/profile/profile.js';
import { ReleaseThread } from '../../../run/slack-thread/release-thread.js';
import type { LoadedProfile } from '../../../record/profile/load-profile.js';
import { NO_POLICY } from '../../../record/profile/read-policy.js';
import type { SlackProfile } from '../../../runbook/ports.js';
import { serveSlack } from '../../runbook/slack/slack-server.js';
import { CELLS, makeSampleRun, RUN, type EarlierRecord, type SampleRun } from '../sample-run.js';

const slack = serveSlack();
let runs: SampleRun[];
let said: string[];
let logged: string[];

beforeEach(() => {
  slack.reset();
  [runs, said, logged] = [[], [], []];
});
afterEach(() => runs.forEach(run => run.end()));

/** One life of a kernel. The first one's folder is that of all. */
function kernel(
  info: RunInfo = RUN,
  earlier: readonly EarlierRecord[] = [],
  other: Partial<SlackProfile> = {},
  lastMs = 25_000
): { readonly run: SampleRun; readonly thread: ReleaseThread; readonly notebook: { path: string } } {
  const run = makeSampleRun(CELLS, info, {}, undefined, earlier);
  runs.push(run);
  const profile = {
    slack: {
      token: 'xoxb-test-token',
      webhook: null,
      channel: '#releases',
      url: `${slack.url}/api/`,
      ...other
    },
    toldModes: ['live', 'rehearsal'],
    slackIds: {},
    lab: null,
    file: null,
    policy: NO_POLICY,
    isProduction: false
  } as unknown as LoadedProfile;
  const notebook = { path: runs[0]!.path };
  const thread = new ReleaseThread({
    keeper: run.keeper,
    notebook,
    known: { info, profile: profileOf(profile, () => NO_POLICY) },
    mask: text => text.replaceAll('sesame_4711', '«secret TOKEN»'),
    say: notice => said.push(notice),
    log: line => logged.push(line),
    paceMs: 0,
    retryMs: 10,
    // Long enough for a busy machine.
    lastMs
  });
  return { run, thread, notebook };
}

async function pass(run: SampleRun, step: string): Promise<void> {
  const { attempt } = await run.admit(step);
  await run.keeper.append({ kind: 'attempt-ended', step, attempt, outcome: 'passed', durationMs: 5 });
}

/** Waits until this is so. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await sleep(5);
  }
}

const replies = (): string[] =>
  slack
    .messages()
    .slice(1)
    .map(({ text }) => text.replaceAll('\u200b', ''));

describe('the thread of a kernel', () => {
  test('follows the run', async () => {
    const { run, thread } = kernel();
    await pass(run, 'look');
    await until(() => replies().length === 1);
    expect(replies()[0]).toMatch(/^✓ Prepare has passed: 1 of 1 step/);
    await thread.close();
    expect(slack.messages()[0]!.text).toMatch(
      /^:large_green_circle: \*release.ipynb: release 2\.4\.0 in staging/
    );
    expect(logged).toEqual([]);
  });

  test('goes on in the next kernel, which posts nothing again', async () => {
    const first = kernel();
    await pass(first.run, 'look');
    await first.thread.close();
    const before = slack.messages().map(({ ts }) => ts);
    const records = first.run.journal.records.map(({ seq: _seq, prev: _prev, ...record }) => record);
    const second = kernel(RUN, records);
    const error = { name: 'Error', code: 'foreign.error', message: 'no route to sesame_4711' };
    const failed = { step: 'ship', attempt: 1, outcome: 'failed' as const, durationMs: 5, error };
    const begun = { executionCount: 2, queuedAt: new Date().toISOString(), source: '', sourceHash: '' };
    await second.run.keeper.append({
      kind: 'attempt-started',
      step: 'ship',
      attempt: 1,
      by: RUN.createdBy,
      ...begun
    });
    await second.run.keeper.append({ kind: 'attempt-ended', ...failed });
    await second.thread.close();
    expect(
      slack
        .messages()
        .slice(0, before.length)
        .map(({ ts }) => ts)
    ).toEqual(before);
    expect(new Set(slack.messages().map(({ thread }) => thread))).toEqual(new Set([null, before[0]]));
    expect(replies().filter(text => text.includes('Prepare has passed'))).toHaveLength(1);
    expect(replies().at(-1)).toMatch(/^✗ .* failed \(attempt 1, .*\): no route to «secret TOKEN»$/);
  });

  test('goes along with a notebook that is renamed', async () => {
    const { run, thread, notebook } = kernel();
    await pass(run, 'look');
    await until(() => replies().length === 1);
    notebook.path = notebook.path.replace('release.ipynb', 'night/renamed.ipynb');
    await pass(run, 'look');
    await thread.close();
    expect(slack.messages().filter(({ thread }) => thread === null)).toHaveLength(1);
    expect(replies()).toHaveLength(2);
  });

  test('holds nothing up while Slack does not answer, says so once, and catches up', async () => {
    const { run, thread } = kernel();
    slack.script.status = 503;
    await pass(run, 'look');
    await until(() => said.length > 0);
    await pass(run, 'look');
    slack.take();
    await until(() => slack.take().length > 0);
    expect(slack.messages()).toEqual([]);
    slack.script.status = null;
    await until(() => replies().length === 2);
    await thread.close();
    expect(said).toEqual([
      'Slack does not take the messages of this run: Slack refused the message: status 503. The run goes on; what is missing is posted when Slack takes it.'
    ]);
    expect(logged).toEqual([
      'The run is not told in Slack for now: Slack refused the message: status 503.',
      'Slack takes the messages of the run again.'
    ]);
  });

  test('ends with its kernel although Slack answers nothing, and the next one posts it', async () => {
    const first = kernel(RUN, [], {}, 50);
    slack.script.stalls = true;
    await pass(first.run, 'look');
    await first.thread.close();
    expect(logged.join('\n')).toMatch(/launchbook status RUN\.ipynb --post slack/);
    slack.script.stalls = false;
    const records = first.run.journal.records.map(({ seq: _seq, prev: _prev, ...record }) => record);
    const second = kernel(RUN, records);
    await second.run.keeper.open();
    await second.thread.close();
    expect(replies()[0]).toMatch(/^✓ Prepare has passed/);
  });

  test('tells rehearsals as such, and dry runs and scratch notebooks not at all', async () => {
    const rehearsal = kernel({ ...RUN, mode: 'rehearsal' });
    await pass(rehearsal.run, 'look');
    await rehearsal.thread.close();
    expect(slack.messages()[0]!.text).toContain('in staging (rehearsal)*');
    slack.reset();
    const dry = kernel({ ...RUN, mode: 'dry-run' });
    await pass(dry.run, 'look');
    await dry.thread.close();
    const off = kernel(RUN, [], { channel: null });
    await pass(off.run, 'look');
    await off.thread.close();
    expect(slack.take()).toEqual([]);
  });
});
