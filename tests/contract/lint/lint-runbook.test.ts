// Each rule on a bad example and on the good one that its fix asks for; the shipped runbooks are good.
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFactsOf } from '../../../record/source/source-facts.js';
import { LINT_RULES, lintRunbook } from '../../../contract/lint/lint-runbook.js';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../../contract/notebook/outline.js';
import { STARTER_RUNBOOK } from '../../../lifecycle/init/starter-runbook.js';
import { root } from '../../house/root.js';

const HEADING: OutlineCell = { id: 'h', cell_type: 'markdown', source: '## Deploy\n\nSay what happens.' };
const PARAMETERS: OutlineCell = {
  id: 'p',
  cell_type: 'code',
  source: "const release = '1';",
  metadata: { tags: ['parameters'] }
};
const LOOK = 'await http.get(`${environment.vars.url}/health`).json();';

function rulesFor(...sources: string[]): string[] {
  const cells = sources.map((source, index) => ({ id: `c${index}`, cell_type: 'code', source }));
  const findings = lintRunbook([HEADING, PARAMETERS, ...cells], {
    environments: ['staging', 'production'],
    factsOf: sourceFactsOf
  });
  return findings.map(finding => `${finding.rule} ${finding.cell}:${finding.line}`);
}

const WAY_BACK = 'await rollback(`back`, () => $`fleetctl deploy orders 1.0`);';

describe('Lint finds', () => {
  test.each([
    ['change-without-rollback c0:2', ['// now\nawait $`fleetctl deploy orders`', LOOK]],
    ['change-without-rollback c0:1', ["await http.post(url, { json: { state: 'on' } })", LOOK]],
    ['change-without-verification c0:2', [`${WAY_BACK}\nawait $\`fleetctl deploy orders\``]],
    [
      'hold-after-change c1:1',
      [`${WAY_BACK}\nawait $\`fleetctl deploy orders\``, "await approval('QA');", LOOK]
    ],
    [
      'hold-after-change c0:3',
      [`${WAY_BACK}\nawait $\`fleetctl deploy orders\`\nawait approval('QA');`, LOOK]
    ],
    [
      'steps-in-loop c0:1',
      [`for (const host of hosts) {\n  await $\`fleetctl deploy \${host}\`;\n}\n${WAY_BACK}`, LOOK]
    ],
    ['steps-in-loop c0:1', ['names.forEach(name => approval(name))']],
    ['steps-in-loop c0:1', ['for (const host of hosts)\n  await $`fleetctl deploy ${host}`;']],
    [
      'steps-in-loop c0:1',
      ['await Promise.all(hosts.map(async host => {\n  await $`fleetctl deploy ${host}`;\n}));']
    ],
    ['steps-in-loop c0:2', ['let n = 0;\ndo {\n  await $`fleetctl deploy ${n}`;\n} while (n++ < 3);']],
    [
      'steps-in-loop c0:2',
      ['const a = 1;\nfor (const batch of batches) {\n  await scatter(batch, work);\n}']
    ],
    ['steps-in-loop c0:1', ['await scatter(services, async name => {\n  await approval(name);\n});']],
    [
      'steps-in-loop c0:2',
      [
        "import { deployService } from '#fleet';\nfor (const name of names) {\n  await deployService(name);\n}"
      ]
    ],
    [
      'steps-in-loop c1:1',
      [
        "const { restart } = await import('#fleet');",
        'for (const name of names) {\n  await restart(name);\n}'
      ]
    ],
    [
      'steps-in-loop c1:1',
      [
        'const roll = async (name: string): Promise<void> => {\n  await $`kubectl rollout restart ${name}`;\n};',
        'for (const name of names) {\n  await roll(name);\n}'
      ]
    ],
    ['change-without-rollback c0:1', ["await $.ssh('web-1')`systemctl restart orders`", LOOK]],
    ['change-without-rollback c0:1', ['await $({ timeout: limit(5) })`kubectl delete pod a`', LOOK]],
    ['change-without-rollback c0:2', ['await $`git status`;\nawait $`kubectl -n shop apply -f a.yml`', LOOK]],
    ['change-without-rollback c0:1', ['await $`sh -c ${"x"} kubectl rollout restart deploy/get`', LOOK]],
    ['faulty-lint-off c0:1', ['// lint-off change-without-rollback\nawait $`fleetctl deploy orders`', LOOK]],
    [
      'change-without-rollback c0:2',
      ['// lint-off change-without-rollback\nawait $`fleetctl deploy orders`', LOOK]
    ],
    ['faulty-lint-off c0:1', ['// lint-off change-without-rolback: it reads\nconsole.log(1);']],
    ['helper-not-awaited c0:2', ['const a = 1;\n$`fleetctl status`;']],
    ['helper-not-awaited c0:1', ["checklist('Closing', ['Mail']);"]],
    [
      'raw-retry c0:1',
      ['while (true) {\n  try { await fetch(url); break; } catch { await sleep(1000); }\n}']
    ],
    ['hard-coded-environment c0:1', ["await http.get('https://orders.shop.example/health').json()"]],
    ['hard-coded-environment c0:2', ["const go = true;\nif (name === 'production') {}"]],
    ['hard-coded-environment c0:1', ['await $`ssh root@db1.prod uptime`']],
    ['hard-coded-environment c0:1', ["const db = '10.1.2.3';"]],
    ['relative-import c0:2', ["// tools\nimport { check } from './check';"]],
    ['relative-import c0:1', ["const { check } = await import('../lib/check.ts');"]],
    ['secret-in-source c0:1', ["const dbPassword = 'hunter2hunter2';"]],
    ['secret-in-source c0:1', [`const header = 'AKIA${'ABCDEFGHIJKLMNOP'}';`]],
    [
      'low-level-code c0:1',
      [
        "import { spawn } from 'node:child_process';\nfunction a() {}\nconst b = new Promise(r => { r(1) });\nprocess.on('exit', () => {});"
      ]
    ],
    ['cell-too-long c0:41', [Array.from({ length: 41 }, (_, line) => `console.log(${line});`).join('\n')]]
  ])('%s', (expected, sources) => {
    expect(rulesFor(...sources)).toContain(expected);
  });

  test('a phase without prose, and a runbook without parameters', () => {
    const cells = [
      { ...HEADING, source: '## Deploy' },
      { id: 'c', cell_type: 'code', source: 'console.log(1)' }
    ];
    expect(lintRunbook(cells).map(({ rule, cell }) => [rule, cell])).toEqual([
      ['phase-without-prose', 'h'],
      ['missing-parameters', 'c']
    ]);
  });
});

