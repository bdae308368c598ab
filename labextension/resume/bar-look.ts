// What the bar above the notebook shows: its text, its buttons, its colour.
/** A button of the bar. */

export interface BarAction {
  readonly command: string;
  readonly label: string;
  readonly isPrimary: boolean;
  /** What it is about; absent: the command asks or takes the active cell. */
  readonly args?: { readonly [name: string]: string };
}
export interface ResumeLook {
  /** `asks`: a person is needed. `busy`: variables are being brought back. `stopped`: that failed. */
  readonly tone: 'asks' | 'busy' | 'stopped';
  readonly title: string;
  readonly text: string;
  readonly progress: { readonly done: number; readonly count: number } | null;
  readonly difference: Difference | null;
  /** Further lines of what stopped it, folded. Absent: there are none. */
  readonly details?: string;
  readonly actions: readonly BarAction[];
}
/** Two effects that should have been one. */
export interface Difference {
  readonly recorded: string;
  readonly now: string;
}
