import { expect, test } from '@jest/globals';
import { refuseUnawaitedHold } from '../../../run/gate/unawaited-hold.js';
import { unsentCell } from '../../../run/keeper/unsent-cell.js';
import { HeadlessFolder } from '../headless-folder.js';

const check = (code: string) => refuseUnawaitedHold(unsentCell('replay', code, null), null as never);

test.each([
  ["approval('Go')", "approval('Go') in line 1"],
  ["await $`true`;\nvoid checklist('Closing', ['a'])", "checklist('Closing') in line 2"],
  ["const answer = approval('Go');", "approval('Go') in line 1"],
  ["['a', 'b'].forEach(async name => approval(name))", 'approval(…) in line 1'],
  ["import { approval as ask } from 'launchbook';\nask('Go')", "approval('Go') in line 2"],
  ["const tasks = await assign('Teams', []);\ngather(tasks)", 'gather(…) in line 2']
])('%j is refused before anything runs', (code, place) => {
  expect(check(code)).toMatchObject({ code: 'hold.not_awaited', message: expect.stringContaining(place) });
});

test.each([
  "await approval('Go')",
  "const asked = approval('Go'); await $`prepare`; await asked",
  "await Promise.all([approval('A'), checklist('B', ['c'])])",
  "const ask = () => approval('Go'); await ask()",
  "const approval = (name: string) => name; approval('mine')",
  "const tasks = assign('Teams', [])",
  'approval('
])('%j may begin', code => {
  expect(check(code)).toBeNull();
});

test('a run refuses the step, and its commands have not run', async () => {
  const folder = new HeadlessFolder({ ask: "approval('Go');\nawait $`sh -c ${'echo done >> log'}`" });
  try {
    await folder.during(async run => {
      const { status, error } = await run.execute('ask');
      expect([status, error?.name]).toEqual(['error', 'NotAwaitedError']);
    });
    expect(folder.lines('log')).toEqual([]);
  } finally {
    folder.remove();
  }
});
