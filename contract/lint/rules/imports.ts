// Files that a template finds and its runs do not: each run is in a folder of its own.
import type { LintRule, Place } from './finding.js';
import { codeCells, codeOf, placeAt } from './source-text.js';

const RELATIVE_IMPORT = /\b(?:from|import|require)\s*\(?\s*(['"`])\.\.?\/[^'"`\n]*\1/;

/** An import by a path from the notebook's folder. */
export const RELATIVE_PATH_IMPORT: LintRule = {
  id: 'relative-import',
  severity: 'error',
  reason: 'A run is in a folder of its own, where the path leads elsewhere: its first step would fail.',
  fix: 'Name the file under imports in package.json, { "#check": "./check.ts" }, and write import { check } from \'#check\'.',
  find: runbook =>
    codeCells(runbook).flatMap((cell): Place[] => {
      const code = codeOf(cell);
      const offset = code.search(RELATIVE_IMPORT);
      return offset < 0
        ? []
        : [placeAt(cell, code, offset, 'The cell imports a file by a path from the notebook’s folder.')];
    })
};
