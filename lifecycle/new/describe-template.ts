// What a person has to be asked for before a run is made of a template: its parameters, and the environments there are.
import { dirname, resolve } from 'node:path';
import { guessesIn } from '../../contract/notebook/imported-guess.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { environmentNames } from './environment-names.js';
import { parametersOf } from '../notebook/parameters.js';

/** What a form for a new run shows. */
export interface DescribedTemplate {
  /** Empty when there is no launchbook.yml. */
  readonly environments: readonly { readonly name: string; readonly isProduction: boolean }[];
  /** Defaults as text, in the order of the template; the release itself is not among them. */
  readonly parameters: readonly { readonly name: string; readonly text: string }[];
  /** How many guesses of an import are left in it. */
  readonly guesses: number;
}

/**
 * Reads parameters and environments; changes nothing.
 *
 * @param template - Path of the runbook.
 * @throws RefusedError when it is no notebook.
 * @example
 * describeTemplate('release.ipynb') // { environments: [{ name: 'staging', isProduction: false }], parameters: [{ name: 'batchSize', text: '2' }], guesses: 0 }
 */
export function describeTemplate(template: string): DescribedTemplate {
  const known = environmentNames(dirname(resolve(template)));
  const { cells } = readNotebook(template);
  const declared = Object.entries(parametersOf(cells));
  return {
    environments: (known?.names ?? []).map(name => ({
      name,
      isProduction: known?.production.includes(name) ?? false
    })),
    parameters: declared
      .filter(([name]) => name !== 'release')
      .map(([name, value]) => ({ name, text: String(value) })),
    guesses: guessesIn(cells).length
  };
}
