// The cells of an import as a notebook, with what lint finds in it: a finding that no guess explains yet makes its cell a guess.
import { GUESS_TAG } from '../../contract/notebook/imported-guess.js';
import { LANGUAGE_INFO } from '../../contract/notebook/language-info.js';
import { lintRunbook } from '../../contract/lint/lint-runbook.js';
import type { Notebook } from '../../contract/notebook/notebook.js';
import type { OutlineCell } from '../../contract/notebook/outline.js';
import { sourceFactsOf } from '../../record/source/source-facts.js';
import type { DraftCell } from './map/cell-list.js';
import type { MappedDocument } from './map/map-document.js';
import type { ReportLine } from './document/report-line.js';

/** Rules that ask for what only the author of the source knows: the report asks, and the cell is no guess for it. */
export const ASKING_RULES: ReadonlySet<string> = new Set([
  'change-without-rollback',
  'change-without-verification'
]);

/** The notebook, and the lines that lint adds to the report. */
export function notebookOf(
  mapped: MappedDocument,
  placeOf: (cell: DraftCell) => string
): {
  readonly notebook: Notebook;
  readonly asked: readonly ReportLine[];
} {
  const asked: ReportLine[] = [];
  const byId = new Map(mapped.cells.map(cell => [cell.id, cell]));
  for (const { rule, cell: id, message } of lintRunbook(mapped.cells.map(cellOf), {
    factsOf: sourceFactsOf
  })) {
    const cell = byId.get(id);
    const isAsked = ASKING_RULES.has(rule);
    // An optional step is a way back itself, or runs beside the order.
    if (rule === 'imported-guess' || cell === undefined || (isAsked && cell.tags.includes('optional'))) {
      continue;
    }
    asked.push({
      grade: isAsked ? 'asked' : 'guessed',
      place: placeOf(cell),
      text: `${message} (${rule})`,
      cell
    });
    if (!isAsked && !cell.tags.includes(GUESS_TAG)) {
      cell.tags.push(GUESS_TAG);
      cell.source =
        cell.kind === 'code' ? `// Guessed as it stands: ${message}\n${cell.source}` : cell.source;
    }
  }
  const notebook = {
    cells: mapped.cells.map(cellOf),
    metadata: {
      kernelspec: { display_name: 'TypeScript (Launchbook)', language: 'typescript', name: 'launchbook' },
      language_info: LANGUAGE_INFO
    },
    nbformat: 4,
    nbformat_minor: 5
  };
  return { notebook, asked };
}

function cellOf({ kind, id, source, tags }: DraftCell): OutlineCell {
  const metadata = tags.length === 0 ? {} : { tags: [...new Set(tags)] };
  const lines = source.split(/(?<=\n)/);
  const cell = { cell_type: kind, id, metadata, source: lines };
  return kind === 'code' ? ({ ...cell, execution_count: null, outputs: [] } as OutlineCell) : cell;
}
