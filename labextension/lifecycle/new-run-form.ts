// The form for a new run as plain data: what it begins with, and the request that its values make.
import type { NewRunInput, TemplateDescription } from '../../contract/comms/lifecycle-comm.js';
import type { RunMode } from '../../contract/base/run.js';

/** What a person has filled in. `mode` is '' for the mode that fits the environment. */
export interface NewRunValues {
  readonly release: string;
  readonly environment: string;
  readonly mode: RunMode | '';
  /** By name; values that are the same in the template are not sent. */
  readonly parameters: { readonly [name: string]: string };
  readonly branch: boolean;
  readonly uncommitted: boolean;
  /** Why a live run in production is made although guesses of an import are left; '' for none. */
  readonly guesses: string;
}

/** The values of an untouched form. Production is never the first choice. */
export function firstValues({ environments, parameters }: TemplateDescription): NewRunValues {
  const first = environments.find(environment => !environment.isProduction) ?? environments[0];
  return {
    release: '',
    environment: first?.name ?? '',
    mode: '',
    parameters: Object.fromEntries(parameters.map(({ name, text }) => [name, text])),
    branch: false,
    uncommitted: false,
    guesses: ''
  };
}

/** The request that the values make. */
export function newRunInput(
  template: string,
  description: TemplateDescription,
  values: NewRunValues
): NewRunInput {
  const changed = description.parameters.filter(({ name, text }) => {
    const given = values.parameters[name];
    return given !== undefined && given !== text;
  });
  return {
    template,
    release: values.release.trim(),
    environment: values.environment.trim(),
    ...(values.mode === '' ? {} : { mode: values.mode }),
    parameters: changed.map(({ name }) => `${name}=${values.parameters[name]}`),
    branch: values.branch,
    uncommitted: values.uncommitted,
    ...(values.guesses.trim() === '' ? {} : { guesses: values.guesses.trim() })
  };
}
