// The release of the night: a run in production in a repository of its own, made by `launchbook new`. Its deployments write into a file,
// and wait or fail when a test says so.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellSource, Lab } from '../lab.js';
import { ROOT } from '../root.js';

/** A run of the release, and what a test does to the world around it. */
export interface NightRun {
  /** The notebook's path in the lab. */
  readonly path: string;
  /** Absolute path of the notebook. */
  readonly notebook: string;
  /** The repository. */
  readonly folder: string;
  /** What the deployments have done, in their order. */
  deployed(): string[];
  /** `full`: deploying orders fails. `busy`: deployments wait. */
  let(state: 'full' | 'busy', isSo: boolean): void;
}

const DEPLOY = `#!/bin/sh
# deploy SERVICE VERSION
if [ "$1" = orders ] && [ -e full ]; then
  echo "orders $2: no room in the registry" >&2
  exit 1
fi
echo "$1 $2" >> fleet.log
while [ -e busy ]; do sleep 0.1; done
echo "$1 runs $2"
`;

const POLICY = `groups:
  qa: [bob]
environments:
  production:
    production: true
    policy:
      approvals: { fourEyes: true, comment: true }
`;

const CELLS: readonly CellSource[] = [
  text('# Release of the tea shop\n\nThree services and a sign-off by QA.'),
  text('## Preparation\n\n### Name the release'),
  {
    id: 'names',
    source: "const release = '2.4.0';\nconst previous = '2.3.1';",
    metadata: { tags: ['parameters'] }
  },
  text('### See what runs now'),
  { id: 'look', source: 'await $({ changes: false })`cat fleet.log`;' },
  text('## Search\n\n### Deploy the search'),
  {
    id: 'search',
    source: [
      "await rollback('search back', () => $`bin/deploy search ${previous}`);",
      'await $`bin/deploy search ${release}`;',
      'await $`bin/deploy orders ${release}-preview`;'
    ].join('\n')
  },
  text('## QA sign-off\n\n### Sign the preview off'),
  {
    id: 'sign-off',
    source: [
      "await approval('QA sign-off', {",
      "  question: 'May the shop follow?',",
      "  approvers: ['qa'],",
      '  evidence: { Fleet: await $({ changes: false })`cat fleet.log`.text() }',
      '});'
    ].join('\n')
  },
  text('## Smoke tests\n\n### Try the shop'),
  {
    id: 'smoke',
    source: [
      "await gather(await assign('Smoke tests', [",
      "  { task: 'Order a green tea', owner: 'cleo', due: '30m' },",
      "  { task: 'Tell customer care', owner: 'cleo', critical: false }",
      ']));'
    ].join('\n')
  },
  text('## Orders\n\n### Deploy orders'),
  {
    id: 'orders',
    source: [
      "await rollback('orders back', () => $`bin/deploy orders ${previous}`);",
      'await $`bin/deploy orders ${release}`;'
    ].join('\n')
  },
  text('## Payments\n\n### Deploy payments'),
  {
    id: 'payments',
    source: [
      "await rollback('payments back', () => $`bin/deploy payments ${previous}`);",
      'await $`bin/deploy payments ${release}`;'
    ].join('\n')
  },
  text('## Close\n\n### Close the release'),
  { id: 'close', source: "await checklist('Close', ['The dashboards are green', 'The change is closed']);" }
];

/** Makes the repository with its runbook and policy, and a fresh run. */
export function makeNightRun(lab: Lab): NightRun {
  const { folder } = lab;
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/deploy'), DEPLOY);
  chmodSync(join(folder, 'bin/deploy'), 0o755);
  writeFileSync(join(folder, 'fleet.log'), '');
  writeFileSync(join(folder, 'launchbook.yml'), POLICY);
  writeFileSync(
    join(folder, '.gitignore'),
    '.launchbook/\n.ipynb_checkpoints/\n*.lock\nfleet.log\nbusy\nfull\n'
  );
  lab.write('release.ipynb', 'launchbook', CELLS);
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'Ann Lee');
  git('config', 'user.email', 'ann@example.org');
  git('add', '.');
  git('commit', '-qm', 'Begin');
  const command = join(ROOT, 'lib/cli/main.js');
  execFileSync(
    process.execPath,
    [command, 'new', 'release.ipynb', '--release', '2.4.0', '--env', 'production'],
    { cwd: folder }
  );
  const path = 'runs/2.4.0-production/release.ipynb';
  return {
    path,
    notebook: join(folder, path),
    folder,
    deployed: () => readFileSync(join(folder, 'fleet.log'), 'utf8').split('\n').filter(Boolean),
    let: (state, isSo) => {
      if (isSo) {
        writeFileSync(join(folder, state), '');
      } else if (existsSync(join(folder, state))) {
        rmSync(join(folder, state));
      }
    }
  };
}

function text(source: string): CellSource {
  const id = source.split('\n').at(-1)!.replace(/\W+/g, '-').toLowerCase();
  return { id: `text${id}`, type: 'markdown', source };
}
