// `environment`: the profile of the run, so that one notebook serves every environment unchanged.
import type { RunMode } from '../../contract/base/run.js';
import { ports } from '../context.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { UsageError } from '../errors/usage-error.js';

/**
 * Variables of the profile. Those of launchbook.yml have their type in a notebook: what any of its environments gives them. Reading one
 * that does not exist is a usage error, not `undefined`.
 */
export interface EnvironmentVars {
  readonly [name: string]: string | number | boolean;
}

/** Parameters of the run. Those that launchbook.yml declares have their type in a notebook. */
export interface EnvironmentParameters {
  readonly [name: string]: string | number | boolean;
}

/** The type of {@link environment}. */
export interface Environment {
  /** Name of the profile; `none` in a project without launchbook.yml. */
  readonly name: string;
  /** True when `production: true` stands in the profile. */
  readonly isProduction: boolean;
  /** What the run may do: `live`, `rehearsal` or `dry-run`. It never changes in a run. */
  readonly mode: RunMode;
  /** The profile's variables, `${NAME}` filled in. */
  readonly vars: EnvironmentVars;
  /** What is released, for example `2.4.0`; null in a notebook that is not a run. */
  readonly release: string | null;
  /** The run's parameters. They were held against `parameters` of launchbook.yml before the first step. Empty in a notebook that is not a run. */
  readonly parameters: EnvironmentParameters;
}

/**
 * The environment that this run acts on. Does not change during a run.
 *
 * Repeated: on resume it is read again from launchbook.yml.
 * @throws code `profile.invalid` at the first use when launchbook.yml has faults.
 * @throws {@link UsageError} for a variable or parameter that does not exist, naming the known ones.
 * @example
 * environment.name           // 'staging'
 * environment.vars.ordersUrl // 'http://127.0.0.1:4711'
 */
export const environment: Environment = Object.freeze({
  get name(): string {
    return ports().environment.name;
  },
  get isProduction(): boolean {
    return ports().environment.isProduction;
  },
  get mode(): RunMode {
    return ports().environment.mode;
  },
  get vars(): EnvironmentVars {
    return guardVars(
      ports().environment.vars,
      'variable',
      "Variables stand under 'vars' of the environment in launchbook.yml."
    );
  },
  get release(): string | null {
    return ports().environment.release ?? null;
  },
  get parameters(): EnvironmentParameters {
    const parameters = (ports().environment.parameters ?? NO_PARAMETERS) as EnvironmentVars;
    return guardVars(
      parameters,
      'parameter',
      'Parameters are the constants of the cell tagged parameters; launchbook new sets them.'
    );
  }
});

const NO_PARAMETERS = {};
const guarded = new WeakMap<EnvironmentVars, EnvironmentVars>();

/** A misspelt variable would otherwise end up as the text `undefined` in a command. */
function guardVars(vars: EnvironmentVars, what: string, hint: string): EnvironmentVars {
  const known = guarded.get(vars);
  if (known) {
    return known;
  }
  const guard = new Proxy(Object.freeze({ ...vars }), {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name) && !ASKED_BY_PRINTERS.has(name)) {
        const names = Object.keys(target);
        throw new UsageError(
          `The environment '${ports().environment.name}' has no ${what} '${name}'.${didYouMean(name, names)} Known: ${names.join(', ') || 'none'}.`,
          { hint }
        );
      }
      return Reflect.get(target, name) as unknown;
    }
  });
  guarded.set(vars, guard);
  return guard;
}

/** Names that printing, comparing and awaiting look for on any object. */
const ASKED_BY_PRINTERS = new Set(['then', 'toJSON', 'constructor', 'inspect', 'toString', 'valueOf']);
