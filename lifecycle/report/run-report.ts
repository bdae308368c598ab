// The report of the run at a path, with the template that it was made from.
import { isLaunchbookError } from '../../contract/error.js';
import type { Notebook } from '../../contract/notebook.js';
import type { RunInfo } from '../../contract/run.js';
import { readRun } from '../notebook/read-run.js';
import { refuseNoRun } from '../notebook/refuse-no-run.js';
import { findTemplate } from '../reset/find-template.js';
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
  if (files.run === null) {
    return refuseNoRun('report.refused', `Reporting on ${path}`);
  }
  const template = await templateOrNull(path, files.run);
  const report = reportOf(files, template, new Date().toISOString());
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
