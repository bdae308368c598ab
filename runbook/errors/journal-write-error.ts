// The journal could not be written, so nothing may happen.
import { LaunchbookError } from '../../contract/error.js';

/**
 * Thrown when a record cannot be put on disk: code `journal.disk_full`, `journal.read_only`, `journal.closed` or
 * `journal.write_failed`. What was in the journal before is untouched, and a later record may succeed again.
 */
export class JournalWriteError extends LaunchbookError {
  constructor(path: string, action: string, cause: unknown) {
    const system = (cause as { readonly code?: unknown }).code;
    const kind = KINDS[String(system)] ?? OTHER;
    super(
      `The journal ${path} could not be ${action}: ${kind.reason}${typeof system === 'string' ? ` (${system})` : ''}.`,
      {
        code: kind.code,
        hint: `${kind.hint} What was recorded before is safe; what was to be recorded now did not happen.`,
        cause,
        ...(typeof system === 'string' ? { fields: { system } } : {})
      }
    );
  }
}

interface Kind {
  readonly code: string;
  readonly reason: string;
  readonly hint: string;
}

const FULL: Kind = {
  code: 'journal.disk_full',
  reason: 'no room is left',
  hint: 'Free some disk space or raise the quota, then run the cell again.'
};
const READ_ONLY: Kind = {
  code: 'journal.read_only',
  reason: 'writing is not allowed',
  hint: "Make the notebook's folder and its journal writable, then run the cell again."
};
const CLOSED: Kind = {
  code: 'journal.closed',
  reason: 'it is closed',
  hint: 'Restart the kernel to open it again.'
};
const OTHER: Kind = {
  code: 'journal.write_failed',
  reason: 'the system refused',
  hint: 'Check the disk, then run the cell again.'
};

const KINDS: { readonly [system: string]: Kind } = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  closed: CLOSED
};
