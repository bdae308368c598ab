// The repository of a team, as `launchbook init` and `launchbook new` leave it: own scripts are found from its root, nothing of the machine
// is committed, and what the run tells in Slack leads back to the step.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CellSource, Lab } from '../lab.js';
import { ROOT } from '../root.js';
import { RunPage } from '../run-page.js';
import { expect, test } from '../test.js';

const CELLS: readonly CellSource[] = [
  { id: 'title', type: 'markdown', source: '# Tea shop\n\n## Preparation' },
  { id: 'health', source: '// Ask for the health\nawait $`bin/health.sh`' },
  {
    id: 'place',
    source:
      "// Where it runs\nimport { readFileSync } from 'node:fs';\nconsole.log(process.cwd() === (await $`pwd`.text()), readFileSync('bin/words.txt', 'utf8'));"
  },
  { id: 'deployment', type: 'markdown', source: '## Deployment' },
  { id: 'deploy', source: '// Deploy orders\nawait $`bin/deploy.sh 2.4.0`' }
];

test(
  'scripts are found from the root of the repository, and what failed leads from Slack to its step',
  { tag: '@proof' },
  async ({ browser, labs }) => {
    const slack = await serveSlack();
    try {
      const lab = await labs.fresh({ SLACK_TOKEN: 'xoxb-of-the-test' });
      const path = makeRepository(lab, slack.url);
      const run = await RunPage.open(browser, { url: lab.address(path) });

      await test.step('a script of the repository is found from the folder of a run', async () => {
        await run.runCell('Ask for the health');
        await expect(run.cell('Ask for the health').locator('.jp-OutputArea')).toContainText('all is well');
        await run.runCell('Where it runs');
        await expect(run.cell('Where it runs').locator('.jp-OutputArea')).toContainText(
          'true of the repository'
        );
      });

      await test.step('a script that is not there is named with the folder in which it was looked for', async () => {
        await run.runCell('Deploy orders');
        await expect(run.cell('Deploy orders').locator('.jp-OutputArea')).toContainText(lab.folder);
      });

      await test.step('Slack is told of the failure with its last line, and the link opens the step', async () => {
        const failure = (): string => slack.posted().find(each => each.startsWith('✗')) ?? '';
        await expect.poll(failure, { timeout: 30_000 }).toContain('bin/deploy.sh');
        const [, link] = /<(http[^|>]+)\|/.exec(failure())!;
        expect(link).toBe(`http://lab.test/lab/tree/${path}#cell-id=deploy`);
        const page = await browser.newPage();
        await page.goto(`${lab.address(path)}${new URL(link!).hash}`);
        await expect(page.locator('.jp-Notebook .jp-Cell.jp-mod-active')).toContainText('Deploy orders', {
          timeout: 60_000
        });
        await page.close();
      });

      await test.step('what git would commit is the runbook, its rules, its scripts and the run', () => {
        const listed = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
          cwd: lab.folder,
          encoding: 'utf8'
        });
        const files = listed.split('\n').filter(line => line !== '');
        expect(
          files.filter(line => !/ runs\/2\.4\.0-staging\/release\.(ipynb|journal\.jsonl)$/.test(line))
        ).toEqual([]);
      });
      expect(run.ownFaults()).toEqual([]);
    } finally {
      await slack.stop();
    }
  }
);

/** A repository with scripts of its own and a virtual environment; returns the path of its run. */
function makeRepository(lab: Lab, slackUrl: string): string {
  const { folder } = lab;
  const call = (program: string, ...args: string[]): void => {
    execFileSync(program, args, { cwd: folder, stdio: 'pipe' });
  };
  const launchbook = (...args: string[]): void =>
    call(process.execPath, join(ROOT, 'lib/cli/main.js'), ...args);
  call('git', 'init', '-q', '-b', 'main');
  call('git', 'config', 'user.name', 'Ann Lee');
  call('git', 'config', 'user.email', 'ann@example.org');
  launchbook('init');
  for (const name of ['bin', '.venv', '.launchbook']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, '.venv/pyvenv.cfg'), 'home = /usr/bin\n');
  writeFileSync(join(folder, 'bin/health.sh'), '#!/bin/sh\necho all is well\n');
  chmodSync(join(folder, 'bin/health.sh'), 0o755);
  writeFileSync(join(folder, 'bin/words.txt'), 'of the repository');
  writeFileSync(
    join(folder, 'launchbook.yml'),
    `lab: http://lab.test/lab/tree\nenvironments:\n  staging:\n    slack: { token: '\${SLACK_TOKEN}', channel: '#releases', url: '${slackUrl}' }\n`
  );
  lab.write('release.ipynb', 'launchbook', CELLS);
  call('git', 'add', '.');
  expect(execFileSync('git', ['ls-files'], { cwd: folder, encoding: 'utf8' })).not.toContain('.venv');
  call('git', 'commit', '-qm', 'Begin');
  launchbook('new', 'release.ipynb', '--release', '2.4.0', '--env', 'staging');
  const path = 'runs/2.4.0-staging/release.ipynb';
  expect(readFileSync(join(folder, path), 'utf8')).toContain('"release": "2.4.0"');
  return path;
}

/** Takes every message, as Slack's Web API does. */
async function serveSlack(): Promise<{ readonly url: string; posted(): string[]; stop(): Promise<void> }> {
  const posted: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then(body => {
      posted.push(new URLSearchParams(body).get('text') ?? '');
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ok: true, channel: 'C024BE91L', ts: `1795333803.${100000 + posted.length}` }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    posted: () => posted,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  };
}
