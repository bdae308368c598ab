// Reads the project's launchbook.yml and resolves the profile of one environment. Used by the kernel's host and the command.
// Synchronous, because a cell reads `environment.vars` without waiting; the parser loads at the first use.
import { dirname, resolve } from 'node:path';
import type { RunInfo, RunMode } from '../../contract/base/run.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { pagesOf } from '../../contract/signature/decision-means.js';
import { ParametersError } from '../errors/parameters-error.js';
import { ProfileError, type ProfileFault } from '../errors/profile-error.js';
import type { PeoplePolicy } from '../../runbook/hold/policy.js';
import type { EnvironmentProfile, SecretSource } from '../../runbook/ports.js';
import { faultsOfParameters, type ParameterRules } from './check-parameters.js';
import { findProfileFile } from './find-profile-file.js';
import { parseProfileFile } from './parse-profile-file.js';
import type { EnvironmentText, ProfileFile, SecretText } from './profile-schema.js';
import type { PolicyText } from './policy-schema.js';
import { NO_POLICY, readPolicy } from './read-policy.js';
import { rehearsalPolicyOf } from './read-rehearsals.js';
import { substitute, type Variables } from './substitute.js';
import type { PlacedFault } from './placed-fault.js';

/** What is asked of a project's launchbook.yml. */
export interface ProfileRequest {
  /** The notebook's folder, absolute. */
  readonly folder: string;
  /** The run, or null in a scratch notebook: then the file's `default` environment in mode `live`, else no environment. */
  readonly run:
    | (Pick<RunInfo, 'environment' | 'mode'> & Partial<Pick<RunInfo, 'release' | 'parameters' | 'runbook'>>)
    | null;
  /** Values of `${NAME}`, usually `process.env`. */
  readonly environment: Variables;
}

/** A resolved profile and the project's settings. */
export interface LoadedProfile extends EnvironmentProfile {
  /** Path of the file, or null when the project has none. */
  readonly file: string | null;
  /** Colour of the environment, or null. */
  readonly colour: string | null;
  readonly typecheck: 'error' | 'warn' | 'off';
  /** The most text of one cell that the notebook holds, in bytes; null when the file does not say. */
  readonly outputLimitBytes: number | null;
  /** What the file declares of the parameters. */
  readonly parameterRules: ParameterRules;
  /** The type of each variable, as TypeScript writes it: what any environment of the file gives it. */
  readonly varTypes: { readonly [name: string]: string };
  /** Who must decide, and who is in which group. */
  readonly policy: PeoplePolicy;
  /** Modes of the runs that are told in Slack. */
  readonly toldModes: readonly RunMode[];
  /** Slack's ids of people and user groups, by username or group. */
  readonly slackIds: { readonly [name: string]: string };
  /** Address at which people open the folder of the file in JupyterLab, without a slash at its end; null when the file does not say. */
  readonly lab: string | null;
}

/** Dry runs do nothing, so nobody is told of them unasked. */
const TOLD_MODES: readonly RunMode[] = ['live', 'rehearsal'];

/** Name of the environment of a notebook that has none. */
export const NO_ENVIRONMENT = 'none';

/**
 * Finds, checks and resolves. Only the asked environment is filled in, so staging works without production's variables.
 *
 * @throws {@link ParametersError} when the run's parameters are not as declared.
 * @throws {@link ProfileError} with every fault: syntax, unknown keys, wrong types, unknown environment, missing variables.
 * @example
 * loadProfile({ folder: '/srv/runbooks', run: { environment: 'staging', mode: 'live' }, environment: process.env }).vars
 * // { ordersUrl: 'http://127.0.0.1:4711' }
 */
export function loadProfile(request: ProfileRequest): LoadedProfile {
  const mode = request.run?.mode ?? 'live';
  const file = findProfileFile(request.folder, request.run?.runbook);
  if (file === null) {
    refuseNamedEnvironment(request);
    return {
      ...profileOf(NO_ENVIRONMENT, {}, mode),
      file,
      colour: null,
      typecheck: 'error',
      outputLimitBytes: null,
      parameterRules: {},
      varTypes: {},
      policy: NO_POLICY,
      toldModes: [],
      slackIds: {},
      lab: null
    };
  }
  const { content, lineOf } = parseProfileFile(file);
  const name = request.run?.environment ?? content.default ?? null;
  const faults: PlacedFault[] = [];
  const text = chooseEnvironment(content, name, request.run === null, faults);
  const { secrets, policy, ...fillable } = text;
  const filled = substitute(fillable, request.environment, ['environments', name ?? NO_ENVIRONMENT], faults);
  if (faults.length > 0) {
    throw new ProfileError(
      file,
      faults.map(fault => ({ line: lineOf(fault.path), message: fault.message }))
    );
  }
  const wrong = request.run?.parameters
    ? faultsOfParameters(content.parameters ?? {}, request.run.parameters)
    : [];
  if (wrong.length > 0) {
    throw new ParametersError(file, wrong);
  }
  return {
    ...profileOf(name ?? NO_ENVIRONMENT, filled, mode),
    release: request.run?.release ?? null,
    parameters: request.run?.parameters ?? {},
    secrets: sourcesOf({ ...content.secrets, ...secrets }, dirname(file)),
    file,
    colour: filled.colour ?? null,
    typecheck: content.typecheck ?? 'error',
    outputLimitBytes: content.output?.limit === undefined ? null : bytesOf(content.output.limit),
    parameterRules: content.parameters ?? {},
    varTypes: varTypesOf(content),
    policy: policyOf(content, text, policy, name, file),
    toldModes: filled.slack?.thread ?? TOLD_MODES,
    slackIds: content.slackIds ?? {},
    lab: content.lab === undefined ? null : withoutSlash(content.lab)
  };
}

