// Imports a package in each form, as a cell that is checked and run, and tells where both do not agree: what passes the check runs, and what
// it refuses does not.
import type { LiveNotebook } from './live-notebook.js';

/** A package with one of the names that its types say it exports; null where it has none. */
export interface ImportedPackage {
  readonly name: string;
  readonly named: string | null;
}

/** The forms of importing `name`. Each uses what it imports as a value, so that an absent one is seen. */
export function formsOf({ name, named }: ImportedPackage): { readonly [form: string]: string } {
  const from = JSON.stringify(name);
  const need = (value: string): string =>
    `if (${value} === undefined) { throw new Error('absent'); }\ntypeof ${value}`;
  return {
    default: `import whole from ${from};\n${need('whole')}`,
    namespace: `import * as all from ${from};\n${named === null ? 'typeof all' : need(`all.${named}`)}`,
    required: `import required = require(${from});\n${named === null ? 'typeof required' : need(`required.${named}`)}`,
    dynamic: `const loaded = await import(${from});\n${named === null ? 'typeof loaded' : need(`loaded.${named}`)}`,
    ...(named === null ? {} : { named: `import { ${named} } from ${from};\n${need(named)}` })
  };
}

/** What was found. */
export interface Agreement {
  readonly checked: number;
  /** Forms that the check refused and that run all the same. */
  readonly stricter: readonly string[];
  /** Forms that passed the check and failed, one line each. */
  readonly faults: readonly string[];
}

/** Imports each package in each form. */
export async function disagreements(
  notebook: LiveNotebook,
  packages: readonly ImportedPackage[]
): Promise<Agreement> {
  const faults: string[] = [];
  const stricter: string[] = [];
  let checked = 0;
  for (const each of packages) {
    for (const [form, code] of Object.entries(formsOf(each))) {
      checked += 1;
      const { faults: found, error } = await notebook.run(code);
      if (error !== undefined) {
        faults.push(`${form} of ${each.name}: the check passed, it failed: ${error}`);
      } else if (found.length > 0) {
        notebook.typecheck = 'off';
        const unchecked = await notebook.run(code);
        notebook.typecheck = 'error';
        if (unchecked.error === undefined) {
          stricter.push(`${form} of ${each.name} (${found.join(', ')})`);
        }
      }
    }
  }
  return { checked, stricter, faults };
}
