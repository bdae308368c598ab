// The do's and don'ts of runbooks as a pure function, so that `launchbook lint`, JupyterLab and a pipeline say the same.
import { outlineOf, type OutlineCell } from '../outline.js';
import type { LintFinding, LintRule, PolicyPhase } from './finding.js';
import { CELL_TOO_LONG, LOW_LEVEL_CODE } from './rules/cell-size.js';
import { CHANGE_WITHOUT_ROLLBACK, CHANGE_WITHOUT_VERIFICATION, HOLD_AFTER_CHANGE } from './rules/changes.js';
import { RELATIVE_PATH_IMPORT } from './rules/imports.js';
import { RAW_RETRY, STEPS_IN_LOOP } from './rules/loops.js';
import { MISSPELT_POLICY_PHASE } from './rules/policy.js';
import { PHASE_WITHOUT_PROSE } from './rules/prose.js';
import { HARD_CODED_ENVIRONMENT, MISSING_PARAMETERS, SECRET_IN_SOURCE } from './rules/values.js';

/** Every rule, in the order in which findings of one cell are told. */
export const LINT_RULES: readonly LintRule[] = [
  MISSPELT_POLICY_PHASE,
  SECRET_IN_SOURCE,
  HARD_CODED_ENVIRONMENT,
  RELATIVE_PATH_IMPORT,
  HOLD_AFTER_CHANGE,
  STEPS_IN_LOOP,
  CHANGE_WITHOUT_ROLLBACK,
  CHANGE_WITHOUT_VERIFICATION,
  RAW_RETRY,
  LOW_LEVEL_CODE,
  CELL_TOO_LONG,
  PHASE_WITHOUT_PROSE,
  MISSING_PARAMETERS
];

/** What the project says about the rules. */
export interface LintOptions {
  /** Names of the environments in launchbook.yml. @default none */
  readonly environments?: readonly string[];
  /** The phases that the policies in launchbook.yml name. @default none */
  readonly policyPhases?: readonly PolicyPhase[];
  /** Rules that are switched off, each with the reason. @default none */
  readonly off?: { readonly [rule: string]: string };
}

/**
 * Looks for what makes a runbook hard to run. Patterns, no proofs: a finding is a question to the author.
 *
 * @returns The findings in the order of the cells.
 * @example
 * lintRunbook([{ id: 'a', cell_type: 'code', source: 'await $`fleetctl deploy orders`' }])[0]
 * // { rule: 'change-without-rollback', cell: 'a', line: 1, severity: 'warning', message: 'The step changes …', fix: 'Register it …', reason: 'The way back …' }
 */
export function lintRunbook(cells: readonly OutlineCell[], options: LintOptions = {}): LintFinding[] {
  const { environments = [], policyPhases = [] } = options;
  const runbook = { cells, outline: outlineOf(cells), environments, policyPhases };
  const place = new Map(cells.map((cell, index) => [cell.id ?? '', index]));
  return LINT_RULES.filter(rule => !Object.hasOwn(options.off ?? {}, rule.id))
    .flatMap(({ id, severity, fix, reason, find }) =>
      find(runbook).map(({ cell, line, message }): LintFinding => ({
        rule: id,
        cell,
        line,
        severity,
        message,
        fix,
        reason
      }))
    )
    .sort((a, b) => (place.get(a.cell) ?? 0) - (place.get(b.cell) ?? 0) || a.line - b.line);
}
