// What a cell has shown, as the journal keeps it: the outputs in the order in which clients got them, masked and limited.
// notebook-outputs.ts makes a notebook's outputs of them.
import type { JsonObject, MimeBundle } from '../base/json.js';

/** What a cell prints or displays while it runs. Texts are parts of what a stream printed; the parts of one stream belong together. */
export type CellOutput =
  | { readonly kind: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'display';
      readonly data: MimeBundle;
      readonly metadata: JsonObject;
      /** A later `update` names it. */
      readonly displayId?: string;
    }
  | {
      readonly kind: 'update';
      readonly data: MimeBundle;
      readonly metadata: JsonObject;
      readonly displayId: string;
    }
  | { readonly kind: 'result'; readonly data: MimeBundle; readonly metadata: JsonObject }
  /** The outputs before it are emptied: at once, or (`wait`) when the next one comes. */
  | { readonly kind: 'clear'; readonly wait: boolean };

/** The same as a notebook keeps it: a result has its number, and the error that ended the cell is one of them. */
export type RecordedOutput =
  | Exclude<CellOutput, { kind: 'result' }>
  | (Extract<CellOutput, { kind: 'result' }> & { readonly executionCount: number })
  | {
      readonly kind: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/**
 * Record: a running attempt has shown something. Written before clients get it, so that nothing anybody saw can be missing.
 * Several outputs that come together share a record.
 */
export interface OutputsRecorded {
  readonly kind: 'output';
  readonly step: string;
  readonly attempt: number;
  /** How many outputs of the attempt are recorded with these. */
  readonly upTo: number;
  readonly outputs: readonly RecordedOutput[];
}

/** Outputs `from` (0-based) up to `upTo` (exclusive) of one attempt. */
export interface OutputSpan {
  readonly step: string;
  readonly attempt: number;
  readonly from: number;
  readonly upTo: number;
  readonly outputs: readonly RecordedOutput[];
}
