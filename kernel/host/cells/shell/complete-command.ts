// Completes the commands of a cell: programs of the PATH, and files from the folder in which commands start.
import { resolve } from 'node:path';
import type { Completions } from '../../../core/ports/ports.js';
import { filesInFolder } from './files-in-folder.js';
import { commandWordAt } from './open-command.js';
import { programsOfPath } from './programs-of-path.js';

/** A folder of ten thousand files is no list to choose from. */
const MOST = 200;

/** Where programs and files are looked for. */
export interface CommandPlaces {
  /** In which commands start. */
  readonly folder: string;
  /** The variable PATH. */
  readonly path: string;
}

/** The completions at `offset`; null when it is in no command, or in a part of one that holds a value. */
export async function completeCommand(
  code: string,
  offset: number,
  { folder, path }: CommandPlaces
): Promise<Completions | null> {
  const word = commandWordAt(code, offset);
  if (word === null || /[$`\\*?]/.test(word.text)) {
    return null;
  }
  const slash = word.text.lastIndexOf('/') + 1;
  const [parent, prefix] = [word.text.slice(0, slash), word.text.slice(slash)];
  const items =
    word.isProgram && slash === 0
      ? await programsOfPath(path, prefix)
      : await filesInFolder(resolve(folder, parent), prefix);
  return {
    start: word.start + slash,
    end: offset,
    items: items.slice(0, MOST).map(({ name, type }) => ({ text: name, type }))
  };
}
