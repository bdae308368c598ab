// The rules for runbooks as a pure function, so that `launchbook lint`, JupyterLab and a pipeline say the same.
import { outlineOf, type OutlineCell } from '../notebook/outline.js';
import type { KnownNames } from '../holds/known-names.js';
import type { FactsOf } from '../notebook/source-facts.js';
import { HIDDEN_HOLD } from './rules/asking.js';
import { HELPER_NOT_AWAITED } from './rules/awaiting.js';
import type { LintFinding, LintRule, PolicyPhase } from './rules/finding.js';
import { CELL_TOO_LONG, LOW_LEVEL_CODE } from './rules/cell-size.js';
import { CHANGE_WITHOUT_ROLLBACK, CHANGE_WITHOUT_VERIFICATION, HOLD_AFTER_CHANGE } from './rules/changes.js';
import { IMPORTED_GUESS } from './rules/guesses.js';
import { RELATIVE_PATH_IMPORT } from './rules/imports.js';
import { RAW_RETRY, STEPS_IN_LOOP } from './rules/loops.js';
import { MISSPELT_POLICY_PHASE, POLICY_CANNOT_BE_MET } from './rules/policy.js';
import { UNKNOWN_APPROVER } from './rules/names.js';
import { PHASE_WITHOUT_PROSE } from './rules/prose.js';
import { faultyLintOff, switchedOffIn } from './rules/switched-off.js';
import { HARD_CODED_ENVIRONMENT, MISSING_PARAMETERS, SECRET_IN_SOURCE } from './rules/values.js';

const NOBODY: KnownNames = { groups: [], people: [], doubtful: [] };

/** Every rule, in the order in which findings of one cell are told. */
export const LINT_RULES: readonly LintRule[] = [
  faultyLintOff(() => LINT_RULES.map(({ id }) => id)),
  MISSPELT_POLICY_PHASE,
  IMPORTED_GUESS,
  POLICY_CANNOT_BE_MET,
  SECRET_IN_SOURCE,
  HARD_CODED_ENVIRONMENT,
  HELPER_NOT_AWAITED,
  HIDDEN_HOLD,
  UNKNOWN_APPROVER,
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
  /** A sentence for each policy in launchbook.yml that nobody who is known can meet. @default none */
  readonly unmetPolicies?: readonly string[];
  /** People and groups that launchbook.yml and allowed_signers know. @default nobody, so that every name may be meant */
  readonly names?: KnownNames;
  /** Rules that are switched off, each with the reason. @default none */
  readonly off?: { readonly [rule: string]: string };
  /** What the texts say of helpers; rules that need it find nothing without. @default nothing is known */
  readonly factsOf?: FactsOf;
}

/**
 * Looks for what makes a runbook hard to run. Patterns, no proofs: a finding is a question to the author. A cell switches a rule off for
 * itself with `// lint-off RULE: reason`.
 *
 * @returns The findings in the order of the cells.
 * @example
 * lintRunbook([{ id: 'a', cell_type: 'code', source: 'await $`fleetctl deploy orders`' }])[0]
 * // { rule: 'change-without-rollback', cell: 'a', line: 1, severity: 'warning', message: 'The step changes …', fix: 'Register it …', reason: 'The way back …' }
 */
export function lintRunbook(cells: readonly OutlineCell[], options: LintOptions = {}): LintFinding[] {
  const { environments = [], policyPhases = [], unmetPolicies = [] } = options;
  const { factsOf = () => null } = options;
  const names = options.names ?? NOBODY;
  const outline = outlineOf(cells, factsOf);
  const runbook = { names, cells, outline, factsOf, environments, policyPhases, unmetPolicies };
  const offInCells = new Set(
    switchedOffIn(cells)
      .filter(({ reason }) => reason !== '')
      .map(({ cell, rule }) => `${cell} ${rule}`)
  );
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
    .filter(({ cell, rule }) => !offInCells.has(`${cell} ${rule}`))
    .sort((a, b) => (place.get(a.cell) ?? 0) - (place.get(b.cell) ?? 0) || a.line - b.line);
}
