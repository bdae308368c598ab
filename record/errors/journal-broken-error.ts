// A journal that cannot be trusted or understood.
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown when a journal is opened whose chain of hashes is broken (code `journal.broken`), whose line ends were converted (code
 * `journal.line_ends`) or whose format is newer than this version reads (code `journal.newer`). Carries the 1-based line. Not thrown for a torn last line, which is set aside.
 */
export class JournalBrokenError extends LaunchbookError {
  readonly line: number;

  constructor(
    path: string,
    fault: {
      readonly line: number;
      readonly code: 'journal.broken' | 'journal.bad_record' | 'journal.line_ends' | 'journal.newer';
      readonly message: string;
    }
  ) {
    super(`Line ${fault.line} of the journal ${path} ${fault.message}.`, {
      code: fault.code,
      hint: HINTS[fault.code],
      fields: { line: fault.line }
    });
    this.line = fault.line;
  }
}

/** How a journal whose line ends were converted becomes what it was. */
export const LINE_ENDS_HINT =
  'Put the line “*.journal.jsonl -text” into .gitattributes (launchbook init does), then restore the file: git rm --cached NAME.journal.jsonl, git checkout HEAD -- NAME.journal.jsonl; or, where git does not have it, dos2unix NAME.journal.jsonl. Nothing was changed in it.';

const RESTORE = 'Restore the journal from git or a backup. Nothing was changed in it.';

const HINTS = {
  'journal.newer': 'Open the run with the version of Launchbook that wrote it, or a newer one.',
  'journal.line_ends': LINE_ENDS_HINT,
  'journal.bad_record': RESTORE,
  'journal.broken': RESTORE
};
