// The environment's profile on its way to the cells: the supervisor reads launchbook.yml, the executor gets the result. Its faults are
// thrown where a cell first uses the environment.
import { fromErrorRecord, type ErrorRecord } from '../../contract/base/error.js';
import type { Json } from '../../contract/base/json.js';
import type { RunMode } from '../../contract/base/run.js';
import type { EnvironmentProfile } from '../../runbook/ports.js';

/** What the executor needs to know of the run. The mode stands beside the profile, which a fault may have kept from being read. */
export interface ExecutorSettings {
  readonly mode: RunMode;
  /** What cells start in. */
  readonly folder: string;
  /** Null when launchbook.yml is faulty. */
  readonly profile: EnvironmentProfile | null;
  /** What is wrong with launchbook.yml, or null. */
  readonly fault: ErrorRecord | null;
}

/** Reads what the supervisor has sent. `loadProfile` throws the faults of launchbook.yml. */
export function readSettings(settings: Json): {
  readonly mode: RunMode;
  readonly folder: string;
  readonly loadProfile: () => EnvironmentProfile;
} {
  const { mode, folder, profile, fault } = settings as unknown as ExecutorSettings;
  return {
    mode,
    folder,
    loadProfile: () => {
      if (profile === null) {
        throw fromErrorRecord(fault!);
      }
      return profile;
    }
  };
}
