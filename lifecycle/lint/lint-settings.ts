// What a project says about the rules of lint: the names of its environments, and the rules that it has switched off.
import { LINT_RULES } from '../../contract/lint/lint-runbook.js';
import type { PolicyPhase } from '../../contract/lint/rules/finding.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { findProfileFile } from '../../record/profile/find-profile-file.js';
import { knownNamesOf, type KnownNames } from '../../contract/holds/known-names.js';
import { unmetPolicies, type KnownIdentities } from '../../contract/holds/unmet-policy.js';
import { knownSignersIn } from '../../record/policy/signers-in.js';
import { loadPolicy } from '../../record/profile/load-profile.js';
import { environmentNames } from '../new/environment-names.js';
import { profileDocument } from '../new/profile-document.js';
import { refuseFaults } from '../refused-error.js';

/** Settings of one launchbook.yml. */
export interface LintSettings {
  /** Names of the environments; empty when there is no launchbook.yml. */
  readonly environments: readonly string[];
  /** The phases that the policies of the environments name. */
  readonly policyPhases: readonly PolicyPhase[];
  /** A sentence for each policy that nobody who is known can meet. */
  readonly unmetPolicies: readonly string[];
  /** People and groups that the file and its allowed_signers know. */
  readonly names: KnownNames;
  /** Rules that are switched off, each with the reason. */
  readonly off: { readonly [rule: string]: string };
}

/**
 * Reads the launchbook.yml that counts in `folder`.
 *
 * @param server - As how much the Jupyter server says who people are. @default nobody knows on which server it will be
 * @throws RefusedError when it is faulty, switches off a rule that does not exist, or gives no reason.
 * @example
 * lintSettings('releases') // { environments: ['staging', 'production'], policyPhases: [], unmetPolicies: [], off: { 'cell-too-long': 'the table of hosts' } }
 */
export function lintSettings(folder: string, server: KnownIdentities['server'] = null): LintSettings {
  const off = switchedOff(folder);
  const known = environmentNames(folder);
  // Of every environment; the whole file was checked before.
  const policies = (known?.names ?? []).map(environment => ({
    environment,
    policy: loadPolicy(known!.file, environment)
  }));
  const people = knownSignersIn(policies[0]?.policy.allowedSigners ?? null);
  return {
    environments: known?.names ?? [],
    policyPhases: known?.policyPhases ?? [],
    unmetPolicies: policies.flatMap(({ environment, policy }) =>
      unmetPolicies(environment, policy, { server, ...people })
    ),
    names: knownNamesOf(
      policies.map(({ policy }) => policy),
      people.signers
    ),
    off
  };
}

function switchedOff(folder: string): { readonly [rule: string]: string } {
  const file = findProfileFile(folder);
  if (file === null) {
    return {};
  }
  const content = profileDocument(file) as {
    lint?: { off?: { [rule: string]: unknown } };
  } | null;
  const off = content?.lint?.off ?? {};
  const known = LINT_RULES.map(rule => rule.id);
  const faults = Object.entries(off).flatMap(([rule, reason]) => [
    ...(known.includes(rule) ? [] : [`there is no rule "${rule}".${didYouMean(rule, known)}`]),
    ...(typeof reason === 'string' && reason.trim() !== ''
      ? []
      : [`the rule "${rule}" is switched off without a reason`])
  ]);
  refuseFaults(
    'lint.settings',
    `Reading lint in ${file}`,
    faults.map(text => ({ field: null, text }))
  );
  return off as { readonly [rule: string]: string };
}
