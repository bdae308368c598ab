// What people decide against the course of a run has a reason, which stays in the record.
import { makeError } from './make-error.js';

/** `what`: what is done, at the beginning of a sentence. @throws code `reason.missing`. */
export function refuseWithoutReason(reason: string, what: string): void {
  if (reason.trim() === '') {
    throw makeError(
      'WordRefusedError',
      'reason.missing',
      `${what} needs a reason: it stays in the record of the run.`
    );
  }
}
