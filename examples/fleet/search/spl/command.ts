// What a command of the search language is: its arguments are read once, before anything runs, so that a faulty search
// fails as a whole; what comes back turns rows into rows.
import type { Row } from './row.ts';

export interface SearchWindow {
  readonly earliestMs: number;
  /** Exclusive. */
  readonly latestMs: number;
}

export type Transform = (rows: readonly Row[], window: SearchWindow) => Row[];
export type SearchCommand = (argumentText: string) => Transform;
