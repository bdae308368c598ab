// How many acts people need for twelve jobs of the night, beside the first release. No job needs more than then but where a second run now
// asks, and all of them together at least a fifth less. A person does each in the shortest way that the page shows.
import type { Browser } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JupyterServer } from '../jupyter-server.js';
import { Lab } from '../lab.js';
import { ROOT } from '../root.js';
import { expect, test } from '../test.js';
import { makeNightRun, type NightRun } from './night-run.js';
import { Person, type Acts } from './person.js';

const NIGHT = join(ROOT, 'tests/ui/night');
const BEFORE = JSON.parse(readFileSync(join(NIGHT, 'acts-before.json'), 'utf8')) as {
  readonly commit: string;
  readonly jobs: { readonly [job: string]: Acts };
};
/** A deployment that has passed is not done again by a stray key. */
const ASKS_NOW = 'run a deployment a second time';

const ANN = { username: 'ann', name: 'Ann Lee' };
const BOB = { username: 'bob', name: 'Bob Ray' };
const CLEO = { username: 'cleo', name: 'Cleo Diaz' };

let server: JupyterServer;
let lab: Lab;
let night: NightRun;

test.beforeAll(async () => {
  server = await JupyterServer.start('.venv', [`--config=${join(NIGHT, 'named_people.py')}`]);
  lab = new Lab(server, 'acts');
  lab.set('@jupyterlab/notebook-extension:tracker', { windowingMode: 'none' });
  night = makeNightRun(lab);
});
test.afterAll(async () => await server?.stop());

