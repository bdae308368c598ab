// What launchbook.yml asks for, and phases that it had locked.
import { policyChange } from '../../../contract/holds/policy-change.js';
import type { TellersOf } from './teller.js';

export const PHASE_TELLERS: TellersOf<'policy-read' | 'phase-admitted' | 'phase-released'> = {
  'policy-read': ({ policy, holds, by, file, isProduction }, { before }) => {
    const isOpen = holds && file?.commit === null && isProduction === true;
    const open = {
      by,
      isOfKernel: true as const,
      what: `took the policy from ${file?.path}, which no commit holds as it is`,
      isDeviation: true
    };
    if (!before.policy) {
      return isOpen ? open : null;
    }
    const { stricter, weaker } = policyChange(before.policy.policy, policy);
    if (stricter.length + weaker.length === 0) {
      return isOpen ? open : null;
    }
    const word = !holds
      ? 'held back a launchbook.yml that asks for less'
      : `took up a launchbook.yml that asks for ${weaker.length > 0 ? 'less' : 'more'}`;
    return {
      by,
      isOfKernel: true,
      what: isOpen ? `${word}, ${file.path}, which no commit holds as it is` : word,
      reason: [...weaker, ...stricter].join(' '),
      isDeviation: true
    };
  },
  'phase-admitted': ({ title, receipt }) => ({
    what: `“${title}” was let in by its rehearsal ${receipt.run} in ${receipt.environment}`
  }),
  'phase-released': ({ title, missing, by, reason }) => ({
    by,
    what: `released “${title}” without its rehearsal`,
    details: missing.map(sentence => sentence.replace(/\.$/, '')),
    reason,
    isDeviation: true
  })
};
