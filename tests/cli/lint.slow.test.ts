// `launchbook lint`: what it prints, its exit codes, and rules that a project switches off.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ENVIRONMENTS, makeSandbox, TEMPLATE, type Sandbox } from './launchbook.js';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
  sandbox.git('init', '--template=', '--quiet');
  const [prepare, parameters] = TEMPLATE.cells;
  const step = { ...TEMPLATE.cells[3], source: "const apiToken = 'abcdef123456';" };
  sandbox.write('release.ipynb', { ...TEMPLATE, cells: [prepare, parameters, step] });
  sandbox.write('launchbook.yml', ENVIRONMENTS);
});

afterEach(() => sandbox.remove());

test('Errors end it with 1, and each is told with its place and its fix', async () => {
  const { code, stdout } = sandbox.spawn('lint', 'release.ipynb');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /release\.ipynb, step 2 of “Prepare”, line 1: error secret-in-source: .*\n {4}Read it where it is kept/
  );
  expect(stdout).not.toContain('abcdef123456');
});

test('A rule is switched off with a reason, which is told; warnings fail with --strict alone', async () => {
  sandbox.write(
    'launchbook.yml',
    `${ENVIRONMENTS}lint: { off: { secret-in-source: a token of the test system } }\n`
  );
  const { code, stderr } = await sandbox.launchbook('lint', 'release.ipynb');
  expect(code).toBe(0);
  expect(stderr).toMatch(/secret-in-source is switched off: a token of the test system/);
  expect((await sandbox.launchbook('lint', 'release.ipynb', '--strict')).code).toBe(1);
});

test('A cell switches a rule off for itself, which is told', async () => {
  const [prepare, parameters] = TEMPLATE.cells;
  const source = "// lint-off secret-in-source: of the test system\nconst apiToken = 'abcdef123456';";
  sandbox.write('release.ipynb', {
    ...TEMPLATE,
    cells: [prepare, parameters, { ...TEMPLATE.cells[3], source }]
  });
  const { code, stderr } = await sandbox.launchbook('lint', 'release.ipynb');
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /secret-in-source is switched off in release\.ipynb, step 2 of “Prepare”: of the test system/
  );
  const { stdout } = await sandbox.launchbook('lint', 'release.ipynb', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    offInCells: [{ cell: 'deploy-all', rule: 'secret-in-source', reason: 'of the test system', line: 1 }]
  });
});

test('A rule that does not exist, or without a reason, is a wrong call', async () => {
  sandbox.write('launchbook.yml', `${ENVIRONMENTS}lint: { off: { secret-in-sorce: x, raw-retry: '' } }\n`);
  const { code, stderr } = await sandbox.launchbook('lint', 'release.ipynb');
  expect(code).toBe(2);
  expect(stderr).toMatch(/no rule "secret-in-sorce".*Did you mean 'secret-in-source'/);
  expect(stderr).toMatch(/"raw-retry" is switched off without a reason/);
});

test('A policy for a misspelt phase is told, by `launchbook new` too', async () => {
  sandbox.write(
    'launchbook.yml',
    'environments:\n  staging:\n    policy: { phases: { Depoly: { required: 2, grade: signed } } }\n'
  );
  sandbox.write('release.ipynb', TEMPLATE);
  const linted = await sandbox.launchbook('lint', 'release.ipynb');
  expect(linted.code).toBe(1);
  expect(linted.stdout).toMatch(/^release\.ipynb: error misspelt-policy-phase: .*Did you mean 'Deploy'/m);
  expect(linted.stdout).toMatch(/warning policy-cannot-be-met: .*nobody has a key in allowed_signers/m);
  const made = await sandbox.launchbook(
    'new',
    'release.ipynb',
    '--release',
    '1',
    '--env',
    'staging',
    '--uncommitted'
  );
  expect(made).toMatchObject({ code: 0 });
  expect(made.stderr).toContain("Did you mean 'Deploy'?");
});

test('Every fault of launchbook.yml is told with its line, and no run is made', async () => {
  sandbox.write('launchbook.yml', 'typecheck: maybe\nenvironments:\n  staging: { color: green }\n');
  const linted = await sandbox.launchbook('lint', 'release.ipynb');
  const made = await sandbox.launchbook('new', 'release.ipynb', '--release', '1', '--env', 'staging');
  for (const { code, stderr } of [linted, made]) {
    expect(code).toBe(2);
    expect(stderr).toMatch(/line 1: 'typecheck' is "maybe"/);
    expect(stderr).toMatch(/line 3: .*Did you mean 'colour'/);
  }
});

test('Several files are looked at by one call, each finding told with its file', async () => {
  sandbox.write('second.ipynb', TEMPLATE);
  const { code, stdout } = await sandbox.launchbook('lint', 'second.ipynb', 'release.ipynb', 'second.ipynb');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^release\.ipynb, step 2 of “Prepare”, line 1: error secret-in-source/m);
  const json = await sandbox.launchbook('lint', '--json', 'second.ipynb', 'release.ipynb');
  const { files } = JSON.parse(json.stdout) as { files: { path: string; findings: { rule: string }[] }[] };
  expect(files.map(({ path }) => path)).toEqual(['second.ipynb', 'release.ipynb']);
  expect(files[1]!.findings.map(({ rule }) => rule)).toContain('secret-in-source');
});
