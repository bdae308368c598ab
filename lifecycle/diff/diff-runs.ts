// Two runs, or a run and its template, compared: for a person who wants to know why a run went differently from the last one.
// What always differs (times, ids, durations) is made the same in outputs before they are compared.
import { runOf, type Notebook } from '../../contract/notebook/notebook.js';
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import { lastAttemptOf, type RunState } from '../../contract/state/state.js';
import { canonicalNotebook } from '../archive/canonical-notebook.js';
import { cellTitles } from '../notebook/cell-titles.js';
import { parametersOf, withParameters } from '../notebook/parameters.js';
import { withoutArchiveMarks, type CodeCell } from '../notebook/archive-marks.js';

/** One side of the comparison. */
export interface DiffSide {
  readonly notebook: Notebook;
  /** The journal's state; of a template the empty one. */
  readonly state: RunState;
}

/** One difference. Null: that side has none. */
export interface RunDifference {
  readonly what: 'parameter' | 'source' | 'outcome' | 'duration' | 'output';
  /** Name of the parameter, or what the cell is called, for reading: a step by title and phase. */
  readonly name: string;
  /** Id of the cell; null of a parameter. */
  readonly cell: string | null;
  readonly a: string | null;
  readonly b: string | null;
}

/** Durations that differ by less are the same. */
const LEAST_FACTOR = 1.5;
const LEAST_DIFFERENCE_MS = 1000;

/**
 * Every difference, parameters first, then in the order of the cells.
 *
 * @example
 * diffRuns(monday, tuesday)[0] // { what: 'parameter', name: 'release', cell: null, a: '"2.3.1"', b: '"2.4.0"' }
 */
export function diffRuns(a: DiffSide, b: DiffSide): RunDifference[] {
  const cellsA = bareCells(asMade(a.notebook, b.notebook));
  const cellsB = bareCells(asMade(b.notebook, a.notebook));
  const ids = [...new Set([...cellsA.keys(), ...cellsB.keys()])];
  const names = new Map([...cellTitles([...cellsA.values()]), ...cellTitles([...cellsB.values()])]);
  return [
    ...parameterDifferences(a, b),
    ...ids.flatMap(id =>
      cellDifferences(
        { id, name: names.get(id) ?? id },
        { cell: cellsA.get(id), state: a.state },
        { cell: cellsB.get(id), state: b.state }
      )
    )
  ];
}

/** A template beside a run as `launchbook new` made it: with the run's parameters. What was edited in the run then differs. */
function asMade(notebook: Notebook, other: Notebook): Notebook {
  const run = runOf(other);
  return run === null || runOf(notebook) !== null
    ? notebook
    : { ...notebook, cells: withParameters(notebook.cells, run.parameters ?? {}) };
}

function bareCells(notebook: Notebook): Map<string, OutlineCell> {
  const { cells } = canonicalNotebook(withoutArchiveMarks(notebook));
  return new Map(cells.map((cell, index) => [cell.id ?? `#${index}`, cell]));
}

function parameterDifferences(a: DiffSide, b: DiffSide): RunDifference[] {
  const [left, right] = [a, b].map(({ notebook }) => parametersIn(notebook)) as [object, object];
  const isTemplateBesideRun = (runOf(a.notebook) === null) !== (runOf(b.notebook) === null);
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    // The release is what a run is made for, so it always differs from the template's.
    name => !(isTemplateBesideRun && name === 'release')
  );
  return names.flatMap(name =>
    difference('parameter', { name, id: null }, jsonOf(left, name), jsonOf(right, name))
  );
}

/** What a run was made with, or the defaults of a template. */
function parametersIn(notebook: Notebook): object {
  return runOf(notebook)?.parameters ?? parametersOf(notebook.cells);
}

/** What differs: a parameter, or a cell with its id. */
interface Place {
  readonly name: string;
  readonly id: string | null;
}

interface SideCell {
  readonly cell: OutlineCell | undefined;
  readonly state: RunState;
}

function cellDifferences(place: Place & { readonly id: string }, a: SideCell, b: SideCell): RunDifference[] {
  const [left, right] = [a, b].map(({ state }) => lastAttemptOf(state, place.id));
  const both = left !== undefined && right !== undefined;
  return [
    ...difference('source', place, sourceOf(a), sourceOf(b)),
    ...(both ? difference('outcome', place, left.outcome, right.outcome) : []),
    ...(both && isOtherDuration(left.durationMs, right.durationMs)
      ? difference('duration', place, String(left.durationMs), String(right.durationMs))
      : []),
    ...(both ? difference('output', place, outputOf(a), outputOf(b)) : [])
  ];
}

function difference(
  what: RunDifference['what'],
  { name, id }: Place,
  a: string | null,
  b: string | null
): RunDifference[] {
  return a === b ? [] : [{ what, name, cell: id, a, b }];
}

function sourceOf({ cell }: SideCell): string | null {
  return cell === undefined ? null : textOf(cell.source);
}

function isOtherDuration(a: number | null, b: number | null): boolean {
  const [less, more] = [a ?? 0, b ?? 0].sort((x, y) => x - y) as [number, number];
  return more - less >= LEAST_DIFFERENCE_MS && more >= less * LEAST_FACTOR;
}

/** The text of all outputs, in which what always differs is replaced by its name. */
function outputOf({ cell }: SideCell): string {
  const texts = ((cell as CodeCell | undefined)?.outputs ?? []).map(output => {
    const value = output.text ?? output.data?.['text/plain'] ?? '';
    return Array.isArray(value) ? value.join('') : String(value);
  });
  return normalized(texts.join(''));
}

/** Times, durations, hashes, ids, process ids and ports replaced by their kind. */
export function normalized(text: string): string {
  return text

    .replace(/\u001b\[[\d;]*m/g, '')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?/g, '<time>')
    .replace(/\b\d\d:\d\d:\d\d(?:\.\d+)?\b/g, '<time>')
    .replace(/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<id>')
    .replace(/\b(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{7,64}\b/gi, '<hash>')
    .replace(/\b\d+(?:\.\d+)? ?(?:ms|s|min|h|seconds?|minutes?)\b/g, '<duration>')
    .replace(/\bpid \d+/gi, 'pid <number>')
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:<port>');
}

function jsonOf(values: object, name: string): string | null {
  const value = (values as { [name: string]: unknown })[name];
  return value === undefined ? null : JSON.stringify(value);
}
