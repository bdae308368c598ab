// Checks what a helper was given and collects every fault, so that the author fixes them in one go.
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { UsageError } from '../errors/usage-error.js';
import { describeValue } from './describe-value.js';
import { isPlainObject, type Rule } from './rules.js';

/** Options by name. */
export type Rules = { readonly [option: string]: Rule };

/** The faults of an options object: unknown keys, missing keys, wrong values. */
export function faultsOfOptions(options: unknown, rules: Rules): string[] {
  if (!isPlainObject(options)) {
    return [`The options are ${describeValue(options)}, expected an object.`];
  }
  const known = Object.keys(rules);
  const unknown = Object.keys(options)
    .filter(key => !known.includes(key))
    .map(key => `'${key}' is not an option.${didYouMean(key, known)} Options: ${known.join(', ')}.`);
  const wrong = known.flatMap(key => faultsOfValue(`'${key}'`, options[key], rules[key]!));
  return [...unknown, ...wrong];
}

/** The faults of one value; none when it is absent and not required. */
export function faultsOfValue(name: string, value: unknown, rule: Rule): string[] {
  if (value === undefined) {
    return rule.isRequired ? [`${name} is missing, expected ${rule.expected}.`] : [];
  }
  return rule.accepts(value) ? [] : [`${name} is ${describeValue(value)}, expected ${rule.expected}.`];
}

/** Throws one usage error with all `faults`; returns when there are none. */
export function refuseFaults(
  helper: string,
  faults: readonly string[],
  hint = 'Nothing was done. Correct the call and run the cell again.'
): void {
  if (faults.length > 0) {
    const list = faults.length === 1 ? ` ${faults[0]}` : `\n${faults.map(fault => `  ${fault}`).join('\n')}`;
    throw new UsageError(`${helper} cannot be called like this:${list}`, { hint });
  }
}
