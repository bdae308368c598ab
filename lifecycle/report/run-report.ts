// The report of the run at a path, with the template that it was made from.
import { isLaunchbookError } from '../../contract/base/error.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { RunInfo } from '../../contract/base/run.js';
import { archiveFacts } from '../facts/archive-facts.js';
import { findEarlierRuns } from '../facts/earlier-runs.js';
import { redlinesOf } from '../learn/redlines.js';
import { readRun } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { addressesOf } from '../notebook/step-addresses.js';
import { runObjections } from '../signers/run-objections.js';
import { findTemplate } from '../git/find-template.js';
import { REPORT_FORMATS } from './report-formats.js';
import { reportOf, type Report } from './report-run.js';

/**
 * The after-action report of a run.
 *
 * @param path - The notebook of the run.
 * @throws RefusedError when it is no notebook or no run; LaunchbookError `journal.broken` when its journal was changed.
 * @example
 * (await runReport('runs/2.4.0-production/release.ipynb', 'md')).text // '# Release 2.4.0 in production: passed\n…'
 */
export async function runReport(
  path: string,
  format: 'md' | 'html'
): Promise<{ readonly report: Report; readonly text: string }> {
  const files = readRun(path);
  const { run, notebook } = files;
  if (run === null) {
    return refuseNoRun('report.refused', `Reporting on ${path}`);
  }
  const template = await templateOrNull(path, run);
  const redlines = template && redlinesOf(notebook, template, run).redlines;
  const facts = archiveFacts(files, findEarlierRuns(path, run), await runObjections(path, files));
  const report = reportOf(facts, redlines, new Date().toISOString(), addressesOf(path, run));
  return { report, text: REPORT_FORMATS[format](report) };
}

async function templateOrNull(path: string, run: RunInfo): Promise<Notebook | null> {
  try {
    return (await findTemplate(path, run, false)).notebook;
  } catch (error) {
    if (isLaunchbookError(error)) {
      return null;
    }
    throw error;
  }
}
