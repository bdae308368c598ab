// An import is a runbook: with its parameters given, a dry run of it comes to its end.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { parametersOf } from '../../../lifecycle/notebook/parameters.js';
import { makeSandbox, type Sandbox } from '../../cli/launchbook.js';
import { root } from '../../house/root.js';
import { rounds } from '../../proof.js';

const golden = join(root, 'tests', 'lifecycle', 'import', 'golden');
const all = readdirSync(golden).filter(name => name.endsWith('.made.ipynb'));
const samples = all.filter(name => rounds({ inTest: 0, inProof: 1 }) === 1 || name === 'traps.md.made.ipynb');

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = makeSandbox({ API_TOKEN: 'a-token-for-the-test' });
  await sandbox.launchbook('init');
  samples.forEach(name =>
    sandbox.write(
      `${name.split('.')[0]}-${name.split('.')[1]}.ipynb`,
      readFileSync(join(golden, name), 'utf8')
    )
  );
  sandbox.commit();
});

afterAll(() => sandbox.remove());

test.each(samples)(
  '%s',
  async name => {
    const template = `${name.split('.')[0]}-${name.split('.')[1]}.ipynb`;
    const { cells } = JSON.parse(readFileSync(join(golden, name), 'utf8')) as Notebook;
    const given = Object.keys(parametersOf(cells)).filter(parameter => parameter !== 'release');
    const parameters = given.flatMap(parameter => ['--param', `${parameter}=given`]);
    const out = `runs/${template.replace('.ipynb', '')}`;
    const made = await sandbox.launchbook(
      'new',
      template,
      '--release',
      '1',
      '--env',
      'production',
      '--mode',
      'dry-run',
      '--out',
      out,
      ...parameters
    );
    expect(made).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = sandbox.spawn('run', `${out}/${template}`);
    expect({ code, stderr, stdout }).toEqual({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/steps? passed/)
    });
  },
  120_000
);
