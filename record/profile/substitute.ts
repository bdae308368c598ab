// Fills `${NAME}` in the texts of an environment from the process's variables. `$${` stands for a literal `${`.
import type { PlacedFault } from './placed-fault.js';

/** Where the values of `${NAME}` come from. */
export type Variables = { readonly [name: string]: string | undefined };

/** `value` with every `${NAME}` filled in; each missing variable becomes one fault that names it. */
export function substitute<T>(
  value: T,
  variables: Variables,
  path: readonly string[],
  faults: PlacedFault[]
): T {
  if (typeof value === 'string') {
    return substituteText(value, variables, path, faults) as T;
  }
  if (Array.isArray(value)) {
    return value.map((part, index) =>
      substitute(part as unknown, variables, [...path, String(index)], faults)
    ) as T;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, part]) => [
      key,
      substitute(part, variables, [...path, key], faults)
    ]);
    return Object.fromEntries(entries) as T;
  }
  return value;
}

function substituteText(
  text: string,
  variables: Variables,
  path: readonly string[],
  faults: PlacedFault[]
): string {
  return text.replace(/\$\$\{|\$\{([^}]*)\}/g, (match, name: string | undefined) => {
    if (name === undefined) {
      return '${';
    }
    const found = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? variables[name] : undefined;
    if (found === undefined || found === '') {
      faults.push({
        path,
        message: `'${path.join('.')}' needs the environment variable ${name || '(no name)'}, which is ${found === '' ? 'empty' : 'not set'}.`
      });
      return match;
    }
    return found;
  });
}
