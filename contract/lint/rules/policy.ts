// A policy binds a phase by its title. One that is misspelt binds nothing, and nobody would notice before the release.
import { didYouMean } from '../../base/did-you-mean.js';
import type { Outline } from '../../notebook/outline.js';
import type { LintRule, PolicyPhase } from './finding.js';

/**
 * One sentence for each phase of the policy that is most likely a misspelt one of this runbook. A title that is near to none is left
 * alone: the file may be that of several runbooks.
 *
 * @example
 * misspeltPhases(outline, [{ environment: 'production', title: 'Depoly' }])
 * // ["The policy of production is about the phase 'Depoly', which is not in this runbook. Did you mean 'Deploy'?"]
 */
export function misspeltPhases(outline: Outline, phases: readonly PolicyPhase[]): string[] {
  const titles = outline.phases.map(({ title }) => title);
  const bound = new Set(phases.map(({ title }) => title));
  const free = titles.filter(title => !bound.has(title));
  return phases.flatMap(({ environment, title }) => {
    const hint = titles.includes(title) ? '' : didYouMean(title, free);
    return hint === ''
      ? []
      : [`The policy of ${environment} is about the phase '${title}', which is not in this runbook.${hint}`];
  });
}

/** Policies that nobody can meet. */
export const POLICY_CANNOT_BE_MET: LintRule = {
  id: 'policy-cannot-be-met',
  severity: 'warning',
  reason: 'The run stops at the hold point, and nobody can release it in the night.',
  fix: 'Put the keys of these people into allowed_signers, use a server that vouches for them, or ask for less: the page “Identity” of the documentation.',
  find: ({ unmetPolicies }) => unmetPolicies.map(message => ({ cell: '', line: 1, message }))
};

/** Phases of the policy that are most likely misspelt. */
export const MISSPELT_POLICY_PHASE: LintRule = {
  id: 'misspelt-policy-phase',
  severity: 'error',
  reason:
    'A policy for a phase that does not exist asks for nothing: the real phase runs without its approvals.',
  fix: 'Give the phase the same title in the heading and under policy.phases in launchbook.yml.',
  find: ({ outline, policyPhases }) =>
    misspeltPhases(outline, policyPhases).map(message => ({ cell: '', line: 1, message }))
};
