// A launchbook.yml as the plain document that it holds, before its rules are applied.
import { parse } from 'yaml';
import { isLaunchbookError } from '../../contract/base/error.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { refuse } from '../refused-error.js';

/** The document; null of an empty file. @throws RefusedError `profile.unreadable` when the file is not YAML or cannot be read */
export function profileDocument(file: string): unknown {
  try {
    return parse(readTextOfRun(file, 'profile'), { prettyErrors: false }) as unknown;
  } catch (error) {
    if (isLaunchbookError(error)) {
      throw error;
    }
    return refuse(
      'profile.unreadable',
      `Reading ${file}`,
      `it is not YAML: ${(error as Error).message}`,
      'Fix the line that is named; `launchbook lint` reads the file again.'
    );
  }
}
