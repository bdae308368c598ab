// Checks the release parameters of a run against what launchbook.yml declares, before anything runs.
import { describeValue } from '../../runbook/usage/describe-value.js';

/** What a parameter must be. */
export interface ParameterRule {
  readonly type: 'string' | 'number' | 'boolean';
  readonly description?: string;
  /** A run without it is refused. @default false */
  readonly required?: boolean;
  /** The values that are allowed. */
  readonly enum?: readonly (string | number)[];
  /** Regular expression that a text must match as a whole. */
  readonly pattern?: string;
  /** Least and largest number. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Declared parameters by name. */
export type ParameterRules = { readonly [name: string]: ParameterRule };

/**
 * Every fault of `values`; none when each declared parameter is as declared. A notebook may have further ones.
 *
 * @example
 * faultsOfParameters({ batchSize: { type: 'number', maximum: 10 } }, { batchSize: 20 })
 * // ["The parameter 'batchSize' is 20 (a number), expected a number, at most 10."]
 */
export function faultsOfParameters(
  rules: ParameterRules,
  values: { readonly [name: string]: unknown }
): string[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      return rule.required === true ? [`The parameter '${name}' is missing, expected ${wordsOf(rule)}.`] : [];
    }
    return fits(value, rule)
      ? []
      : [`The parameter '${name}' is ${describeValue(value)}, expected ${wordsOf(rule)}.`];
  });
}

function fits(value: unknown, rule: ParameterRule): boolean {
  return (
    typeof value === rule.type &&
    (rule.enum === undefined || rule.enum.includes(value as string | number)) &&
    (rule.pattern === undefined || new RegExp(`^(?:${rule.pattern})$`, 'u').test(String(value))) &&
    (rule.minimum === undefined || Number(value) >= rule.minimum) &&
    (rule.maximum === undefined || Number(value) <= rule.maximum)
  );
}

function wordsOf(rule: ParameterRule): string {
  const kind = { string: 'a text', number: 'a number', boolean: 'true or false' }[rule.type];
  return [
    rule.enum === undefined ? kind : `one of ${rule.enum.join(', ')}`,
    ...(rule.pattern === undefined ? [] : [`that matches ${rule.pattern}`]),
    ...(rule.minimum === undefined ? [] : [`at least ${rule.minimum}`]),
    ...(rule.maximum === undefined ? [] : [`at most ${rule.maximum}`])
  ].join(', ');
}