/**
 * What is wrong with a launchbook.yml as a file, whatever environment is asked for: syntax, unknown keys, wrong types.
 *
 * @example
 * faultsOfFile('/srv/runbooks/launchbook.yml') // [{ line: 4, message: 'Unknown key "color". Did you mean "colour"?' }]
 */
export function faultsOfFile(file: string): readonly ProfileFault[] {
  try {
    parseProfileFile(file);
    return [];
  } catch (error) {
    if (error instanceof ProfileError) {
      return error.faults;
    }
    throw error;
  }
}

/**
 * Reads what launchbook.yml at `file` asks of people in an environment, and nothing else of it: no variable has to be set.
 *
 * @param text - What the file holds. @default it is read
 * @throws {@link ProfileError} with every fault.
 * @example
 * loadPolicy('/srv/runbooks/launchbook.yml', 'production').approvals.required // 2
 */
export function loadPolicy(file: string, environment: string | null, text?: string): PeoplePolicy {
  const { content, lineOf } = parseProfileFile(file, text);
  const faults: PlacedFault[] = [];
  const chosen = chooseEnvironment(content, environment, false, faults);
  if (faults.length > 0) {
    throw new ProfileError(
      file,
      faults.map(fault => ({ line: lineOf(fault.path), message: fault.message }))
    );
  }
  return policyOf(content, chosen, chosen.policy, environment, file);
}

function policyOf(
  content: ProfileFile,
  { production, order = production ? 'kept' : 'noted' }: EnvironmentText,
  policy: PolicyText | undefined,
  environment: string | null,
  file: string
): PeoplePolicy {
  const read = readPolicy(
    policy ?? {},
    order,
    content.groups ?? {},
    content.allowedSigners ?? 'allowed_signers',
    dirname(file),
    content.hub ?? null
  );
  const decide = pagesOf(content.decide, production === true);
  return { ...read, rehearsal: rehearsalPolicyOf(content, environment), ...(decide && { decide }) };
}

function sourcesOf(
  secrets: { readonly [name: string]: SecretText },
  folder: string
): { readonly [name: string]: SecretSource } {
  const entries = Object.entries(secrets).map(([name, source]) => [
    name,
    source.file === undefined ? source : { file: resolve(folder, source.file) }
  ]);
  return Object.fromEntries(entries) as { readonly [name: string]: SecretSource };
}

function varTypesOf({ environments = {} }: ProfileFile): { readonly [name: string]: string } {
  const types: { [name: string]: string } = Object.create(null) as { [name: string]: string };
  for (const [name, value] of Object.values(environments).flatMap(({ vars }) => Object.entries(vars ?? {}))) {
    const known = types[name]?.split(' | ') ?? [];
    types[name] = [...new Set([...known, typeof value])].join(' | ');
  }
  return types;
}

function bytesOf(size: string): number {
  return Number.parseInt(size, 10) * (size.endsWith('MiB') ? 1024 ** 2 : 1024);
}

function refuseNamedEnvironment({ folder, run }: ProfileRequest): void {
  if (run) {
    const message = `The run's environment is '${run.environment}', but there is no launchbook.yml in ${folder} or above it in its repository.`;
    throw new ProfileError('launchbook.yml', [{ line: null, message }]);
  }
}

function chooseEnvironment(
  content: ProfileFile,
  name: string | null,
  isDefault: boolean,
  faults: PlacedFault[]
): EnvironmentText {
  if (name === null) {
    return {};
  }
  const environments = content.environments ?? {};
  const known = Object.keys(environments);
  const found = known.includes(name) ? environments[name] : undefined;
  if (!found) {
    const path = isDefault ? ['default'] : ['environments'];
    faults.push({
      path,
      message: `There is no environment '${name}'.${didYouMean(name, known)} Known: ${known.join(', ') || 'none'}.`
    });
  } else if (isDefault && found.production === true) {
    faults.push({
      path: ['default'],
      message: `'default' is '${name}', a production environment, which only a run may act on.`
    });
  }
  return found ?? {};
}

function profileOf(name: string, text: EnvironmentText, mode: RunInfo['mode']): EnvironmentProfile {
  const { splunk, slack } = text;
  return {
    name,
    isProduction: text.production ?? false,
    mode,
    vars: text.vars ?? {},
    slack: slack
      ? {
          token: slack.token ?? null,
          webhook: slack.webhook ?? null,
          channel: slack.channel ?? null,
          url: slack.url === undefined ? null : `${withoutSlash(slack.url)}/`
        }
      : null,
    splunk: splunk
      ? {
          url: withoutSlash(splunk.url),
          web: withoutSlash(splunk.web ?? splunk.url),
          token: splunk.token,
          index: splunk.index ?? null,
          app: splunk.app ?? 'search',
          ...(splunk.harmless === undefined ? {} : { harmless: splunk.harmless })
        }
      : null
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
