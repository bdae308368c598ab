// The hash chain: how a record becomes a line, and which hash the next line carries.
import { NO_PREVIOUS_LINE, type RecordBody } from '../../contract/journal/journal.js';
import { sha256 } from '../hash.js';

/** The end of a chain: what the next record continues. */
export interface ChainEnd {
  /** Sequence number of the last record; 0 before the first. */
  readonly seq: number;
  /** SHA-256 (hex) of the last line; 64 zeros before the first. */
  readonly hash: string;
}

/** The end of a journal without records. */
export const CHAIN_START: ChainEnd = { seq: 0, hash: NO_PREVIOUS_LINE };

/** A body as JSON, taken when it is handed over, so that a later change by the caller cannot reach the journal. */
export function freezeBody(body: RecordBody): string {
  return JSON.stringify(body);
}

/** The line (without its line feed) for a frozen body, and the chain's new end. */
export function linkLine(
  end: ChainEnd,
  at: string,
  frozenBody: string
): { readonly line: string; readonly end: ChainEnd } {
  const seq = end.seq + 1;
  const line = `{"seq":${seq},"at":${JSON.stringify(at)},"prev":"${end.hash}",${frozenBody.slice(1)}`;
  return { line, end: { seq, hash: hashLine(line) } };
}

/** SHA-256 (hex) of a line without its line feed. */
export function hashLine(line: string): string {
  return sha256(line);
}