test(
  'twelve jobs of the night need fewer acts than in the first release',
  { tag: '@proof' },
  async ({ browser }) => {
    test.setTimeout(600_000);
    const needed = new Map<string, Acts>();
    const job = async (name: string, people: readonly Person[], act: () => Promise<void>): Promise<void> => {
      people.forEach(person => person.acts());
      await test.step(name, act);
      needed.set(name, people.map(person => person.acts()).reduce(sumOf));
    };
    await makeRun(browser, job);
    const ann = await Person.open(browser, lab, night.path, ANN, { isFirst: true });
    const bob = await Person.open(browser, lab, night.path, BOB);
    const cleo = await Person.open(browser, lab, night.path, CLEO);
    const passes = (person: Person, phase: string) =>
      expect(person.row(phase).first()).toHaveAttribute('data-status', 'passed');
    const runPhase = async (person: Person, phase: string): Promise<void> => {
      await person.row(phase).hover();
      await person.click(person.button('Run phase'));
    };

    await job('begin: the first two steps, and the name of the environment', [ann], async () => {
      await ann.click(ann.cell('const release').locator('.jp-InputPrompt'));
      await ann.press('Shift+Enter');
      const field = ann.page.getByLabel('Name of the environment (production)');
      await ann.isAsked(field);
      await ann.click(field);
      await ann.type('production');
      await ann.press('Enter');
      await expect(ann.cell('const release').locator('.lb-Timing')).toHaveAttribute('data-status', 'passed');
      await expect(ann.page.locator('.jp-Stdin-input')).toHaveCount(0);
      await ann.click(ann.cell('cat fleet.log').first().locator('.jp-InputPrompt'));
      await ann.press('Shift+Enter');
      await passes(ann, 'Preparation');
    });

    night.let('full', true);
    await runPhase(ann, 'Search');
    await expect(ann.row('Search').first()).toHaveAttribute('data-status', 'failed');
    night.let('full', false);
    await job('run a step that failed once more', [ann], async () => {
      await ann.click(ann.button('Retry Deploy the search'));
      await passes(ann, 'Search');
    });

    await runPhase(ann, 'QA sign-off');
    await job('reject with a reason', [bob], async () => {
      await bob.click(bob.button('Go to what waits'));
      const approval = bob.hold('Approval');
      await bob.click(approval.getByLabel('Comment'));
      await bob.type('The basket is empty');
      await bob.click(approval.getByRole('button', { name: 'Reject' }));
      await expect(ann.row('QA sign-off').first()).toHaveAttribute('data-status', 'rejected');
    });
    await job('ask again, and approve with a comment', [ann, bob], async () => {
      await ann.click(ann.button('Ask again Sign the preview off'));
      await bob.click(bob.hold('Approval').last().getByRole('checkbox'));
      await expect(bob.hold('Approval').last().getByLabel('Comment')).toBeFocused();
      await bob.type('The basket is full');
      await bob.press('Enter');
      await passes(ann, 'QA sign-off');
    });

    await runPhase(ann, 'Smoke tests');
    await job('take and do two tasks', [cleo], async () => {
      await cleo.click(cleo.button('Go to what waits'));
      const tasks = cleo.hold('TaskList');
      await cleo.click(tasks.getByRole('button', { name: 'I take it on: Order a green tea' }));
      await cleo.click(tasks.getByRole('button', { name: 'Done: Order a green tea' }));
      await cleo.click(tasks.getByRole('button', { name: 'Done: Tell customer care' }));
      await passes(ann, 'Smoke tests');
    });

    await job('hand the wheel over', [ann, cleo], async () => {
      await cleo.click(cleo.button('Ask for the wheel'));
      await ann.click(ann.button('Hand over'));
      await expect(cleo.page.locator('.lb-Wheel')).toContainText('You drive');
    });

    await runPhase(cleo, 'Orders');
    await passes(cleo, 'Orders');
    await runPhase(cleo, 'Payments');
    await passes(cleo, 'Payments');
    await job(ASKS_NOW, [cleo], async () => {
      await cleo.click(cleo.cell('bin/deploy payments').locator('.jp-InputPrompt'));
      await cleo.press('Control+Enter');
      await cleo.isAsked(cleo.dialog());
      await cleo.click(cleo.dialog().getByRole('button', { name: 'Run again' }));
      await expect(cleo.cell('bin/deploy payments').locator('.lb-Timing')).toContainText('attempt 2');
      await passes(cleo, 'Payments');
    });

    await job('roll back two phases', [cleo], async () => {
      await cleo.row('Orders').hover();
      await cleo.click(cleo.page.locator('.lb-Tree-actions').getByRole('button', { name: 'Roll back…' }));
      await cleo.isAsked(cleo.dialog());
      await expect(cleo.dialog()).toContainText('Undone, in this order');
      await cleo.type('Customers cannot pay');
      await cleo.press('Enter');
      await expect(ann.row('Orders').first()).toHaveAttribute('data-status', 'stale');
      await expect(ann.row('Payments').first()).toHaveAttribute('data-status', 'stale');
    });

    await job('send a colleague to a step', [cleo], async () => {
      await cleo.click(cleo.row('Payments').first(), 'right');
      await cleo.click(cleo.page.locator('.lm-Menu-itemLabel', { hasText: 'Copy Link to This Step' }));
      await expect(cleo.page.getByText('The link is copied.')).toBeVisible();
    });

    night.let('busy', true);
    const { length } = night.deployed();
    await runPhase(cleo, 'Orders');
    await expect.poll(() => night.deployed().length).toBe(length + 1);
    await lab.crash();
    night.let('busy', false);
    await job('go on after the server died in a deployment', [cleo], async () => {
      await cleo.page.reload();
      cleo.doElsewhere({ clicks: 0, keys: 1 });
      await cleo.isThere({ isIdle: true });
      await cleo.click(cleo.page.locator('.lb-Resume').getByRole('button', { name: 'Resume…' }));
      await cleo.isAsked(cleo.dialog());
      await cleo.click(cleo.dialog().getByRole('radio', { name: 'It succeeded' }));
      await expect(cleo.dialog().getByRole('textbox', { name: 'Reason' })).toBeFocused();
      await cleo.type('Its line is in the log of the fleet');
      await cleo.press('Enter');
      await expect(cleo.page.locator('.lb-Resume:not(.lb-Wheel)')).toBeHidden();
      await runPhase(cleo, 'Orders');
      await passes(cleo, 'Orders');
    });

    await runPhase(cleo, 'Payments');
    await passes(cleo, 'Payments');
    await runPhase(cleo, 'Close');
    await job('end: two ticks, archive, report, what the runbook learns', [cleo], async () => {
      await expect(cleo.hold('Checklist').getByRole('checkbox')).toHaveCount(2);
      for (const box of await cleo.hold('Checklist').getByRole('checkbox').all()) {
        await cleo.click(box);
      }
      await passes(cleo, 'Close');
      await cleo.click(cleo.button('Archive…'));
      await cleo.isAsked(cleo.dialog());
      await cleo.click(cleo.dialog().getByRole('button', { name: 'Archive' }));
      await expect(cleo.page.getByText(/^Archived as/).first()).toBeVisible({ timeout: 60_000 });
      await cleo.click(cleo.button('Report'));
      await expect(cleo.page.getByText('Opened in a tab.')).toBeVisible({ timeout: 60_000 });
      await cleo.click(cleo.page.locator('.lm-TabBar-tab[data-lb-where="2.4.0 · production"]'));
      await cleo.click(cleo.button('Learn'));
      await expect(cleo.page.locator('.lb-RunEnd')).toContainText(/learn/i);
    });

    console.log(tableOf(needed));
    for (const [name, acts] of needed) {
      if (name !== ASKS_NOW) {
        expect(totalOf(acts), name).toBeLessThanOrEqual(totalOf(BEFORE.jobs[name]!));
      }
    }
    expect([...needed.keys()].sort()).toEqual(Object.keys(BEFORE.jobs).sort());
    expect(sumOfAll([...needed.values()])).toBeLessThanOrEqual(0.8 * sumOfAll(Object.values(BEFORE.jobs)));
  }
);

