// The compiler leaves what it made of a source that is gone or has another name; a test among it would go on being run.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

const SOURCE = '.ts';
const DECLARATION = '.d.ts';
const OUTPUTS = [DECLARATION, '.js', '.js.map'];

/** Removes from `compiled` what stands there for a source that is not in `sources`; gives the names, without their ends. */
export function removeStaleOutputs(sources, compiled) {
  if (!existsSync(compiled)) {
    return [];
  }
  const stale = readdirSync(compiled, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(DECLARATION))
    .map(entry => relative(compiled, join(entry.parentPath, entry.name)).slice(0, -DECLARATION.length))
    .filter(name => !existsSync(join(sources, name + SOURCE)));
  stale.forEach(name => OUTPUTS.forEach(end => rmSync(join(compiled, name + end), { force: true })));
  return stale;
}
