// The commands of the pages are typed in a fresh repository, line by line in the order of their page. What a page presupposes, such as a
// night that has come to its end, is played before.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execute } from '../../lifecycle/executed-run.js';
import { rounds } from '../../proof.js';
import { root } from '../root.js';
import { serveSlack } from '../../runbook/slack/slack-server.js';
import { fencesIn, type Fence } from './fences.js';
import { freshRepository, type FreshRepository } from './fresh-repository.js';

const slack = serveSlack();
let repository: FreshRepository;

beforeEach(() => {
  slack.reset();
  repository = freshRepository();
});
afterEach(() => repository.remove());

const SAMPLES = 'tests/lifecycle/import/golden';
const NIGHT = 'runs/2.4.0-production/release.ipynb';

async function must(lines: string): Promise<void> {
  const { code, shown } = await repository.type(lines);
  if (code !== 0) {
    throw new Error(`${lines}\n${shown}`);
  }
}

/** A repository with a runbook, as `launchbook init` makes it, and a place to push to. */
async function withRunbook(): Promise<void> {
  await must('launchbook init; git add --all; git commit --quiet -m Begin');
  await must(
    'git init --quiet --bare ../remote.git; git remote add origin ../remote.git; git push -qu origin HEAD'
  );
}

async function withRun(environment: string, until?: string): Promise<void> {
  await withRunbook();
  await must(`launchbook new release.ipynb --release 2.4.0 --env ${environment}`);
  const run = join(repository.folder, `runs/2.4.0-${environment}/release.ipynb`);
  execute(run, until === undefined ? {} : { until });
}

/** A `jupyter` that lists this product. */
async function withJupyter(): Promise<void> {
  const data = join(repository.home, '.local/share/jupyter');
  const paths = JSON.stringify({ data: [data], config: [] });
  repository.write(
    'bin/jupyter',
    `#!/bin/sh\nif [ "$1" = --paths ]; then echo '${paths}'; else echo 'jupyterlab : 4.6.4'; fi\n`
  );
  await must('launchbook install --user');
}

/** A document of the examples, or of the samples of the import, under another name. */
function withDocument(name: string, from: string): void {
  const path = join(repository.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, readFileSync(join(root, from)));
}

/** What happens before a block of a page; the page and the number of the block. */
const BEFORE: { readonly [block: string]: () => Promise<void> | void } = {
  'docs/guide/a-release-night.md, 1': withRunbook,
  'docs/guide/a-release-night.md, 2': () => execute(join(repository.folder, NIGHT)),
  'docs/guide/coming-from.md, 1': () => withDocument('deploy.md', 'examples/imported/rotate-certificate.md'),
  'docs/guide/from-an-issue-template.md, 1': () =>
    withDocument('.github/ISSUE_TEMPLATE/release.yml', `${SAMPLES}/release-form.yml`),
  'docs/guide/from-a-wiki-page.md, 1': () => withDocument('page.xml', 'examples/imported/restart-orders.xml'),
  'docs/guide/from-a-python-notebook.md, 1': () => withDocument('scale.ipynb', `${SAMPLES}/training.ipynb`),
  'docs/guide/from-a-shared-document.md, 1': () =>
    withDocument('renew.docx', `${SAMPLES}/partner-certificate.docx`),
  'docs/install.md, 1': withJupyter,
  'docs/slack.md, 2': async () => {
    await withRun('production', 'deploy');
    repository.set('SLACK_TOKEN', 'xoxb-test-token');
    const app = `{ token: '\${SLACK_TOKEN}', channel: '#releases', url: '${slack.url}/api/' }`;
    repository.write(
      'launchbook.yml',
      `environments:\n  production:\n    production: true\n    slack: ${app}\n`
    );
  },
  'docs/vscode.md, 1': () => withRun('staging', 'parameters'),
  'docs/helpers/people.md, 3': () => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(repository.home, 'key')]);
    return must('mkdir ~/.ssh; mv ~/key ~/.ssh/id_ed25519; mv ~/key.pub ~/.ssh/id_ed25519.pub');
  },
  'docs/helpers/people.md, 4': async () => {
    repository.write('launchbook.yml', 'environments:\n  production: {}\n');
    await must('launchbook init; git add --all; git commit --quiet -m Begin');
    await must('launchbook new release.ipynb --release 2.4.0 --env production');
    await must(`launchbook run ${NIGHT} || [ $? = 3 ]`);
  }
};

/** What a block has done, where its page says so. */
const AFTER: { readonly [block: string]: (shown: string) => void } = {
  'docs/guide/a-release-night.md, 2': shown => expect(shown).toContain('runs/2.4.0-production'),
  'docs/guide/writing-a-runbook.md, 4': shown => expect(shown).toContain('would run'),
  'docs/slack.md, 2': () => expect(slack.messages().length).toBeGreaterThan(1)
};

/** How the lines of a block end that do not end with 0: nobody has decided yet. */
const HELD: { readonly [block: string]: readonly number[] } = {
  'docs/vscode.md, 1': [3],
  'docs/slack.md, 2': [3],
  'docs/helpers/people.md, 4': [3, 0]
};

const nameOf = ({ page, number }: Fence): string => `${page}, ${number}`;

/** By page; the one that newcomers type first is the first. */
const PAGES = [
  ...Map.groupBy(
    fencesIn('sh').filter(({ notRun }) => notRun === null),
    ({ page }) => page
  )
].sort(([a], [b]) => Number(b.endsWith('writing-a-runbook.md')) - Number(a.endsWith('writing-a-runbook.md')));

test.each(PAGES.slice(0, rounds({ inTest: 1, inProof: PAGES.length })))(
  'the commands of %s',
  async (_, fences) => {
    for (const fence of fences) {
      await BEFORE[nameOf(fence)]?.();
      let shown = '';
      for (const [index, line] of fence.text.trimEnd().split('\n').entries()) {
        const { code, shown: more } = await repository.type(line);
        const expected = HELD[nameOf(fence)]?.[index] ?? 0;
        expect({ line, code, more }).toEqual({ line, code: expected, more });
        shown += more;
      }
      AFTER[nameOf(fence)]?.(shown);
    }
  },
  120_000
);
