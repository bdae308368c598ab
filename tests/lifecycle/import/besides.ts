// What lint finds in an import that neither a guess nor a question of the report explains: nothing is expected.
import { lintRunbook } from '../../../contract/lint/lint-runbook.js';
import { GUESS_TAG } from '../../../contract/notebook/imported-guess.js';
import type { Notebook } from '../../../contract/notebook/notebook.js';
import { sourceFactsOf } from '../../../record/source/source-facts.js';
import type { ImportedDocument } from '../../../lifecycle/import/import-document.js';
import { ASKING_RULES } from '../../../lifecycle/import/notebook-of.js';

export function findingsBesideGuesses({ notebook, lines }: ImportedDocument): string[] {
  const { cells } = JSON.parse(notebook) as Notebook;
  return lintRunbook(cells, { factsOf: sourceFactsOf })
    .filter(({ rule, cell: id }) => {
      const tags = cells.find(cell => cell.id === id)?.metadata?.['tags'] as string[] | undefined;
      const isAsked =
        ASKING_RULES.has(rule) &&
        (tags?.includes('optional') || lines.some(({ grade, cell }) => grade === 'asked' && cell === id));
      return !tags?.includes(GUESS_TAG) && !isAsked;
    })
    .map(({ rule, cell, message }) => `${cell}: ${rule}: ${message}`);
}