type Job = (name: string, people: readonly Person[], act: () => Promise<void>) => Promise<void>;

async function makeRun(browser: Browser, job: Job): Promise<void> {
  const ann = await Person.open(browser, lab, 'release.ipynb', ANN, { isFirst: true });
  await job('make a run of the runbook', [ann], async () => {
    await ann.click(ann.page.getByRole('menuitem', { name: 'File', exact: true }));
    await ann.click(ann.page.locator('.lm-Menu-itemLabel', { hasText: 'New Run…' }).first());
    await ann.isAsked(ann.dialog().getByLabel('Release', { exact: true }));
    await ann.type('2.5.0');
    await ann.press('Enter');
    await expect(ann.page.locator('.lb-Banner:visible')).toContainText('2.5.0');
  });
  await ann.page.close();
}

function sumOf(a: Acts, b: Acts): Acts {
  return { clicks: a.clicks + b.clicks, keys: a.keys + b.keys, questions: a.questions + b.questions };
}

function totalOf({ clicks, keys, questions }: Acts): number {
  return clicks + keys + questions;
}

function sumOfAll(acts: readonly Acts[]): number {
  return acts.map(totalOf).reduce((sum, each) => sum + each, 0);
}

function tableOf(needed: ReadonlyMap<string, Acts>): string {
  const told = ({ clicks, keys, questions }: Acts): string =>
    `${String(clicks).padStart(2)} ${String(keys).padStart(2)} ${String(questions).padStart(2)}`;
  const none: Acts = { clicks: 0, keys: 0, questions: 0 };
  const rows = [...needed].map(
    ([name, acts]) => `${name.padEnd(60)} ${told(BEFORE.jobs[name] ?? none)}    ${told(acts)}`
  );
  const sums = [Object.values(BEFORE.jobs), [...needed.values()]].map(sumOfAll);
  return [
    `clicks, keys, questions${' '.repeat(37)} ${BEFORE.commit.slice(0, 7)}     now`,
    ...rows,
    `${'together'.padEnd(60)} ${sums[0]}          ${sums[1]}`
  ].join('\n');
}
