// What a step leaves behind and what fails after it has passed, in a real kernel: it has failed then, whatever left it behind, and no
// step after the running one begins.
import { afterEach, expect, test } from '@jest/globals';
import { HeadlessFolder } from '../headless-folder.js';

let box: HeadlessFolder;
afterEach(() => box.remove());

const LATE = 500;
const FAULTS = [
  "throw new Error('too late')",
  '$`false`',
  "http.get('http://127.0.0.1:9/')",
  "note('too late')"
];
const WAYS: { readonly [way: string]: (fault: string) => string } = {
  timer: fault => `setTimeout(() => { ${fault} }, ${LATE}); 0`,
  'asynchronous timer': fault => `setTimeout(async () => { await 0; ${fault} }, ${LATE}); 0`,
  interval: fault => `const ticks = setInterval(() => { clearInterval(ticks); ${fault} }, ${LATE}); 0`,
  promise: fault => `new Promise(go => setTimeout(go, ${LATE})).then(() => { ${fault} }); 0`,
  emitter: fault =>
    `import { EventEmitter } from 'node:events'; const bus = new EventEmitter(); bus.on('go', () => { ${fault} }); setTimeout(() => bus.emit('go'), ${LATE}); 0`,
  generator: fault =>
    `async function* later() { await new Promise(go => setTimeout(go, ${LATE})); ${fault}; yield 0 } void later().next(); 0`
};

const CASES = Object.entries(WAYS).flatMap(([way, write], index) =>
  FAULTS.filter((_fault, each) => process.env['LAUNCHBOOK_PROOF'] === '1' || each === index % 3).map(
    fault => ({
      way,
      fault,
      source: write(fault)
    })
  )
);

test.each(CASES)('$way, $fault', async ({ fault, source }) => {
  box = new HeadlessFolder({
    leaves: source,
    waits: 'await $`sleep 2`',
    next: 'await $`sh -c ${"echo next >> log"}`'
  });
  const { end, state } = await box.during(async run => ({ end: await run.proceed(), state: run.state }));
  if (fault.startsWith('note')) {
    expect(end).toMatchObject({ outcome: 'passed' });
    return;
  }
  expect(end).toMatchObject({ outcome: 'failed', step: 'leaves', error: { code: 'step.failed_after_end' } });
  expect(state.steps['leaves']).toMatchObject({ status: 'failed', attempts: [{ outcome: 'failed' }] });
  expect(state.steps['waits']).toMatchObject({ status: 'passed' });
  expect(box.lines('log')).toEqual([]);
  expect(JSON.stringify(box.notebook())).toContain('1 failed');
});

test('a race against time that was won leaves nothing that fails', async () => {
  const source =
    "await Promise.race([$`true`, new Promise((_, fail) => setTimeout(fail, 500, new Error('too slow')))]); 0";
  box = new HeadlessFolder({ races: source, waits: 'await $`sleep 1`' });
  expect(await box.during(run => run.proceed())).toMatchObject({ outcome: 'passed' });
});
