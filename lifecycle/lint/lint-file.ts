// Lints a notebook file with the settings of its project.
import { dirname, resolve } from 'node:path';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import type { LintFinding } from '../../contract/lint/rules/finding.js';
import { lintRunbook } from '../../contract/lint/lint-runbook.js';
import { switchedOffIn, type SwitchedOff } from '../../contract/lint/rules/switched-off.js';
import { readOutline } from '../../record/source/read-outline.js';
import { sourceFactsOf } from '../../record/source/source-facts.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import { cellTitles } from '../notebook/cell-titles.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { lintSettings } from './lint-settings.js';

/** Findings, and the rules that the project has switched off with their reasons. */
export interface LintedFile {
  readonly findings: readonly LintFinding[];
  readonly off: { readonly [rule: string]: string };
  /** Rules that cells have switched off for themselves. */
  readonly offInCells: readonly SwitchedOff[];
  /** Where its cells are, by their ids, for reading. */
  readonly places: ReadonlyMap<string, string>;
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
  return {
    findings: lintRunbook(cells, { ...settings, factsOf: sourceFactsOf }),
    off: settings.off,
    offInCells: switchedOffIn(cells).filter(({ reason }) => reason !== ''),
    places: placesOf(cells)
  };
}

/** By title and phase. A title that is a line of the cell is not told, because a secret may stand in it: then the number of the step is. */
function placesOf(cells: readonly OutlineCell[]): ReadonlyMap<string, string> {
  const places = new Map(cellTitles(cells));
  const sources = new Map(cells.map(({ id, source }) => [id, textOf(source)]));
  for (const { title: phase, steps } of readOutline(cells).phases) {
    steps.forEach(({ id, title }, index) => {
      const lines = (sources.get(id) ?? '').split('\n').map(line => line.replace(/^\s*(\/\/+\s*)?/, ''));
      if (lines.some(line => line.startsWith(title.replace(/…$/, '')))) {
        places.set(id, `step ${index + 1} of “${phase}”`);
      }
    });
  }
  return places;
}
