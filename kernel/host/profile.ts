// The environment's profile on its way to the cells: the supervisor reads launchbook.yml, the executor gets the result.
// A faulty file does not stop the kernel; its faults are thrown where a cell first uses the environment.
import { fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../contract/error.js';
import type { RunInfo } from '../../contract/run.js';
import type { LoadedProfile } from '../../runbook/environment/load-profile.js';
import type { EnvironmentProfile } from '../../runbook/ports.js';

/** Carries the profile from supervisor to executor, which removes it from its environment at once. */
export const PROFILE_VARIABLE = 'LAUNCHBOOK_PROFILE';

type Resolved = { readonly profile: EnvironmentProfile } | { readonly error: ErrorRecord };

/** The profile of the run's environment, or its faults, as text. */
export async function resolveProfile(folder: string, run: RunInfo | null): Promise<string> {
  return JSON.stringify(await load(folder, run));
}

/** The text of one cell that the notebook holds, in bytes; undefined when launchbook.yml does not say or is faulty. */
export function outputLimitOf(resolved: string): number | undefined {
  const { profile } = JSON.parse(resolved) as { readonly profile?: Partial<LoadedProfile> };
  return profile?.outputLimitBytes ?? undefined;
}

/** Takes the profile out of `environment`. The function it returns throws the faults of launchbook.yml. */
export function takeProfile(environment: NodeJS.ProcessEnv): () => EnvironmentProfile {
  const resolved = JSON.parse(environment[PROFILE_VARIABLE] ?? 'null') as Resolved | null;
  delete environment[PROFILE_VARIABLE];
  return () => {
    if (resolved && 'profile' in resolved) {
      return resolved.profile;
    }
    throw fromErrorRecord(
      resolved?.error ?? {
        name: 'ProfileError',
        code: 'profile.missing',
        message: 'The executor was started without a profile.'
      }
    );
  };
}

async function load(folder: string, run: RunInfo | null): Promise<Resolved> {
  try {
    const { loadProfile } = await import('../../runbook/environment/load-profile.js');
    return { profile: loadProfile({ folder, run, environment: process.env }) };
  } catch (error) {
    return { error: toErrorRecord(error) };
  }
}
