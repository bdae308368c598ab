// What a command leaves behind. The same fields for success and failure; plain data, because the journal keeps it.
import type { Json } from '../../contract/json.js';

/** The result of a command. A failed one is the same, thrown as `CommandFailedError`. */
export interface CommandResult {
  /** The command as one line, quoted for reading. */
  readonly command: string;
  /** 0 to 255, or null when a signal ended it or it never began. */
  readonly exitCode: number | null;
  /** `SIGTERM` …, or null. */
  readonly signal: string | null;
  /** Standard output without its last line feed. At most the last 8,388,608 characters. */
  readonly stdout: string;
  /** Standard error, likewise. */
  readonly stderr: string;
  readonly durationMs: number;
  /** 1 when it passed at once; higher after retries. */
  readonly attempts: number;
  readonly failed: boolean;
  readonly timedOut: boolean;
  /** The cell was interrupted, and the command with it. */
  readonly isInterrupted: boolean;
  /** No such program. */
  readonly isNotFound: boolean;
  /** The beginning of stdout or stderr was dropped because there was too much. */
  readonly isTruncated: boolean;
}

/** A result as the journal keeps it: long texts by their end. */
export function keptResult(result: CommandResult): Json {
  return { ...result, stdout: endOf(result.stdout), stderr: endOf(result.stderr) };
}

const KEPT_CHARACTERS = 256 * 1024;

function endOf(text: string): string {
  return text.length > KEPT_CHARACTERS
    ? `… ${text.length - KEPT_CHARACTERS} characters dropped …\n${text.slice(-KEPT_CHARACTERS)}`
    : text;
}
