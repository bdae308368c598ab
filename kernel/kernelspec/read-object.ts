// A JSON file that another program may have written: read as far as it is an object.
import { readFileSync } from 'node:fs';

/** Its fields; none where it is absent, no JSON or no object. */
export function readObject(path: string): { readonly [key: string]: unknown } {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
  } catch {
    return {};
  }
}
