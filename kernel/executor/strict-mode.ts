// Cells are strict, as the TypeScript modules that they are checked as. The directive has to stand first, on the first line of the
// cell, so that no line moves; the columns of that line are corrected where they are shown.

/** Stands before the text of each cell. */
export const STRICT = `'use strict';`;

/** A stack frame with the author's column, when it is in the first line of a cell. */
export function correctColumn(frame: string): string {
  return frame.replace(
    /(\/cell-\d+\.ts:1:|^\s+at user-expression:1:)(\d+)/,
    (_all, place: string, column: string) => place + Math.max(1, Number(column) - STRICT.length)
  );
}
