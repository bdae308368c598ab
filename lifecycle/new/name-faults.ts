// Release, environment and mode of a new run, checked against the launchbook.yml that the kernel will find.
import { resolve } from 'node:path';
import type { RunMode } from '../../contract/base/run.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import type { Fault } from '../refused-error.js';
import { environmentNames } from './environment-names.js';

const MODES: readonly RunMode[] = ['live', 'rehearsal', 'dry-run'];

/** A release or environment becomes part of file names, ids and tags. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;

interface Names {
  readonly release: string;
  readonly environment: string;
  readonly mode?: RunMode | undefined;
  /** The template's path in the repository. */
  readonly runbook: string;
}

/** Every fault of the three; `folder` is the run's. */
export function nameFaults(folder: string, { release, environment, mode, runbook }: Names): Fault[] {
  const faults: Fault[] = [];
  for (const [field, value] of Object.entries({ release, environment })) {
    if (!NAME.test(value)) {
      const expected = '1 to 64 letters, digits and . _ + -, beginning with a letter or digit';
      faults.push({ field, text: `is "${value}": expected ${expected}` });
    }
  }
  if (mode !== undefined && !MODES.includes(mode)) {
    const text = `is "${mode}": expected ${MODES.join(', ')}.${didYouMean(mode, MODES)}`;
    faults.push({ field: 'mode', text });
  }
  return [
    ...faults,
    ...environmentFaults(folder, environment, runbook),
    ...(isRehearsalInProduction(folder, { environment, mode, runbook })
      ? [
          {
            field: 'mode',
            text: `is "rehearsal", and ${environment} is a production environment: a rehearsal has real effects without the questions of a live run.`
          }
        ]
      : [])
  ];
}

/** True when the mode was asked for although the environment has `production: true`. */
export function isRehearsalInProduction(
  folder: string,
  { environment, mode, runbook }: Pick<Names, 'environment' | 'mode' | 'runbook'>
): boolean {
  return mode === 'rehearsal' && isProduction(folder, environment, runbook);
}

/** What runs outside of production prepares for it, unless the person says otherwise. */
export function modeOf(folder: string, { environment, mode, runbook }: Names): RunMode {
  return mode ?? (isProduction(folder, environment, runbook) ? 'live' : 'rehearsal');
}

/** True for an environment with `production: true`. */
export function isProduction(folder: string, environment: string, runbook: string): boolean {
  return environmentNames(resolve(folder), runbook)?.production.includes(environment) ?? false;
}

function environmentFaults(folder: string, environment: string, runbook: string): Fault[] {
  const known = environmentNames(resolve(folder), runbook);
  if (known === null) {
    const text = `"${environment}" is unknown: there is no launchbook.yml in ${folder} or above it in its git repository; the folder has none. launchbook init makes one`;
    return [{ field: 'environment', text }];
  }
  if (!known.names.includes(environment)) {
    const list = known.names.length > 0 ? known.names.join(', ') : 'none';
    const text = `is "${environment}": ${known.file} has ${list}.${didYouMean(environment, known.names)}`;
    return [{ field: 'environment', text }];
  }
  return [];
}
