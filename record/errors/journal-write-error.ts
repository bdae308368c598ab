// The journal could not be written, so nothing may happen.
import { LaunchbookError } from '../../contract/base/error.js';

/**
 * Thrown when a record cannot be put on disk: code `journal.disk_full`, `journal.read_only`, `journal.closed`, `journal.moved`,
 * `journal.replaced`, `journal.changed` or `journal.write_failed`. What was in the journal before is untouched, and a later record may succeed again.
 */
export class JournalWriteError extends LaunchbookError {
  /** The part of the hint that holds whatever was to be recorded: what to do, and what is safe. */
  readonly wayOut: string;

  constructor(path: string, action: string, cause: unknown) {
    const { code } = cause as { readonly code?: unknown };
    const kind = KINDS.find(({ causes }) => causes.includes(String(code))) ?? OTHER;
    const system = typeof code === 'string' && /^E[A-Z]/.test(code) ? code : null;
    const safe = kind.code === 'journal.changed' ? '' : ' What was recorded before is safe.';
    const again = kind.needsRestart ? '' : ', then run the cell again';
    super(
      `The journal ${path} could not be ${action}: ${kind.reason}${system === null ? '' : ` (${system})`}.`,
      {
        code: kind.code,
        hint: `${kind.wayOut}${again}.${safe} What was to be recorded now did not happen.`,
        cause,
        ...(system === null ? {} : { fields: { system } })
      }
    );
    this.wayOut = `${kind.wayOut}.${safe}`;
  }
}

interface Kind {
  /** What the system or the journal calls it. */
  readonly causes: readonly string[];
  readonly code: string;
  readonly reason: string;
  /** What to do, without its full stop. */
  readonly wayOut: string;
  /** What this kernel has open is not the journal any more. Absent: running the cell again is enough. */
  readonly needsRestart?: true;
}

const OTHER: Kind = {
  causes: [],
  code: 'journal.write_failed',
  reason: 'the system refused',
  wayOut: 'Check the disk'
};

const KINDS: readonly Kind[] = [
  {
    causes: ['ENOSPC', 'EDQUOT', 'EFBIG'],
    code: 'journal.disk_full',
    reason: 'no room is left',
    wayOut: 'Free some disk space or raise the quota'
  },
  {
    causes: ['EROFS', 'EACCES', 'EPERM'],
    code: 'journal.read_only',
    reason: 'writing is not allowed',
    wayOut: "Make the notebook's folder and its journal writable"
  },
  {
    causes: ['closed'],
    code: 'journal.closed',
    reason: 'it is closed',
    wayOut: 'Restart the kernel to open it again',
    needsRestart: true
  },
  {
    causes: ['ENOENT', 'moved'],
    code: 'journal.moved',
    reason: 'it is not at its place any more, because it or its folder was renamed',
    wayOut: 'Put it back where it was, or open the notebook at its new place and restart the kernel',
    needsRestart: true
  },
  {
    causes: ['replaced'],
    code: 'journal.replaced',
    reason: 'another file has taken its place',
    wayOut: 'Put the right one back, or restart the kernel to go on with the one that is there',
    needsRestart: true
  },
  {
    causes: ['changed'],
    code: 'journal.changed',
    reason: 'another program has written to it or cut it',
    wayOut:
      'Find out which. A restart of the kernel checks the file and continues with what it holds, if its chain is whole',
    needsRestart: true
  }
];
