// What a schema cannot say about rehearsals: the environments that they name exist, and one is not rehearsed in itself.
import { didYouMean } from '../../contract/base/did-you-mean.js';
import type { RehearsalText } from './policy-schema.js';
import type { ProfileFile } from './profile-schema.js';
import type { PlacedFault } from './placed-fault.js';

/** Every fault of `rehearsal` in a file that the schema allows. */
export function faultsOfRehearsals({ environments = {} }: ProfileFile): PlacedFault[] {
  const names = Object.keys(environments);
  return Object.entries(environments).flatMap(([environment, text]) => {
    const lower = lowerEnvironments({ environments }, environment);
    const policy = text?.policy ?? {};
    const places: [path: readonly string[], rehearsal: RehearsalText | undefined][] = [
      [['rehearsal'], policy.rehearsal],
      ...Object.entries(policy.phases ?? {}).map(
        ([title, phase]): [readonly string[], RehearsalText | undefined] => [
          ['phases', title, 'rehearsal'],
          phase.rehearsal
        ]
      )
    ];
    return places.flatMap(([path, rehearsal]) => {
      const place = ['environments', environment, 'policy', ...path];
      if (rehearsal === undefined || rehearsal === false) {
        return [];
      }
      const named = typeof rehearsal === 'object' ? rehearsal.in : undefined;
      return named === undefined
        ? faultOfNoneLower(place, lower)
        : named.flatMap((name, index) => faultOfName(name, environment, names, [...place, 'in', `${index}`]));
    });
  });
}

/** The environments in which one is rehearsed unless the file names others: all that are not production, but for itself. */
export function lowerEnvironments({ environments = {} }: ProfileFile, environment: string): string[] {
  return Object.keys(environments).filter(
    name => name !== environment && environments[name]?.production !== true
  );
}

function faultOfNoneLower(path: readonly string[], lower: readonly string[]): PlacedFault[] {
  return lower.length > 0
    ? []
    : [
        {
          path,
          message: `'${path.join('.')}' asks for a rehearsal, and every other environment has production: true. Name those that count: { in: [NAME] }.`
        }
      ];
}

function faultOfName(
  name: string,
  environment: string,
  names: readonly string[],
  path: readonly string[]
): PlacedFault[] {
  const key = `'${path.slice(0, -1).join('.')}'`;
  if (name === environment) {
    return [
      { path, message: `${key} names '${name}' itself; a rehearsal takes place in another environment.` }
    ];
  }
  const others = names.filter(other => other !== environment);
  return names.includes(name)
    ? []
    : [
        {
          path,
          message: `${key} names '${name}', which is no environment.${didYouMean(name, others)} Known: ${others.join(', ') || 'none'}.`
        }
      ];
}