describe('A phase that a policy names', () => {
  const named = (...titles: string[]): string[] =>
    lintRunbook([HEADING, PARAMETERS], {
      policyPhases: titles.map(title => ({ environment: 'production', title }))
    })
      .filter(({ rule }) => rule === 'misspelt-policy-phase')
      .map(({ message }) => message);

  test('is found when it is most likely one of the runbook that is misspelt', () => {
    expect(named('Depoly')).toEqual([
      "The policy of production is about the phase 'Depoly', which is not in this runbook. Did you mean 'Deploy'?"
    ]);
    expect(named('deploy')).toHaveLength(1);
  });

  test('is left alone when the runbook has it, and when it may be that of another runbook', () => {
    expect(named('Deploy', 'Deplyo')).toEqual([]);
    expect(named('Migration')).toEqual([]);
  });
});

describe('Lint leaves alone', () => {
  test.each([
    ['a change with its way back and a look at it', [`${WAY_BACK}\nawait $\`fleetctl deploy orders\``, LOOK]],
    [
      'a hold point before the change',
      ["await approval('QA');", `${WAY_BACK}\nawait $\`fleetctl deploy orders\``, LOOK]
    ],
    ['a dry run', ['await $`fleetctl migrate --to 5 --dry-run`;']],
    ['a loop that only reads', ['for (const row of rows) {\n  console.log(row);\n}']],
    [
      'a comment that talks of deploying',
      ["// deploy 'production' at https://orders.shop.example later\nconsole.log(1);"]
    ],
    [
      'hosts of this machine and of the profile',
      ['await http.get(`${environment.vars.url}/a`); await http.get("http://127.0.0.1:80");']
    ],
    ['a module that is named in package.json', ["import { check } from '#check';\nimport { z } from 'zod';"]],
    [
      'commands that only read',
      [
        'await $`git status`; await $`kubectl get deploy`; await $`kubectl -n shop rollout status deploy/orders`;',
        'await $`helm history orders --max 5`; await $`systemctl is-active deploy`; await $`cat /srv/deploy/log`;',
        'await $`gcloud compute instances list --filter upgrade`; await $`fleetctl status deploy`;'
      ]
    ],
    ['a command that says that it only reads', ['await $({ changes: false })`bin/weights --of rollout`;']],
    ['a command that is only tried', ['await $`kubectl apply --dry-run=server -f a.yml`;']],
    [
      'a rule that a cell switches off for itself',
      [`// lint-off change-without-rollback: it is idempotent\nawait $\`fleetctl deploy orders\`;`, LOOK]
    ],
    [
      'a change behind a loop that only reads',
      [
        `const ids = rows.map(row => row.id);\n${WAY_BACK}\nawait $\`fleetctl deploy orders\`;\nif (ids.length > 0) { await $\`fleetctl restart a\` }`,
        LOOK
      ]
    ],
    [
      'one scatter that changes each item',
      [`${WAY_BACK}\nawait scatter(names, name => $\`fleetctl deploy \${name}\`);`, LOOK]
    ],
    [
      'a loop over a function that only reads',
      ["import { rows } from '#fleet';\nfor (const row of rows()) {\n  console.log(row);\n}"]
    ],
    ['a secret that is read where it is kept', ["const token = await secret('DEPLOY_TOKEN');"]]
  ])('%s', (_, sources) => {
    expect(rulesFor(...sources)).toEqual([]);
  });

  test.each([
    [
      'the example of the release',
      JSON.parse(readFileSync(join(root, 'examples/release.ipynb'), 'utf8')) as Notebook
    ],
    ['the template of `launchbook init`', STARTER_RUNBOOK]
  ])('%s', (_, notebook) => {
    expect(
      lintRunbook(notebook.cells, { environments: ['staging', 'production'], factsOf: sourceFactsOf })
    ).toEqual([]);
  });

  test('a phase whose heading switches the rule off', () => {
    const heading = {
      ...HEADING,
      source: '## Deploy\n\n<!-- lint-off phase-without-prose: the steps say it -->'
    };
    const step = { id: 'c', cell_type: 'code', source: 'console.log(1)' };
    expect(
      lintRunbook([{ ...heading, source: '## Deploy' }, PARAMETERS, step]).map(({ rule }) => rule)
    ).toEqual(['phase-without-prose']);
    expect(lintRunbook([heading, PARAMETERS, step])).toEqual([]);
  });

  test('rules that are switched off', () => {
    const cells = [
      HEADING,
      PARAMETERS,
      { id: 'c', cell_type: 'code', source: "const password = 'hunter2hunter2';" }
    ];
    expect(lintRunbook(cells, { off: { 'secret-in-source': 'a test' } })).toEqual([]);
  });
});

test('Every rule has an id, a reason and a fix of its own', () => {
  for (const part of ['id', 'reason', 'fix'] as const) {
    expect(new Set(LINT_RULES.map(rule => rule[part])).size).toBe(LINT_RULES.length);
  }
});

test('Lint finds names that nobody knows, with the near one, in cells and in launchbook.yml', () => {
  const names = { groups: ['release-managers'], people: ['ann'], doubtful: ['relase-managers'] };
  const source =
    "await approval('Go', { approvers: ['ann', 'relase-manager'], escalate: { to: ['bob'], after: '1h' } })";
  const findings = lintRunbook([HEADING, PARAMETERS, { id: 'a', cell_type: 'code', source }], {
    names,
    factsOf: sourceFactsOf
  }).filter(({ rule }) => rule === 'unknown-approver');
  expect(findings.map(({ cell, message }) => [cell, message])).toEqual([
    ['', expect.stringContaining("Did you mean 'release-managers'?")],
    ['a', expect.stringContaining("'relase-manager' is neither")],
    ['a', expect.stringContaining("'bob' is neither")]
  ]);
});
