// The archives of random runs, and of one in which every act happens, as a person sees them on GitHub: no tag is seen as text, and nothing
// that was said is missing, whatever characters people wrote.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivedNotebook } from '../../../lifecycle/archive/archived-notebook.js';
import { runPicture } from '../../../lifecycle/archive/run-picture.js';
import { whoOf } from '../../../lifecycle/facts/acts/act-facts.js';
import { archiveFacts } from '../../../lifecycle/facts/archive-facts.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';
import { everyActFiles } from '../facts/every-act/story.js';
import { randomRun } from '../facts/random-run.js';
import { drawChart } from '../../../runbook/chart/picture/draw-picture.js';
import { rounds } from '../../proof.js';
import { compact, renderPages, type GithubPage } from './github-page.js';

const RUNS = rounds({ inTest: 4, inProof: 300 });
const FILES = [everyActFiles(), ...Array.from({ length: RUNS }, (_, index) => randomRun(index + 1))];
const FACTS = FILES.map(files => archiveFacts(files, []));
const NAMES = FILES.map(({ run }, index) => (index === 0 ? 'every act' : run!.id));

let folder: string;
let pages: readonly GithubPage[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'launchbook-told-'));
  const paths: string[] = [];
  for (const [index, { notebook }] of FILES.entries()) {
    const facts = FACTS[index]!;
    const picture = await drawChart(runPicture(facts));
    const archived = archivedNotebook(notebook, facts, 'release.journal.jsonl', undefined, picture);
    paths.push(join(folder, `${index}.ipynb`));
    writeFileSync(paths.at(-1)!, notebookText(archived.notebook));
  }
  pages = renderPages(paths);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(`the archives of ${RUNS} random runs are valid notebooks, of which nothing is lost or shown as a tag`, () => {
  const faulty = pages.flatMap(({ faults, lost, escapedTags, pictures }, index) =>
    faults || lost.length + escapedTags.length > 0 || pictures !== 1
      ? [{ name: NAMES[index], faults, lost, escapedTags, pictures }]
      : []
  );
  expect(faulty).toEqual([]);
});

test('every deviation and every act stands on the page, in the words of the people', () => {
  const missing = pages.flatMap(({ text }, index) => {
    const onPage = compact(text);
    const { acts, deviations } = FACTS[index]!;
    const told = [...deviations, ...acts.flatMap(act => [whoOf(act), act.what, act.reason])];
    return told.filter(part => !onPage.includes(compact(part))).map(part => `${NAMES[index]}: ${part}`);
  });
  expect(missing).toEqual([]);
});
