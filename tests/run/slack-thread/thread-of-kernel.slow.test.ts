// The thread of a run in Slack with real kernels, over two lives and without Slack at first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { threadFileOf } from '../../../lifecycle/slack-thread/thread-place.js';
import { root } from '../../house/root.js';
import { rounds } from '../../proof.js';
import { makeSandbox, type Sandbox } from '../../cli/launchbook.js';
import { unusedUrl } from '../../runbook/http/http-server.js';
import { serveSlack } from '../../runbook/slack/slack-server.js';

const slack = serveSlack();
let box: Sandbox;

beforeEach(() => {
  slack.reset();
  box = makeSandbox({ SLACK_TEST_TOKEN: 'xoxb-test-token' });
});
afterEach(() => box.remove());

function profileText(url: string): string {
  return `environments:\n  staging:\n    slack: { token: '\${SLACK_TEST_TOKEN}', channel: '#releases', url: '${url}' }\n`;
}

/** A run of two phases; the second fails while there is no file `ready`. */
async function makeRun(url: string, ship = '// Ship <!channel>\nawait $`cat ready`'): Promise<string> {
  const cells = [
    ['markdown', 'prepare', '# Tea shop\n\n## Prepare'],
    ['code', 'look', '// Look\nawait $`echo ready`'],
    ['markdown', 'deploy', '## Deploy'],
    ['code', 'ship', ship]
  ].map(([type, id, source]) => ({
    id,
    cell_type: type,
    metadata: {},
    source,
    ...(type === 'code' && { outputs: [], execution_count: null })
  }));
  const metadata = { kernelspec: { name: 'launchbook', display_name: '', language: 'typescript' } };
  box.write('release.ipynb', { cells, metadata, nbformat: 4, nbformat_minor: 5 });
  box.write('launchbook.yml', profileText(url));
  box.git('init', '--template=', '--quiet');
  box.commit();
  const { stdout } = await box.launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
  return join(box.folder, stdout.trim());
}

const texts = (): string[] => slack.messages().map(({ text }) => text.replaceAll('\u200b', ''));

test('the run is told from its first step to its end', async () => {
  const run = await makeRun(`${slack.url}/api/`);
  box.write('ready', 'yes\n');
  expect(await box.launchbook('run', run)).toMatchObject({ code: 0 });
  // A kernel that ends on a busy machine may leave its last messages to whoever comes next.
  await box.launchbook('status', run, '--post', 'slack');
  expect(texts()).toEqual([
    expect.stringMatching(
      /^:large_green_circle: \*Tea shop: release 2\.4\.0 in staging.*\*: every phase has passed/
    ),
    expect.stringMatching(/^✓ Prepare has passed: 1 of 1 step/),
    expect.stringMatching(/^✓ Deploy has passed/),
    expect.stringMatching(/^✓ \*Finished\* after /)
  ]);
  const { stderr: posted } = await box.launchbook('status', run, '--post', 'slack');
  expect(posted).toMatch(/Slack, C024BE91L: 0 messages posted, \d edited/);
});

// As long as two lives of a kernel take.
for (const name of [
  'it goes on although nobody answers for Slack, and the next kernel tells all of it in one thread'
].slice(0, rounds({ inTest: 0, inProof: 1 }))) {
  test(name, async () => {
    const run = await makeRun(await unusedUrl());
    const failed = await box.launchbook('run', run);
    expect([failed.code, failed.stderr]).toEqual([
      1,
      expect.stringContaining('status RUN.ipynb --post slack')
    ]);
    box.write('launchbook.yml', profileText(`${slack.url}/api/`));
    box.write('ready', 'yes\n');
    expect(await box.launchbook('run', run)).toMatchObject({ code: 0 });
    await box.launchbook('status', run, '--post', 'slack');
    const [first, ...replies] = slack.messages();
    expect(new Set(replies.map(({ thread }) => thread))).toEqual(new Set([first!.ts]));
    expect(texts().slice(1)).toEqual([
      expect.stringMatching(/^✓ Prepare has passed: 1 of 1 step/),
      expect.stringMatching(
        /^✗ “Ship &lt;!channel&gt;” \(Deploy\) failed \(attempt 1, .*\): Command failed .* — cat: ready: No such file or directory/
      ),
      expect.stringMatching(/^✓ Deploy has passed/),
      expect.stringMatching(/^✓ \*Finished\* after /)
    ]);
  });
}

for (const name of ['the next kernel goes on with the thread of one that was killed'].slice(
  0,
  rounds({ inTest: 0, inProof: 1 })
)) {
  test(name, async () => {
    const run = await makeRun(`${slack.url}/api/`, WAITS);
    const killed = spawn(process.execPath, [join(root, 'lib/cli/main.js'), 'run', run], {
      cwd: box.folder,
      env: { ...process.env, SLACK_TEST_TOKEN: 'xoxb-test-token' },
      stdio: 'ignore'
    });
    while (!/"phase:/.test(placed(run))) {
      await sleep(20);
    }
    const ended = once(killed, 'exit');
    killed.kill('SIGKILL');
    await ended;
    const before = slack.messages().map(({ ts }) => ts);
    box.write('ready', 'yes\n');
    expect(await box.launchbook('resume', run)).toMatchObject({ code: 0 });
    await box.launchbook('status', run, '--post', 'slack');
    expect(
      slack
        .messages()
        .map(({ ts }) => ts)
        .slice(0, before.length)
    ).toEqual(before);
    expect(new Set(slack.messages().map(({ thread }) => thread))).toEqual(new Set([null, before[0]]));
    expect(texts().slice(1)).toEqual([
      expect.stringMatching(/^✓ Prepare has passed/),
      expect.stringMatching(/^\? “Ship.*has no known end.*attempt 2 has passed$/),
      expect.stringMatching(/^✓ Deploy has passed/),
      expect.stringMatching(/^✓ \*Finished\* after /)
    ]);
  });
}

/** Goes on when there is a file `ready`. */
const WAITS = `// Ship
const { existsSync } = await import('node:fs');
while (!existsSync('ready')) await new Promise(resolve => setTimeout(resolve, 20));`;

function placed(run: string): string {
  const file = threadFileOf(run);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
