// What the archive of an example holds: it verifies, is valid and small, and shows everything that its people saw, as GitHub shows it.
import { expect } from '@jest/globals';
import { archiveRun } from '../../lifecycle/archive/archive-run.js';
import { readRun } from '../../lifecycle/notebook/read-run.js';
import { verifyRun } from '../../lifecycle/verify/verify-run.js';
import { renderPage } from '../lifecycle/archive/github-page.js';
import type { ExampleRun } from './run-example.js';
import type { RunningFleet } from './start-fleet.js';

/** Closes a run that has come to its end, archives it and looks at the archive. */
export async function expectArchive(run: ExampleRun, fleet: RunningFleet): Promise<void> {
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
  expect(text).toMatch(/Phase +Status +Planned +Actual +Steps passed +Attempts/);
  expect(page.text.match(/☑ passed \d{4}-\d\d-\d\d [\d:]+ – [\d:]+ UTC/g)!.length).toBeGreaterThanOrEqual(
    steps.length
  );
  Object.values(state.approvals).forEach(approval => expect(page.text).toContain(approval.name));
}
