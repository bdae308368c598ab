// Every example, run to its end by its people against a real fleet, archived, verified, and looked at as GitHub shows it.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { archiveRun } from '../../lifecycle/archive/archive-run.js';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { verifyRun } from '../../lifecycle/verify/verify-run.js';
import { renderPage } from '../lifecycle/archive/github-page.js';
import { runExample, type ExampleRun } from './run-example.js';
import { ROOT, startFleet, type RunningFleet } from './start-fleet.js';

/** A machine that does much else at the same time needs several times of what a run takes. */
const MOST_MS = 300_000;
jest.setTimeout(MOST_MS);

const EXAMPLES = readdirSync(join(ROOT, 'examples'))
  .filter(name => name.endsWith('.ipynb'))
  .map(name => basename(name, '.ipynb'));

/** So that a test need not wait as long as a person would. */
const PARAMETERS: { readonly [example: string]: readonly string[] } = {
  'database-migration': ['soakTime=1s']
};

let fleet: RunningFleet;
let run: ExampleRun | undefined;

beforeEach(async () => {
  fleet = await startFleet();
});

afterEach(async () => {
  await run?.remove();
  run = undefined;
  await fleet.stop();
});

test('there are examples', () => {
  expect(EXAMPLES).toContain('release');
});

describe.each(EXAMPLES)('The archive of %s', name => {
  test('holds, is valid and small, and shows everything that its people saw', async () => {
    run = await runExample(name, { fleet, parameters: PARAMETERS[name] ?? [] });
    await run.close();
    const { path, steps } = run;
    const { tag } = await archiveRun(path, { environment: fleet.environment });
    expect(await verifyRun(path)).toMatchObject({ holds: true, findings: [] });
    expect(await verifyRun(tag, run.box.folder)).toMatchObject({ holds: true, findings: [] });

    const page = renderPage(path);
    expect(page).toMatchObject({ faults: '', escapedTags: [], lost: [] });
    expect(page.bytes).toBeLessThan(1_000_000);
    expect(page.pictures).toBeGreaterThanOrEqual(1);
    const { state, outline } = readRun(path);
    // The summary is a table; nbconvert's sanitizer shows the tags of its head as text, GitHub's does not.
    const text = page.text.replace(/<\/?\w+>/g, ' ');
    const titles = outline.phases.map(({ title }) => title);
    titles.forEach(title => expect(page.text).toContain(title));
    expect(text).toMatch(/Phase +Status +Planned +Actual +Steps +Attempts/);
    expect(page.text.match(/☑ passed \d{4}-\d\d-\d\d [\d:]+ – [\d:]+ UTC/g)!.length).toBeGreaterThanOrEqual(
      steps.length
    );
    Object.values(state.approvals).forEach(approval => expect(page.text).toContain(approval.name));
  });
});
