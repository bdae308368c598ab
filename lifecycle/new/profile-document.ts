// A launchbook.yml as the plain document that it holds, before its rules are applied.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { refuse } from '../refused-error.js';

/** The document; null of an empty file. @throws RefusedError `profile.unreadable` when the file is not YAML or cannot be read */
export function profileDocument(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    return refuse(
      'profile.unreadable',
      `Reading ${file}`,
      `it is not YAML: ${(error as Error).message}`,
      'Mend the line that is named; `launchbook lint` reads the file again.'
    );
  }
}
