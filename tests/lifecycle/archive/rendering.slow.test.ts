// An archive as a person sees it on GitHub, and what a long run with much output comes to.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { notebookText } from '../../../lifecycle/notebook/notebook-text.js';
import { verifyRun } from '../../../lifecycle/verify/verify-run.js';
import { rounds } from '../../proof.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';
import { renderPage, type GithubPage } from './github-page.js';

let repository: Repository;

beforeAll(async () => {
  repository = await makeRepository();
});

afterAll(() => repository.remove());

describe('An archived run', () => {
  let page: GithubPage;

  beforeAll(async () => {
    const path = await executeRun(repository, { stories: { deploy: { isRetried: true } } });
    await archiveRun(path);
    page = renderPage(path);
  });

  test('is a valid notebook, of which nothing is lost or shown as a tag', () => {
    expect(page).toMatchObject({ faults: '', lost: [], escapedTags: [], pictures: 1 });
  });

  test('shows the summary, the decision, and the times with their glyphs', () => {
    expect(page.text).toMatch(/Release 1\.1\.0 in staging passed\./);
    expect(page.text).toMatch(/QA sign-off/);
    expect(page.text).toMatch(
      /☑ passed 2026-11-22 [\d:]+ – [\d:]+ UTC, 1\.5 s, attempt 2, Ann Lee \(claimed\)/
    );
    expect(page.text).toMatch(/✗ failed 2026-11-22/);
    expect(page.bytes).toBeLessThan(1_000_000);
  });
});

const STEPS = rounds({ inTest: 30, inProof: 100 });

describe(`A run of ${STEPS} steps with plenty of output`, () => {
  const LINES = 2000;
  const id = (step: number): string => `step-${step}`;

  /** 2,000 lines of a log in each step, a bundle in each tenth: 15 MB of 100 steps before it is archived. */
  const outputsOf = (step: number): object[] => [
    {
      output_type: 'stream',
      name: step % 7 === 0 ? 'stderr' : 'stdout',
      text: Array.from(
        { length: LINES },
        (_, line) => `step ${step}, line ${line}: orders answered 200 after ${line % 97} ms, as expected\n`
      )
    },
    ...(step % 10 === 0
      ? [
          {
            output_type: 'display_data',
            metadata: {},
            data: {
              'text/html': [`<b>step ${step}</b> <span>☑ healthy</span>`],
              'text/plain': [`step ${step}  healthy`]
            }
          }
        ]
      : [])
  ];

  test('stays below 1 MB, is valid, and shows the beginning and end of every step', async () => {
    const cells = Array.from({ length: STEPS }, (_, step) => [
      ...(step % 10 === 0
        ? [{ cell_type: 'markdown', id: `phase-${step}`, metadata: {}, source: `## Phase ${step / 10 + 1}` }]
        : []),
      {
        cell_type: 'code',
        id: id(step),
        metadata: {},
        source: `await $\`logs ${step}\``,
        execution_count: null,
        outputs: []
      }
    ]).flat();
    const metadata = {
      kernelspec: { name: 'launchbook', display_name: 'TypeScript (Launchbook)', language: 'typescript' }
    };
    repository.write('release.ipynb', notebookText({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
    repository.commit('Many steps');
    const stories = Object.fromEntries(
      Array.from({ length: STEPS }, (_, step) => [id(step), { outputs: outputsOf(step) }])
    );
    const path = await executeRun(repository, { release: '9.0.0', stories });
    const { notes } = await archiveRun(path);
    expect(notes.join()).toContain(`Outputs of ${STEPS} steps were shortened for GitHub`);
    const page = renderPage(path);
    expect(page).toMatchObject({ faults: '', lost: [], escapedTags: [], pictures: 1 });
    expect(page.bytes).toBeLessThan(1_000_000);
    for (let step = 0; step < STEPS; step++) {
      expect(page.text).toContain(`step ${step}, line 0: orders answered`);
      expect(page.text).toContain(`step ${step}, line ${LINES - 1}: orders answered`);
    }
    expect(page.text.match(/☑ passed 2026-11-22/g)).toHaveLength(STEPS);
    expect(page.text).toMatch(new RegExp(`step ${STEPS - 10} +☑ healthy`));
    expect((await verifyRun(path)).holds).toBe(true);
  });
});
