// Comparing: what differs between two runs, and what differs only by nature.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveRun } from '../../../lifecycle/archive/archive-run.js';
import { diffRuns, normalized } from '../../../lifecycle/diff/diff-runs.js';
import { differenceLines } from '../../../lifecycle/diff/diff-text.js';
import { newRun } from '../../../lifecycle/new/new-run.js';
import { readRun } from '../../../lifecycle/notebook/read-run.js';
import { executeRun, makeRepository, type Repository } from '../executed-run.js';

let repository: Repository;
let first: string;

beforeAll(async () => {
  repository = await makeRepository();
  first = await executeRun(repository, {
    stories: {
      before: {
        outputs: [
          {
            output_type: 'stream',
            name: 'stdout',
            text: ['at 2026-11-22T08:00:00Z, pid 12, took 3.1 s\n', 'healthy\n']
          }
        ]
      }
    }
  });
  await archiveRun(first);
});

afterAll(() => repository.remove());

function differences(a: string, b: string): string[] {
  return diffRuns(readRun(a), readRun(b)).map(({ what, name, cell }) => `${what} ${cell ?? name}`);
}

describe('Two runs', () => {
  test('differ in nothing when only times, ids and the archive are different', async () => {
    const second = await executeRun(repository, {
      release: '1.1.0',
      environment: 'production',
      beganAt: '2026-11-23T09:30:00.000Z',
      stories: {
        before: {
          outputs: [
            {
              output_type: 'stream',
              name: 'stdout',
              text: ['at 2026-11-23T09:30:00Z, pid 4711, took 88 ms\n', 'healthy\n']
            }
          ]
        }
      }
    });
    expect(differences(first, second)).toEqual([]);
  });

  test('differ in parameters, sources, outcomes, durations and outputs', async () => {
    const third = await executeRun(repository, { release: '1.2.0', stepMs: 9000 });
    const text = readFileSync(third, 'utf8')
      .replace("'Was ${release} tested", "'X")
      .replace('question: `Was', 'question: `Is');
    writeFileSync(third, text);
    const found = differences(first, third);
    expect(found).toEqual(
      expect.arrayContaining([
        'parameter release',
        'source parameters',
        'source sign-off-approval',
        'duration deploy',
        'output before'
      ])
    );
    const [parameter] = diffRuns(readRun(first), readRun(third));
    expect(differenceLines(parameter!)).toEqual(['release: parameter "1.1.0" → "1.2.0"']);
  });

  test('and their template: an untouched run of another release differs in nothing', async () => {
    const template = join(repository.folder, 'release.ipynb');
    const { path } = await newRun({ template, release: '1.3.0', environment: 'staging' });
    expect(differences(template, path)).toEqual([]);
    expect(differences(path, template)).toEqual([]);
    expect(differences(template, first)).toEqual([]);
  });

  test('and their template: what was given to the run or edited in it differs', async () => {
    const template = join(repository.folder, 'release.ipynb');
    const parameters = ['previousRelease=1.2.9'];
    const { path } = await newRun({ template, release: '1.3.1', environment: 'staging', parameters });
    expect(diffRuns(readRun(template), readRun(path)).flatMap(differenceLines)).toEqual([
      'previousRelease: parameter "1.0.0" → "1.2.9"'
    ]);
    writeFileSync(path, readFileSync(path, 'utf8').replace("release = '1.3.1'", "release = '1.3.2'"));
    expect(differences(template, path)).toEqual(['parameter previousRelease', 'source parameters']);
  });
});

test.each([
  ['2026-11-22 08:00:03 UTC', '<time>'],
  ['after 12.5 s', 'after <duration>'],
  ['commit 3f9c21ab77', 'commit <hash>'],
  ['http://127.0.0.1:41234/x', 'http://127.0.0.1:<port>/x'],
  ['orders 2.4.0 has 12 rows', 'orders 2.4.0 has 12 rows']
])('%s counts as %s', (text, expected) => {
  expect(normalized(text)).toBe(expected);
});
