// The environment's profile on its way to the cells: the supervisor reads launchbook.yml, the executor gets the result.
// A faulty file does not stop the kernel; its faults are thrown where a cell first uses the environment.
import { fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../contract/error.js';
import type { Json } from '../../contract/json.js';
import type { RunInfo, RunMode } from '../../contract/run.js';
import type { LoadedProfile } from '../../runbook/environment/load-profile.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import { profileSecretsOf } from '../../runbook/masking/profile-secrets.js';
import type { EnvironmentProfile } from '../../runbook/ports.js';
import type { Masking } from './masking.js';

/** The profile of the run's environment, or what is wrong with launchbook.yml. */
export type ResolvedProfile = { readonly profile: LoadedProfile } | { readonly error: ErrorRecord };

/** The text of one cell that the notebook holds, in bytes; undefined when launchbook.yml does not say or is faulty. */
export function outputLimitOf(resolved: ResolvedProfile): number | undefined {
  return 'profile' in resolved ? (resolved.profile.outputLimitBytes ?? undefined) : undefined;
}

/** The supervisor masks the secrets of the profile before any cell runs. */
export function learnSecretsOf(resolved: ResolvedProfile, masking: Masking): void {
  if ('profile' in resolved) {
    profileSecretsOf(resolved.profile).forEach(secret => masking.learn(secret));
  }
}

/** What is wrong with the run's parameters, or null. */
export function parametersFaultOf(resolved: ResolvedProfile): ErrorRecord | null {
  return 'error' in resolved && resolved.error.code === 'profile.bad_parameters' ? resolved.error : null;
}

/** What a type error does to a cell. It stops it when launchbook.yml is faulty. */
export function typecheckOf(resolved: ResolvedProfile): LoadedProfile['typecheck'] {
  return 'profile' in resolved ? resolved.profile.typecheck : 'error';
}

/** What the executor needs to know of the run. The mode stands beside the profile, which a fault may have kept from being read. */
export interface ExecutorSettings {
  readonly mode: RunMode;
  readonly resolved: ResolvedProfile;
}

/** Reads what the supervisor has sent. `loadProfile` throws the faults of launchbook.yml. */
export function readSettings(settings: Json): {
  readonly mode: RunMode;
  readonly loadProfile: () => EnvironmentProfile;
} {
  const { mode, resolved } = settings as unknown as ExecutorSettings;
  return {
    mode,
    loadProfile: () => {
      if ('profile' in resolved) {
        return resolved.profile;
      }
      throw fromErrorRecord(resolved.error);
    }
  };
}

/** Where the policy of a run is read again while the run goes on. */
export interface PolicySource {
  /** Path of launchbook.yml, or null when there is none to read again. */
  readonly file: string | null;
  /** Throws the faults of the file. */
  readonly read: () => PeoplePolicy;
}

/** The policy of the environment that was resolved. One that was faulty at the start stays so until the kernel is restarted. */
export async function policySourceOf(resolved: ResolvedProfile): Promise<PolicySource> {
  if ('error' in resolved) {
    return { file: null, read: () => policyOf(resolved) };
  }
  const { file, name, policy } = resolved.profile;
  const { loadPolicy, NO_ENVIRONMENT } = await import('../../runbook/environment/load-profile.js');
  const environment = name === NO_ENVIRONMENT ? null : name;
  return { file, read: () => (file === null ? policy : loadPolicy(file, environment)) };
}

/** Without a readable launchbook.yml nobody knows who may decide, so nobody does. */
export function policyOf(resolved: ResolvedProfile): PeoplePolicy {
  if ('profile' in resolved) {
    return resolved.profile.policy;
  }
  throw fromErrorRecord(resolved.error);
}

/** Reads launchbook.yml. Never rejects. */
export async function resolveProfile(folder: string, run: RunInfo | null): Promise<ResolvedProfile> {
  try {
    const { loadProfile } = await import('../../runbook/environment/load-profile.js');
    return { profile: loadProfile({ folder, run, environment: process.env }) };
  } catch (error) {
    return { error: toErrorRecord(error) };
  }
}
