// launchbook.yml as a kernel reads it when it starts. A faulty file does not stop the kernel: each member says then what is safe.
import { fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../contract/base/error.js';
import type { RunInfo } from '../../contract/base/run.js';
import {
  loadPolicy,
  loadProfile,
  NO_ENVIRONMENT,
  type LoadedProfile
} from '../../record/profile/load-profile.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import type { KnownSecret } from '../../runbook/masking/masker.js';
import { refuseReserved } from '../../runbook/masking/reserved-words.js';
import { profileSecretsOf } from '../../runbook/masking/profile-secrets.js';

/** The profile of the environment that a kernel was started for. */
export interface Profile {
  /** What cells get; null when launchbook.yml is faulty. */
  readonly loaded: LoadedProfile | null;
  /** What is wrong with launchbook.yml, or null. */
  readonly fault: ErrorRecord | null;
  /** What is wrong with the run's parameters, or null. */
  readonly parametersFault: ErrorRecord | null;
  /** True only when launchbook.yml surely says so. */
  readonly isProduction: boolean;
  /** False only when launchbook.yml surely says so: a faulty file may be one of production. */
  readonly mayBeProduction: boolean;
  /** Colour of the environment, or null. */
  readonly colour: string | null;
  /** The only hub that counts; null when any does. */
  readonly hub: string | null;
  /** What a type error does to a cell. It stops it when launchbook.yml is faulty. */
  readonly typecheck: LoadedProfile['typecheck'];
  /** The text of one cell that the notebook holds, in bytes; undefined when launchbook.yml does not say or is faulty. */
  readonly outputLimitBytes: number | undefined;
  /** What the supervisor masks before any cell runs. */
  readonly secrets: readonly KnownSecret[];
  readonly policy: PolicySource;
}

/** Who must decide, and where that is read again while the run goes on. */
export interface PolicySource {
  /** Path of launchbook.yml, or null when there is none to read again. */
  readonly file: string | null;
  /** As it was when the kernel started. Throws the faults of the file: nobody knows who may decide then, so nobody does. */
  readonly first: () => PeoplePolicy;
  /** As it is now. Throws the faults of the file. One that was faulty at the start stays so until the kernel is restarted. */
  readonly read: () => PeoplePolicy;
}

/** Reads launchbook.yml. Never throws. */
export function readProfile(folder: string, run: RunInfo | null): Profile {
  try {
    const loaded = loadProfile({ folder, run, environment: process.env });
    profileSecretsOf(loaded).forEach(secret => refuseReserved(secret));
    const environment = loaded.name === NO_ENVIRONMENT ? null : loaded.name;
    return profileOf(loaded, file => loadPolicy(file, environment));
  } catch (error) {
    return faultyProfile(toErrorRecord(error));
  }
}

/** The profile that was loaded. `readPolicy` reads the policy of its file again. */
export function profileOf(loaded: LoadedProfile, readPolicy: (file: string) => PeoplePolicy): Profile {
  const { file, isProduction, colour, policy, typecheck, outputLimitBytes } = loaded;
  return {
    loaded,
    fault: null,
    parametersFault: null,
    isProduction,
    mayBeProduction: isProduction,
    colour,
    hub: policy.hub,
    typecheck,
    outputLimitBytes: outputLimitBytes ?? undefined,
    secrets: profileSecretsOf(loaded),
    policy: { file, first: () => policy, read: () => (file === null ? policy : readPolicy(file)) }
  };
}

function faultyProfile(fault: ErrorRecord): Profile {
  const refuse = (): never => {
    throw fromErrorRecord(fault);
  };
  return {
    loaded: null,
    fault,
    parametersFault: fault.code === 'profile.bad_parameters' ? fault : null,
    isProduction: false,
    mayBeProduction: true,
    colour: null,
    hub: null,
    typecheck: 'error',
    outputLimitBytes: undefined,
    secrets: [],
    policy: { file: null, first: refuse, read: refuse }
  };
}
