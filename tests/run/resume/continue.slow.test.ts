// A failed step is continued: what has passed is not done twice, whichever door is used.
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../headless-folder.js';

let folder: HeadlessFolder;
afterEach(() => folder.remove());

const SERVICES = Array.from({ length: 12 }, (_, index) => `s${index}`);
const DEPLOY = `const services = ${JSON.stringify(SERVICES)};
await scatter(services, async service => {
  await $\`sh -c \${'echo drain ' + service + ' >> log'}\`;
  await $\`sh -c \${'test ' + service + ' != s7 || test -e mended; echo deploy ' + service + ' >> log'}\`;
  await $\`sh -c \${'echo undrain ' + service + ' >> log'}\`;
}, { concurrency: 3 });`.replace('!= s7 || test -e mended; echo', '!= s7 || test -e mended || exit 1; echo');

const count = (word: string): number => folder.lines('log').filter(line => line === word).length;

test('service 7 of 12 failed: continued, the eleven others are not deployed again', async () => {
  folder = new HeadlessFolder({ deploy: DEPLOY });
  await folder.during(async run => {
    expect(await run.execute('deploy')).toMatchObject({ status: 'error' });
    expect(await run.command('%continue --plan deploy')).toMatchObject({ status: 'ok' });
    expect(await run.command('%continue deploy')).toMatchObject({ status: 'ok' });
    await run.command('%resume');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(folder.path('mended'), '');
    expect(await run.execute('deploy')).toMatchObject({ status: 'ok' });
    expect(run.state.steps['deploy']?.attempts.map(({ continues }) => continues)).toEqual([null, 1]);
  });
  for (const service of SERVICES) {
    expect([
      service,
      count(`drain ${service}`),
      count(`deploy ${service}`),
      count(`undrain ${service}`)
    ]).toEqual([service, 1, 1, 1]);
  }
  // The record of the continued step brings the variables back, and does nothing again.
  await folder.during(async run => {
    expect(await run.command('%resume')).toMatchObject({ status: 'ok' });
    expect(run.state.recovery).toBeNull();
  });
  expect(folder.lines('log')).toHaveLength(36);
});

test('without a word it is run from its start', async () => {
  folder = new HeadlessFolder({
    deploy: "await $`sh -c ${'echo one >> log'}`; await $`sh -c ${'echo two >> log; exit 1'}`;"
  });
  await folder.during(async run => {
    await run.execute('deploy');
    await run.execute('deploy');
  });
  expect(folder.lines('log')).toEqual(['one', 'two', 'one', 'two']);
});

test('an edited text needs a reason, and goes on up to the first difference', async () => {
  folder = new HeadlessFolder({
    deploy: "await $`sh -c ${'echo one >> log'}`; await $`sh -c ${'echo two >> log; exit 1'}`;"
  });
  await folder.during(async run => void (await run.execute('deploy')));
  folder.edit('deploy', "await $`sh -c ${'echo one >> log'}`; await $`sh -c ${'echo three >> log'}`;");
  await folder.during(async run => {
    expect((await run.command('%continue deploy')).error).toMatchObject({ code: 'reason.missing' });
    expect(await run.command('%continue deploy the second command was wrong')).toMatchObject({
      status: 'ok'
    });
    await run.command('%resume');
    expect(await run.execute('deploy')).toMatchObject({ status: 'ok' });
  });
  expect(folder.lines('log')).toEqual(['one', 'two', 'three']);
});
