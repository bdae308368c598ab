// `launchbook explain`: one code, an area, all, and a code that there is not; and that errors lead to it.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeSandbox, type Sandbox } from '../launchbook.js';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = makeSandbox();
});

afterEach(() => sandbox.remove());

test('An error in the terminal ends with the call that explains it', () => {
  const { code, stderr } = sandbox.spawn('lint', 'gone.ipynb');
  expect(code).toBe(2);
  const [, ...call] = /^More: (launchbook) (explain) (notebook\.unreadable)\n$/m.exec(stderr)!.slice(1);
  const { code: told, stdout } = sandbox.spawn(...call);
  expect(told).toBe(0);
  expect(stdout).toMatch(/^notebook\.unreadable\n.+\nWhy: .+\nWhat to do: .+\n$/);
});

test('Commands in a page are shown as they are typed, without the marks of Markdown', async () => {
  const { stdout } = await sandbox.launchbook('explain', 'cell.magic');
  expect(stdout).toContain('A command is run with await $`command`.');
  expect((await sandbox.launchbook('explain', 'run.no_notebook')).stdout).toContain(
    'set JPY_SESSION_NAME to'
  );
});

test('A word before the dot lists its area, no word lists all, --json gives the parts', async () => {
  const { stdout } = await sandbox.launchbook('explain', 'journal');
  expect(
    stdout
      .trim()
      .split('\n')
      .every(line => /^journal\.\w+ +\S/.test(line))
  ).toBe(true);
  expect((await sandbox.launchbook('explain')).stdout.split('\n').length).toBeGreaterThan(300);
  const told = JSON.parse((await sandbox.launchbook('explain', 'hold.locked', '--json')).stdout) as object;
  expect(told).toMatchObject({
    errors: [{ code: 'hold.locked', todo: expect.stringContaining('run the step') }]
  });
});

test('A code that there is not is a wrong call, with the nearest one', async () => {
  const { code, stderr } = await sandbox.launchbook('explain', 'hold.loked');
  expect(code).toBe(2);
  expect(stderr).toContain('no error with the code "hold.loked". Did you mean \'hold.locked\'?');
});
