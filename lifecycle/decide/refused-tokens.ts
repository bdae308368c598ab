// Signed decisions, ticks and reports that the kernel has refused, with its reason, beside the token: whoever signed on a page is told there.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tokenFolderOf } from '../../contract/notebook/notebook.js';
import { readTextOfRun } from '../../record/files/read-file.js';
import { statementIdOf } from '../../record/signature/statement-id.js';
import { writeAtomically } from '../notebook/write-atomically.js';

const ENDING = '.refused';

/** Notes why the token in `file` of the folder of signed decisions does not count. What cannot be noted is told in the notebook alone. */
export function noteRefusal(folder: string, file: string, reason: string): void {
  try {
    writeAtomically(join(folder, `${file}${ENDING}`), `${reason}\n`);
  } catch {
    // A folder that cannot be written.
  }
}

/** The refused ones: the id of each statement, and the reason. A file that cannot be read is left out. */
export function refusedTokens(notebook: string): { readonly id: string; readonly reason: string }[] {
  const folder = tokenFolderOf(notebook);
  return namesIn(folder).flatMap(name => {
    try {
      const id = statementIdOf(readTextOfRun(join(folder, name.slice(0, -ENDING.length)), 'token'));
      return id === null ? [] : [{ id, reason: readTextOfRun(join(folder, name), 'token').trim() }];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => name.endsWith(ENDING));
  } catch {
    return [];
  }
}
