// What launchbook.yml asks of rehearsals in the environment of the run: read when the kernel starts, as the rest of the policy.
import { fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../contract/error.js';
import type { RunInfo } from '../../contract/run.js';
import type { RehearsalRules } from '../../runbook/environment/load-rehearsal-rules.js';

/** The rules, none where none can count, or what is wrong with launchbook.yml. */
export type ResolvedRehearsalRules =
  { readonly rules: RehearsalRules | null } | { readonly error: ErrorRecord };

/** Only a live run can be locked. Never rejects. */
export async function resolveRehearsalRules(
  folder: string,
  run: RunInfo | null
): Promise<ResolvedRehearsalRules> {
  if (run?.mode !== 'live') {
    return { rules: null };
  }
  try {
    const { loadRehearsalRules } = await import('../../runbook/environment/load-rehearsal-rules.js');
    return { rules: loadRehearsalRules(folder, run.environment) };
  } catch (error) {
    return { error: toErrorRecord(error) };
  }
}

/** Null when there are none. @throws what is wrong with launchbook.yml. */
export function rulesOrThrow(resolved: ResolvedRehearsalRules): RehearsalRules | null {
  if ('rules' in resolved) {
    return resolved.rules;
  }
  throw fromErrorRecord(resolved.error);
}
