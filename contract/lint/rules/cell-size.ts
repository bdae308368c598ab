// Cells that a person under pressure cannot take in: too long, or full of machinery instead of steps.
import type { LintRule, Place } from './finding.js';
import { codeCells, codeOf, placeAt } from './source-text.js';

/** A person sees this many lines without scrolling. */
const LONGEST_CELL_LINES = 40;

/** More machinery than this in one cell belongs into a module. */
const MOST_MACHINERY = 3;

const MACHINERY =
  /\bfrom\s+['"]node:|\brequire\s*\(|\bimport\s*\(\s*['"]node:|\bnew\s+Promise\b|\bprocess\.(?:on|env|exit|stdout)\b|\bfunction\b\s*\*?\s*\w*\s*\(|=>\s*\{|\bclass\s+\w+|\bBuffer\.|\bsetTimeout\s*\(|\bsetInterval\s*\(/g;

/** Cells over a length. */
export const CELL_TOO_LONG: LintRule = {
  id: 'cell-too-long',
  severity: 'warning',
  reason: 'A step is read under pressure; what does not fit on the screen is not read.',
  fix: 'Split it into steps with a sentence before each, or move code into a module that the cell imports.',
  find: runbook =>
    codeCells(runbook).flatMap((cell): Place[] => {
      const lines = codeOf(cell).trimEnd().split('\n').length;
      return lines <= LONGEST_CELL_LINES
        ? []
        : [
            {
              cell: cell.id ?? '',
              line: LONGEST_CELL_LINES + 1,
              message: `The cell has ${lines} lines, at most ${LONGEST_CELL_LINES} are expected.`
            }
          ];
    })
};

/** Too much low-level code in a cell. */
export const LOW_LEVEL_CODE: LintRule = {
  id: 'low-level-code',
  severity: 'warning',
  reason: 'A runbook says what is done; how it is done is tested elsewhere.',
  fix: 'Move it into a command or a module beside the runbook and call that: await $`fleetctl deploy orders`.',
  find: runbook =>
    codeCells(runbook).flatMap((cell): Place[] => {
      const code = codeOf(cell);
      const found = [...code.matchAll(MACHINERY)];
      const message = `The cell has ${found.length} pieces of low-level code, at most ${MOST_MACHINERY} are expected.`;
      return found.length <= MOST_MACHINERY ? [] : [placeAt(cell, code, found[0]!.index, message)];
    })
};
