// Lints a notebook file with the settings of its project.
import { dirname, resolve } from 'node:path';
import type { LintFinding } from '../../contract/lint/finding.js';
import { lintRunbook } from '../../contract/lint/lint-runbook.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { lintSettings } from './lint-settings.js';

/** Findings, and the rules that the project has switched off with their reasons. */
export interface LintedFile {
  readonly findings: readonly LintFinding[];
  readonly off: { readonly [rule: string]: string };
}

/**
 * Lints the notebook at `path`.
 *
 * @throws RefusedError when it is no notebook, or launchbook.yml switches off a rule that does not exist or gives no reason.
 * @example
 * lintFile('release.ipynb').findings.length // 0
 */
export function lintFile(path: string): LintedFile {
  const { cells } = withoutArchiveMarks(readNotebook(path));
  const settings = lintSettings(dirname(resolve(path)));
  return { findings: lintRunbook(cells, settings), off: settings.off };
}
