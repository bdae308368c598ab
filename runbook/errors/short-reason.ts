// Why something failed, on one line: for tables, waits, and errors that name many.
import { toErrorRecord, type ErrorRecord } from '../../contract/base/error.js';

/**
 * The first line of the message; of a command with the last line that it wrote to stderr, of a failure of many with the first of them.
 *
 * @example
 * shortReason(error) // 'Command failed with exit code 1 after 5 ms: restart web-2 — no route to host'
 */
export function shortReason(error: unknown): string {
  return shortReasonOf(toErrorRecord(error));
}

/** The same of an error that is recorded. */
export function shortReasonOf({ message, fields }: ErrorRecord): string {
  const [first = '', second = ''] = message.split('\n');
  const stderr = fields?.['stderr'];
  const last = typeof stderr === 'string' ? stderr.trimEnd().split('\n').at(-1)!.trim() : '';
  const detail = last !== '' ? last : /[.:]$/.test(first) && second.startsWith('  ') ? second.trim() : '';
  return detail === '' ? first : `${first} — ${detail}`;
}
