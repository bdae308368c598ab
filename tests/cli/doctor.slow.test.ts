// `launchbook doctor`: what it sees of an installation, with a `jupyter` of the tests on PATH that tells folders of the tests.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmodSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LAUNCHBOOK_VERSION } from '../../contract/base/version.js';
import { makeSandbox, type Sandbox } from './launchbook.js';

interface Finding {
  readonly state: 'ok' | 'note' | 'fault';
  readonly what: string;
  readonly seen: string;
  readonly hint: string | null;
}

let sandbox: Sandbox;
let doctored: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
  const paths = { data: ['first', 'second'].map(name => join(sandbox.folder, name)), config: [] };
  const jupyter = sandbox.write(
    'bin/jupyter',
    `#!/bin/sh\nif [ "$1" = --paths ]; then echo '${JSON.stringify(paths)}'; else echo 'jupyterlab : 4.6.4'; echo 'notebook : not installed'; fi\n`
  );
  chmodSync(jupyter, 0o755);
  doctored = makeSandbox({ PATH: `${join(sandbox.folder, 'bin')}${delimiter}${process.env['PATH']}` });
  const program = sandbox.write('node', '');
  sandbox.write('first/kernels/launchbook/kernel.json', { argv: [program, '{connection_file}'] });
  sandbox.write('first/labextensions/launchbook/package.json', { version: LAUNCHBOOK_VERSION });
});

afterEach(() => {
  sandbox.remove();
  doctored.remove();
});

async function look(): Promise<{ code: number | null; findings: readonly Finding[] }> {
  const { code, stdout } = await doctored.launchbook('doctor', '--json');
  return { code, findings: (JSON.parse(stdout) as { findings: Finding[] }).findings };
}

const faultsIn = (findings: readonly Finding[]): string[] =>
  findings.filter(({ state }) => state === 'fault').map(({ what, seen }) => `${what}: ${seen}`);

test('finds nothing wrong with an installation that Jupyter sees', () => {
  const { code, stdout } = doctored.spawn('doctor');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/Nothing is wrong\.\n$/) });
  expect(stdout).toMatch(/^✓ jupyter: jupyterlab 4\.6\.4$/m);
  expect(stdout).toMatch(/^! launchbook\.yml: none above this folder\n {4}Run "launchbook init"/m);
});

test('the first of two kernelspecs counts, and one of an environment names its program from its own folder', async () => {
  sandbox.write('second/kernels/launchbook/kernel.json', { argv: ['{resource_dir}/../../../gone'] });
  const { code, findings } = await look();
  expect(code).toBe(0);
  expect(findings.find(({ what }) => what === 'another kernelspec')?.state).toBe('note');
  rmSync(join(sandbox.folder, 'first/kernels'), { recursive: true });
  const second = await look();
  expect([second.code, faultsIn(second.findings)]).toEqual([
    1,
    [expect.stringMatching(/^kernelspec: .*second\/kernels\/launchbook starts .*\/gone, which is gone$/)]
  ]);
});

test('names what is absent, old or switched off, all at once', async () => {
  rmSync(join(sandbox.folder, 'first/kernels'), { recursive: true });
  sandbox.write('first/labextensions/launchbook/package.json', { version: '0.0.9' });
  const { code, findings } = await look();
  expect(code).toBe(1);
  expect(faultsIn(findings)).toEqual([
    'kernelspec: jupyter does not list the kernel',
    expect.stringMatching(/^extension: 0\.0\.9 in .*, expected /)
  ]);
  sandbox.write('second/labconfig/page_config.json', { disabledExtensions: { launchbook: true } });
  expect(faultsIn((await look()).findings)[1]).toMatch(
    /^extension: .* is switched off in .*page_config\.json$/
  );
});

test('names the variables that an environment needs and that are not set, and a thread without a channel', async () => {
  doctored.write(
    'launchbook.yml',
    "environments:\n  staging: {}\n  production:\n    slack: { token: '${NO_SUCH_SLACK_TOKEN}' }\n"
  );
  const { code, findings } = await look();
  const seen = findings.flatMap(({ state, what, seen }) =>
    what.startsWith('environment') ? `${state} ${what}: ${seen}` : []
  );
  expect([code, seen]).toEqual([
    0,
    [
      'ok environment staging: every variable that it needs is set',
      "note environment production: 'environments.production.slack.token' needs the environment variable NO_SUCH_SLACK_TOKEN, which is not set.",
      "note environment production: 'slack' has a token and no channel"
    ]
  ]);
  doctored.write('launchbook.yml', 'environments:\n  staging: { color: red }\n');
  const second = await look();
  expect([second.code, faultsIn(second.findings).join('')]).toEqual([
    1,
    expect.stringContaining("'environments.staging.color' is not a known key")
  ]);
});

test('without jupyter it says what to install', async () => {
  rmSync(join(sandbox.folder, 'bin/jupyter'));
  const git = sandbox.write('bin/git', '#!/bin/sh\necho git version 2\n');
  chmodSync(git, 0o755);
  const alone = makeSandbox({ PATH: join(sandbox.folder, 'bin') });
  const { code, stdout } = await alone.launchbook('doctor');
  alone.remove();
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ jupyter: no program .*\n {4}Install JupyterLab/m);
});
