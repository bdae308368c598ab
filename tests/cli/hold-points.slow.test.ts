// The same rules by the command: what asks holds, the policy is that of the template, and verify names what nobody released.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSandbox, type Sandbox } from './launchbook.js';

const RUN = 'runs/2.4.0-live/release.ipynb';
const PROFILE = `groups: { qa: [quinn] }
environments:
  live: { production: false, policy: { approvals: { approvers: [qa] } } }
`;

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = makeSandbox();
  sandbox.write('launchbook.yml', PROFILE);
});
afterEach(() => sandbox.remove());

function template(...sources: readonly string[]): object {
  return {
    cells: sources.map((source, index) => ({
      id: `step-${index}`,
      cell_type: 'code',
      source,
      metadata: {},
      outputs: [],
      execution_count: null
    })),
    metadata: {
      kernelspec: { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
}

async function make(...sources: readonly string[]): Promise<void> {
  sandbox.write('release.ipynb', template(...sources));
  sandbox.git('init', '--template=', '--quiet', '--initial-branch=main');
  sandbox.commit();
  const made = await sandbox.launchbook(
    'new',
    'release.ipynb',
    '--release',
    '2.4.0',
    '--env',
    'live',
    '--mode',
    'live'
  );
  expect(made.code).toBe(0);
}

const text = ({ stdout, stderr }: { stdout: string; stderr: string }): string => `${stdout}${stderr}`;

test('a hold point stops the run, and verify names and counts what was never released', async () => {
  await make("const a = '/var/log/*'; await approval('Go'); const b = '*/5'", 'await $`touch shipped`');
  const run = await sandbox.launchbook('run', RUN);
  expect(run.code).toBe(3);
  expect(existsSync(join(sandbox.folder, 'runs/2.4.0-live/shipped'))).toBe(false);
  const verified = await sandbox.launchbook('verify', RUN);
  expect(text(verified)).toMatch(/“Go” in phase “.*” was asked at .* and never released: it is withdrawn/);
  expect(JSON.parse((await sandbox.launchbook('verify', RUN, '--json')).stdout)).toMatchObject({
    unreleased: 1
  });
});

test('a launchbook.yml that stands nearer to the run than to its template stops it', async () => {
  await make("await approval('Go')", 'await $`touch shipped`');
  sandbox.write('runs/2.4.0-live/launchbook.yml', 'environments: { live: {} }\n');
  const run = await sandbox.launchbook('run', RUN);
  expect(run.code).not.toBe(0);
  expect(text(run)).toContain('stands between the run and its template');
  expect(existsSync(join(sandbox.folder, 'runs/2.4.0-live/shipped'))).toBe(false);
});

test('a run records which launchbook.yml it was made under, and its journal which one it has read', async () => {
  await make('1 + 1');
  expect((await sandbox.launchbook('run', RUN)).code).toBe(0);
  const policy = { path: 'launchbook.yml', commit: sandbox.git('rev-parse', 'HEAD') };
  const notebook = JSON.parse(readFileSync(join(sandbox.folder, RUN), 'utf8')) as {
    metadata: { launchbook: { run: object } };
  };
  expect(notebook.metadata.launchbook.run).toMatchObject({ policy });
  const journal = readFileSync(join(sandbox.folder, RUN.replace('.ipynb', '.journal.jsonl')), 'utf8');
  const read = journal.split('\n').find(line => line.includes('"policy-read"')) ?? '{}';
  expect(JSON.parse(read)).toMatchObject({ file: policy, isProduction: false });
});
