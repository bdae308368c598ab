// What a command leaves behind. The same fields for success and failure; plain data, because the journal keeps it.
import type { Json } from '../../contract/base/json.js';
import { BoundedText } from './bounded-text.js';

/** The result of a command. Of a pipe, exit code, signal and stderr are those of the first command that failed, else of the last. A failed one is the same, thrown as `CommandFailedError`. */
export interface CommandResult {
  /** The command as one line, quoted for reading. */
  readonly command: string;
  /** 0 to 255, or null when a signal ended it or it never began. */
  readonly exitCode: number | null;
  /** `SIGTERM` …, or null. */
  readonly signal: string | null;
  /** Standard output without its last line feed; of more than 262,144 characters the beginning and the end. */
  readonly stdout: string;
  /** Standard error, likewise. */
  readonly stderr: string;
  /** Milliseconds of the last attempt. */
  readonly durationMs: number;
  /** 1 when it passed at once; higher after retries. */
  readonly attempts: number;
  /** It did not end as expected; such a result is thrown. */
  readonly failed: boolean;
  /** It was stopped by the option `timeout`. */
  readonly timedOut: boolean;
  /** It was stopped by the option `silence`. */
  readonly isSilent: boolean;
  /** The cell was interrupted, and the command with it. */
  readonly isInterrupted: boolean;
  /** No such program; nothing was started. */
  readonly isNotFound: boolean;
  /** Why a program of it was not started, such as `permission denied: /srv/deploy is not executable`; else null. */
  readonly notStarted: string | null;
  /** The middle of stdout or stderr is left out because there was too much. */
  readonly isTruncated: boolean;
}

/** The result of a command that was not run. */
export function emptyResult(command: string, stdout: string): CommandResult {
  return {
    command,
    exitCode: 0,
    signal: null,
    stdout,
    stderr: '',
    durationMs: 0,
    attempts: 0,
    failed: false,
    timedOut: false,
    isSilent: false,
    isInterrupted: false,
    isNotFound: false,
    notStarted: null,
    isTruncated: false
  };
}

/** A result as the journal keeps it: long texts by their beginning and end, and marked as such. */
export function keptResult(result: CommandResult): Json {
  const stdout = keptText(result.stdout);
  const stderr = keptText(result.stderr);
  return {
    ...result,
    stdout: String(stdout),
    stderr: String(stderr),
    isTruncated: result.isTruncated || stdout.isTruncated || stderr.isTruncated
  };
}

/** More than a shown text with its line of what is left out, so that this is kept as it is. */
const KEPT_CHARACTERS = 320 * 1024;

function keptText(text: string): BoundedText {
  const kept = new BoundedText(KEPT_CHARACTERS);
  kept.push(text);
  return kept;
}
