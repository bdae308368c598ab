// What a rule of `launchbook lint` is, and what it finds. Plain data, so that terminal and JupyterLab show the same.
import type { OutlineCell, Outline } from '../../notebook/outline.js';
import type { KnownNames } from '../../holds/known-names.js';
import type { FactsOf } from '../../notebook/source-facts.js';

/** A place in a runbook that will cost time on the day of the release. */
export interface LintFinding {
  /** Id of the rule, for example `change-without-rollback`. */
  readonly rule: string;
  /** Id of the cell; empty when it is about the whole runbook. */
  readonly cell: string;
  /** 1-based line of the cell. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  /** What was seen. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  /** Why it is a rule, in one sentence. */
  readonly reason: string;
}

/** A phase that the policy of an environment names. */
export interface PolicyPhase {
  readonly environment: string;
  readonly title: string;
}

/** What rules look at. */
export interface LintedRunbook {
  readonly cells: readonly OutlineCell[];
  readonly outline: Outline;
  /** What the texts say of helpers; null while it is not known. */
  readonly factsOf: FactsOf;
  /** Names of the environments in launchbook.yml. */
  readonly environments: readonly string[];
  /** The phases that the policies in launchbook.yml name. */
  readonly policyPhases: readonly PolicyPhase[];
  /** A sentence for each policy that nobody who is known can meet. */
  readonly unmetPolicies: readonly string[];
  /** People and groups that launchbook.yml and allowed_signers know. */
  readonly names: KnownNames;
}

/** A place that a rule found; id, severity, fix and reason come from the rule. */
export interface Place {
  readonly cell: string;
  readonly line: number;
  readonly message: string;
}

/** One rule. */
export interface LintRule {
  /** Stable; launchbook.yml switches it off by this name. */
  readonly id: string;
  readonly severity: LintFinding['severity'];
  /** Why it is a rule, in one sentence. */
  readonly reason: string;
  readonly fix: string;
  readonly find: (runbook: LintedRunbook) => readonly Place[];
}
