// A journal that cannot be trusted or understood.
import { LaunchbookError } from '../../contract/error.js';

/**
 * Thrown when a journal is opened whose chain of hashes is broken (code `journal.broken`) or whose format is newer than
 * this version reads (code `journal.newer`). Carries the 1-based line. Not thrown for a torn last line, which is set aside.
 */
export class JournalBrokenError extends LaunchbookError {
  readonly line: number;

  constructor(
    path: string,
    fault: {
      readonly line: number;
      readonly code: 'journal.broken' | 'journal.newer';
      readonly message: string;
    }
  ) {
    super(`Line ${fault.line} of the journal ${path} ${fault.message}.`, {
      code: fault.code,
      hint:
        fault.code === 'journal.newer'
          ? 'Open the run with the version of Launchbook that wrote it, or a newer one.'
          : 'Restore the journal from git or a backup. Nothing was changed in it.',
      fields: { line: fault.line }
    });
    this.line = fault.line;
  }
}
