// What becomes of a command when the one beside it fails, in a real executor.
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../../run/headless-folder.js';

let folder: HeadlessFolder;
afterEach(() => folder.remove());

/** A command that begins before the other fails, and ends after it when it is let. */
const beside = (options: string): string =>
  `const begun = async () => { const { existsSync } = await import('node:fs'); while (!existsSync('begun')) await new Promise(later => setTimeout(later, 10)); };
await Promise.all([
  $(${options})\`sh -c \${'touch begun; while ! test -e failed; do sleep 0.05; done; sleep 0.5; echo done >> log'}\`,
  begun().then(() => $\`sh -c \${'touch failed; exit 1'}\`)
]);`;

test.each([
  ['{}', [], 'inconclusive'],
  ["{ onStepFailure: 'stop' }", [], 'inconclusive'],
  ["{ onStepFailure: 'finish' }", ['done'], 'passed']
])('with %s', async (options, done, outcome) => {
  folder = new HeadlessFolder({ deploy: beside(options) });
  await folder.during(async run => {
    const { status } = await run.execute('deploy');
    expect([status, run.state.steps['deploy']?.status, Object.keys(run.state.openEffects)]).toEqual([
      'error',
      'failed',
      []
    ]);
  });
  expect(folder.lines('log')).toEqual(done);
  const ends = folder.records().filter(record => record.kind === 'effect-ended');
  expect(ends.map(end => end.outcome).sort()).toEqual(['failed', outcome].sort());
});
