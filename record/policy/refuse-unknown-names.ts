// An approval that waits for somebody whom nobody knows can never be released, and nobody would notice before it is late.
import { faultsOfNames, knownNamesOf } from '../../contract/holds/known-names.js';
import { LaunchbookError } from '../../contract/base/error.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { signersIn } from './signers-in.js';

/** @throws code `hold.unknown_name` with every name that neither launchbook.yml nor allowed_signers knows. */
export function refuseUnknownNames(policy: PeoplePolicy, hold: string, names: readonly string[]): void {
  const faults = faultsOfNames(names, knownNamesOf([policy], signersIn(policy.allowedSigners)));
  if (faults.length > 0) {
    throw new LaunchbookError(
      `Hold point “${hold}” names somebody who is not known:\n${faults.map(fault => `  ${fault}`).join('\n')}\nNobody was asked.`,
      {
        code: 'hold.unknown_name',
        hint: 'Correct the name, or add it to a group in launchbook.yml.',
        fields: { faults }
      }
    );
  }
}
