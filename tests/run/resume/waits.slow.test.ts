// A death inside of an effect that calls functions of the cell: the step goes on, or goes back, and nothing is done twice.
import { afterEach, describe, expect, test } from '@jest/globals';
import { HeadlessFolder, killExecutors } from '../headless-folder.js';

let folder: HeadlessFolder;
afterEach(() => folder.remove());

const say = (word: string): string => `await $\`sh -c \${'echo ${word} >> log'}\`;`;
const LOOK = `check: async () => { await $\`sh -c \${'echo look >> looks'}\`; return true; }`;

const WAITS: readonly (readonly [string, string])[] = [
  ['soak', `await soak('1s', { every: '100ms', ${LOOK} });`],
  [
    'poll',
    `let n = 0; await poll(async () => { await $\`sh -c \${'echo look >> looks'}\`; return ++n > 4; }, { every: '100ms' });`
  ],
  [
    'poll in scatter',
    `let n = 0; await scatter(['a'], () => poll(async () => { await $\`sh -c \${'echo look >> looks'}\`; return ++n > 4; }, { every: '100ms' }));`
  ]
];

describe.each(WAITS)('a step that died in %s', (_name, wait) => {
  const dieInside = async (): Promise<void> => {
    folder = new HeadlessFolder({
      deploy: `await rollback('undeploy', () => $\`sh -c \${'echo undeployed >> log'}\`);\n${say('deployed')}\n${wait}\n${say('closed')}`
    });
    let isArmed = true;
    await folder.during(
      async run => {
        await run.execute('deploy');
        expect(run.state.steps['deploy']?.status).toBe('inconclusive');
      },
      record => {
        if (isArmed && record.kind === 'effect-ended' && folder.lines('looks').length >= 2) {
          isArmed = false;
          killExecutors();
        }
      }
    );
  };

  test('goes on: the wait begins anew, and what was before it is not done again', async () => {
    await dieInside();
    await folder.during(async run => {
      await run.command('%resume');
      expect(await run.execute('deploy')).toMatchObject({ status: 'ok' });
    });
    expect(folder.lines('log')).toEqual(['deployed', 'closed']);
  });

  test('goes back: its undo step runs', async () => {
    await dieInside();
    await folder.during(async run => {
      expect(await run.command('%rollback --all the release is off')).toMatchObject({ status: 'ok' });
    });
    expect(folder.lines('log')).toEqual(['deployed', 'undeployed']);
  });
});

test('a record that died after its first command is done again when a person says so, and that command is not', async () => {
  folder = new HeadlessFolder({
    change: `await record('change', async () => { ${say('opened')} ${say('filled')} return 1; });`
  });
  let isArmed = true;
  await folder.during(
    async run => void (await run.execute('change')),
    record => {
      if (isArmed && record.kind === 'effect-ended') {
        isArmed = false;
        killExecutors();
      }
    }
  );
  await folder.during(async run => {
    await run.command('%resume');
    for (const effect of Object.keys(run.state.openEffects)) {
      await run.command(`%judge ${effect} again nothing of it was done`);
    }
    expect(await run.execute('change')).toMatchObject({ status: 'ok' });
  });
  expect(folder.lines('log')).toEqual(['opened', 'filled']);
});
