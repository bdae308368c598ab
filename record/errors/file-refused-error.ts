// A file of a run that is not read, because it is no file, too large, or another file than it seems.
import { LaunchbookError } from '../../contract/base/error.js';

/** Thrown before anything of the file is read. Nothing of its content is in the message. */
export class FileRefusedError extends LaunchbookError {
  /** @param reason - A clause without a full stop. */
  constructor(
    path: string,
    readonly reason: string
  ) {
    super(`Reading ${path}: ${reason}.`, {
      code: 'file.refused',
      hint: 'Put the file itself in its place. Whoever can write to the folder may have put this there.'
    });
  }
}
