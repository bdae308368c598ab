// A policy as the journal has it: it goes to other machines, so it names the file of signers as launchbook.yml does.
import { dirname, relative } from 'node:path';
import type { RecordedPolicy } from '../../contract/holds/policy.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { loadPolicy } from './load-profile.js';

/** `file` is the launchbook.yml that it was read from; null when there is none. */
export function recordedPolicy(policy: PeoplePolicy, file: string | null): RecordedPolicy {
  const { allowedSigners } = policy;
  const signers = file === null || allowedSigners === null ? null : relative(dirname(file), allowedSigners);
  return { ...policy, allowedSigners: signers };
}

/**
 * The policy that `text`, a launchbook.yml that was committed, asks for in `environment`.
 *
 * @throws ProfileError with every fault.
 */
export function policyOfText(text: string, environment: string): RecordedPolicy {
  const file = '/launchbook.yml';
  return recordedPolicy(loadPolicy(file, environment, text), file);
}
