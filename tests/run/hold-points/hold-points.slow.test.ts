// Generated ways to write a hold point, in a real kernel: whatever asks people locks what comes after it, whatever hides it is refused, and
// what only looks like one locks nothing. Every lock has its way out.
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openHeadlessRun, type HeadlessRun } from '../../../kernel/host/headless/headless-run.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { HeadlessFolder } from '../headless-folder.js';
import { drawStep, GATES, type Form, type WrittenStep } from './forms.js';

const STEPS = rounds({ inTest: 80, inProof: 2000 });

let folder: HeadlessFolder;
let run: HeadlessRun;
beforeAll(async () => {
  folder = new HeadlessFolder({ first: '1' }, 'environments: { staging: {} }\ntypecheck: off\n');
  folder.write('gates.ts', GATES);
  run = await openHeadlessRun({
    path: folder.path('release.ipynb'),
    nodePath: process.execPath,
    username: 'ann',
    log: () => undefined
  });
});
afterAll(async () => {
  await run.close();
  folder.remove();
}, 60_000);

/** What became of a step, and of the one after it. */
interface Seen {
  readonly step: string;
  readonly error: string;
  readonly hasAsked: boolean;
  readonly after: string;
  readonly afterLeavingOut: string;
}

const EXPECTED: { readonly [F in Form]: (seen: Seen) => boolean } = {
  asks: ({ step, hasAsked, after, afterLeavingOut }) =>
    step !== 'passed' && hasAsked && after === 'hold.locked' && afterLeavingOut === 'passed',
  hides: ({ step, hasAsked, after, afterLeavingOut }) =>
    step !== 'passed' && !hasAsked && after === 'hold.locked' && afterLeavingOut === 'passed',
  'passes by': ({ step, hasAsked, after, afterLeavingOut }) =>
    step === 'passed' && !hasAsked && after === 'hold.locked' && afterLeavingOut === 'passed',
  'looks like': ({ step, hasAsked, after }) => step === 'passed' && !hasAsked && after === 'passed'
};

test(`of ${STEPS} steps none runs unasked, and none is locked for ever`, async () => {
  const random = makeRandom(20_261_129);
  const faults: string[] = [];
  const counts = new Map<Form, number>();
  for (let index = 0; index < STEPS; index += 1) {
    const written = drawStep(random);
    counts.set(written.form, (counts.get(written.form) ?? 0) + 1);
    const seen = await look(written, index);
    if (!EXPECTED[written.form](seen)) {
      faults.push(`${written.form}: ${JSON.stringify(written)} ${JSON.stringify(seen)}`);
    }
  }
  console.log([...counts].map(([form, count]) => `${count} × ${form}`).join(', '));
  expect(faults.slice(0, 10)).toEqual([]);
}, 600_000);

async function look({ text, before }: WrittenStep, index: number): Promise<Seen> {
  const [given, step, after] = [`given-${index}`, `step-${index}`, `after-${index}`];
  const cells = { ...(before === '' ? {} : { [given]: before }), [step]: text, [after]: `${index}` };
  save(cells);
  if (before !== '') {
    await run.execute(given);
  }
  const { error } = await run.execute(step);
  const hasAsked = Object.values(run.state.approvals).some(approval => approval.step === step);
  const seen = {
    step: run.state.steps[step]?.status ?? error?.code ?? 'refused',
    error: error?.message ?? '',
    hasAsked,
    after: await tryStep(after)
  };
  if (seen.after === 'passed') {
    return { ...seen, afterLeavingOut: 'passed' };
  }
  // What asked or passed by is left out by name. What was refused is written anew: it has asked nothing.
  const isRefused = seen.step !== 'passed' && !hasAsked;
  save(isRefused ? { ...cells, [step]: '1' } : hasAsked ? { [after]: cells[after]! } : cells);
  if (isRefused) {
    await run.execute(step);
  } else {
    await run.command(`%skip ${step} the incident lead says so`);
  }
  return { ...seen, afterLeavingOut: await tryStep(after) };
}

async function tryStep(step: string): Promise<string> {
  const { status, error } = await run.execute(step);
  return status === 'ok' ? 'passed' : (error?.code ?? 'error');
}

function save(cells: { readonly [step: string]: string }): void {
  const path = folder.path('release.ipynb');
  const written = Object.entries(cells).map(([id, source]) => ({
    id,
    cell_type: 'code',
    metadata: {},
    source,
    outputs: [],
    execution_count: null
  }));
  writeFileSync(path, JSON.stringify({ ...folder.notebook(), cells: written }));
}
