// Under which names a cell reaches the helpers: the injected ones, and what it imports from "launchbook" under names of its own.
import { INJECTED_NAMES } from '../../contract/notebook/injected-names.js';
import type { Analysis } from './analysis.js';
import { childOf, listOf, nameOf, type Node } from './parse.js';

/** Injected names that neither act, ask nor wait. */
const PASSIVE: ReadonlySet<string> = new Set(['environment', 'display', 'secret']);
const HELPERS: readonly string[] = INJECTED_NAMES.filter(name => !PASSIVE.has(name));

/** Whether a text can have a fact about helpers at all: it has one of their names or the library's, or an escape that may write one. */
export const MAY_NAME_HELPERS = new RegExp(
  [...HELPERS, 'launchbook'].map(name => name.replace('$', '\\$')).join('|') + '|\\\\'
);

/** By the name in the cell, the helper's own name. A name that the cell declares itself is its own. */
export function helperNames({ body, declared }: Pick<Analysis, 'body' | 'declared'>): Map<string, string> {
  const names = new Map(HELPERS.filter(name => !declared.has(name)).map(name => [name, name]));
  for (const statement of body) {
    if (statement.type === 'ImportDeclaration' && nameOf(childOf(statement, 'source')) === 'launchbook') {
      for (const specifier of listOf(statement, 'specifiers')) {
        const imported = nameOf(childOf(specifier, 'imported'));
        if (HELPERS.includes(imported)) {
          names.set(nameOf(childOf(specifier, 'local')), imported);
        }
      }
    }
  }
  return names;
}

/** The names under which a cell imports the whole library: `import * as launchbook from 'launchbook'`. */
export function librariesOf(body: readonly Node[]): readonly string[] {
  return body
    .filter(({ type }) => type === 'ImportDeclaration')
    .filter(statement => nameOf(childOf(statement, 'source')) === 'launchbook')
    .flatMap(statement => listOf(statement, 'specifiers'))
    .filter(({ type }) => type !== 'ImportSpecifier')
    .map(specifier => nameOf(childOf(specifier, 'local')));
}
