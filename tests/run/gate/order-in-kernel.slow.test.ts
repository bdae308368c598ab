// The order of steps in a real kernel: each way in which a step before is not done, the reason on its way through a restart, the record.
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../headless-folder.js';

const KEPT = 'environments: { staging: { order: kept } }\n';
const STEPS = {
  one: "await rollback('one undone', () => $`true`);",
  two: 'await $`test -e ok`;',
  three: 'const three = 3;'
};

let folder: HeadlessFolder;
afterEach(() => folder.remove());

test('a step after one that failed is refused; left out, the next one runs', async () => {
  folder = new HeadlessFolder(STEPS, KEPT);
  await folder.during(async run => {
    expect((await run.execute('two')).error?.code).toBe('order.kept');
    expect((await run.execute('one')).status).toBe('ok');
    expect((await run.execute('two')).error?.code).toBe('shell.failed');
    expect((await run.execute('three')).error).toMatchObject({
      code: 'order.kept',
      message: expect.stringContaining('1 step before it is not done')
    });
    expect((await run.command('%skip two checked by hand')).status).toBe('ok');
    expect((await run.execute('three')).status).toBe('ok');
  });
});

test('the reason outlives its kernel, and counts for one attempt', async () => {
  folder = new HeadlessFolder(STEPS, KEPT);
  await folder.during(async run => {
    expect((await run.command('%out-of-order three')).error?.code).toBe('reason.missing');
    expect((await run.command('%out-of-order three the shop is down')).status).toBe('ok');
  });
  await folder.during(async run => {
    expect((await run.execute('three')).status).toBe('ok');
    expect(run.state.steps['three']?.attempts[0]?.outOfOrder).toMatchObject({
      open: ['one', 'two'],
      waived: { by: { username: 'ann' }, reason: 'the shop is down' }
    });
    expect((await run.command('%discard three once more')).status).toBe('ok');
    expect((await run.execute('three')).error?.code).toBe('order.kept');
  });
});

test('what was rolled back is open, and what is stale by a step that was run again is not', async () => {
  folder = new HeadlessFolder({ ...STEPS, two: 'const two = 2;', four: 'const four = 4;' }, KEPT);
  await folder.during(async run => {
    for (const step of ['one', 'two', 'three', 'one']) {
      expect((await run.execute(step)).status).toBe('ok');
    }
    expect(run.state.steps['three']?.status).toBe('stale');
    expect((await run.execute('four')).status).toBe('ok');
    expect((await run.command('%rollback one too slow')).status).toBe('ok');
    expect((await run.execute('three')).error?.code).toBe('order.kept');
  });
});

test('what asks for less while the run goes on does not hold', async () => {
  folder = new HeadlessFolder(STEPS, KEPT);
  await folder.during(async run => {
    expect((await run.execute('three')).error?.code).toBe('order.kept');
    folder.write('launchbook.yml', 'environments: { staging: { order: free } }\n');
    expect((await run.execute('three')).error?.code).toBe('order.kept');
    expect(run.state.policy?.heldBack?.weaker).toEqual(['The order of steps was kept and is free.']);
  });
});
