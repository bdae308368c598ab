// What a cell is called where people read: a step by title and phase, a text by its first line. Ids are for programs.
import { textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import { readOutline } from '../../record/source/read-outline.js';

/**
 * Names of the cells by their ids.
 *
 * @example
 * cellTitles(notebook.cells).get('deploy') // '“Deploy orders” (Deployment)'
 */
export function cellTitles(cells: readonly OutlineCell[]): ReadonlyMap<string, string> {
  const steps = readOutline(cells).phases.flatMap(phase =>
    phase.steps.map(({ id, title }) => [id, `“${title}” (${phase.title})`] as const)
  );
  const texts = cells
    .filter(cell => cell.cell_type !== 'code')
    .map(cell => [cell.id ?? '', `the text “${firstLineOf(cell)}”`] as const);
  return new Map([...texts, ...steps]);
}

/** The first line of a cell that says something, without the marks of a heading. */
export function firstLineOf({ source }: Pick<OutlineCell, 'source'>): string {
  const line = textOf(source)
    .split('\n')
    .map(each => each.replace(/^#+\s+/, '').trim())
    .find(each => each !== '');
  return line?.slice(0, 80) ?? '(empty)';
}
