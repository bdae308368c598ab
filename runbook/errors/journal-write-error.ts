// The journal could not be written, so nothing may happen.
import { LaunchbookError } from '../../contract/error.js';

/**
 * Thrown when a record cannot be put on disk: code `journal.disk_full`, `journal.read_only`, `journal.closed`, `journal.moved`,
 * `journal.replaced`, `journal.changed` or `journal.write_failed`. What was in the journal before is untouched, and a later record may succeed again.
 */
export class JournalWriteError extends LaunchbookError {
  constructor(path: string, action: string, cause: unknown) {
    const { code } = cause as { readonly code?: unknown };
    const kind = KINDS[String(code)] ?? OTHER;
    const system = typeof code === 'string' && /^E[A-Z]/.test(code) ? code : null;
    const before = kind === CHANGED ? '' : 'What was recorded before is safe. ';
    super(
      `The journal ${path} could not be ${action}: ${kind.reason}${system === null ? '' : ` (${system})`}.`,
      {
        code: kind.code,
        hint: `${kind.hint} ${before}What was to be recorded now did not happen.`,
        cause,
        ...(system === null ? {} : { fields: { system } })
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
const MOVED: Kind = {
  code: 'journal.moved',
  reason: 'it is not at its place any more, because it or its folder was renamed',
  hint: 'Put it back where it was, or open the notebook at its new place and restart the kernel.'
};
const REPLACED: Kind = {
  code: 'journal.replaced',
  reason: 'another file has taken its place',
  hint: 'Put the right one back, or restart the kernel to go on with the one that is there.'
};
const CHANGED: Kind = {
  code: 'journal.changed',
  reason: 'another program has written to it or cut it',
  hint: 'Find out which. A restart of the kernel checks the file and goes on with what it holds, if its chain is whole.'
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
  closed: CLOSED,
  ENOENT: MOVED,
  moved: MOVED,
  replaced: REPLACED,
  changed: CHANGED
};
