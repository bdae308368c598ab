// Values on the command line: undo steps with those that they kept, and parameters with every value that they may have.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RUN } from '../run/sample-run.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
});
afterEach(() => sandbox.remove());

interface CellText {
  readonly source: string;
  readonly tags?: readonly string[];
}

function writeRun(cells: readonly CellText[], parameters: object = {}): string {
  return sandbox.write('release.ipynb', {
    cells: cells.map(({ source, tags = [] }, index) => ({
      id: `cell-${index}`,
      cell_type: 'code',
      metadata: { tags },
      source,
      outputs: [],
      execution_count: null
    })),
    metadata: { launchbook: { run: { ...RUN, mode: 'rehearsal', parameters } } },
    nbformat: 4,
    nbformat_minor: 5
  });
}

test('each cell undoes its own service, and the plan shows the values that will be used', async () => {
  sandbox.write('launchbook.yml', 'environments: { staging: {} }\n');
  const path = writeRun([
    { source: 'const undo = (service: string) => $`sh -c ${`echo ${service} >> undone`}`' },
    { source: `const service = 'orders'; await rollback('undo orders', () => undo(service))` },
    { source: `const service = 'payments'; await rollback('undo payments', () => undo(service))` }
  ]);
  expect(await sandbox.launchbook('run', path)).toMatchObject({ code: 0 });
  const plan = await sandbox.launchbook('rollback', path, '--plan');
  expect(plan.stdout).toContain(`1. undo payments, with service = 'payments'`);
  expect(plan.stdout).toContain(`2. undo orders, with service = 'orders'`);
  const json = await sandbox.launchbook('rollback', path, '--reason', 'it crashes', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    outcome: 'passed',
    plan: { rollbacks: [{ values: [{ name: 'service', text: `'payments'` }] }, {}] }
  });
  expect(readFileSync(join(sandbox.folder, 'undone'), 'utf8')).toBe('payments\norders\n');
}, 120_000);

test.each(['rc', 'final'])(
  'a run with kind %s is checked for both of them',
  async kind => {
    const rules = 'parameters: { kind: { type: string, enum: [rc, final] } }\n';
    sandbox.write('launchbook.yml', `${rules}environments: { staging: {} }\n`);
    const path = writeRun(
      [
        { source: `const kind = '${kind}', dry = false`, tags: ['parameters'] },
        {
          source: `await $\`sh -c \${\`echo \${kind === 'final' ? 'publish' : 'try'} \${dry === true} > done\`}\``
        }
      ],
      { kind }
    );
    expect(await sandbox.launchbook('run', path)).toMatchObject({ code: 0 });
    expect(readFileSync(join(sandbox.folder, 'done'), 'utf8')).toBe(
      kind === 'final' ? 'publish false\n' : 'try false\n'
    );
  },
  120_000
);
