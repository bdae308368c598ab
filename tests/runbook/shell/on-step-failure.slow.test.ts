// What becomes of a command, or of a function of the author, when the one beside it fails, in a real executor.
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../../run/headless-folder.js';

let folder: HeadlessFolder;
afterEach(() => folder.remove());

/** A command that begins before the other fails, and ends after it when it is let. */
const beside = (options: string, seconds: number): string =>
  `const begun = async () => { const { existsSync } = await import('node:fs'); while (!existsSync('begun')) await new Promise(later => setTimeout(later, 10)); };
await Promise.all([
  $(${options})\`sh -c \${'touch begun; while ! test -e failed; do sleep 0.05; done; sleep ${seconds}; echo done >> log'}\`,
  begun().then(() => $\`sh -c \${'touch failed; exit 1'}\`)
]);`;

test.each([
  // Long for a busy machine, and shorter than a failed step waits: one that is not ended is done.
  ['{}', 2, [], 'inconclusive'],
  ["{ onStepFailure: 'stop' }", 2, [], 'inconclusive'],
  // Longer than a failed step waits for what it has told to end.
  ["{ onStepFailure: 'finish' }", 6, ['done'], 'passed']
])('with %s', async (options, seconds, done, outcome) => {
  folder = new HeadlessFolder({ deploy: beside(options, seconds) });
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

test.each([
  ['comes to its end soon after', 'await pause(500);', 'passed'],
  ['does not end', 'await new Promise(() => undefined);', 'inconclusive']
])('a function that %s has its end in the record', async (_, rest, outcome) => {
  folder = new HeadlessFolder({
    deploy: `const pause = (ms: number) => new Promise<void>(later => { setTimeout(later, ms); });
let hasBegun = () => {};
const begun = new Promise<void>(begin => { hasBegun = begin; });
await Promise.all([
  record('open the change', async () => { hasBegun(); ${rest} return 1; }),
  begun.then(() => { throw new Error('no'); })
]);`
  });
  await folder.during(async run => {
    await run.execute('deploy');
    expect([run.state.steps['deploy']?.status, Object.keys(run.state.openEffects)]).toEqual(['failed', []]);
  });
  const ends = folder.records().filter(record => record.kind === 'effect-ended');
  expect(ends.map(end => end.outcome)).toEqual([outcome]);
});
