// The ways in which JupyterLab runs cells, each with the command of ours that asks first and then does the same.
// Trick: JupyterLab's commands stay as they are. Keys, menu entries and toolbar buttons lead to ours where a run is open.

/** Which cells a command runs. */
export type RunScope = 'selected' | 'all' | 'above' | 'below';

export interface GuardedCommand {
  readonly id: string;
  /** The command of JupyterLab that runs them. */
  readonly core: string;
  readonly scope: RunScope;
}

export const GUARDED_COMMANDS: readonly GuardedCommand[] = [
  { id: 'launchbook:run-cell', core: 'notebook:run-cell', scope: 'selected' },
  {
    id: 'launchbook:run-cell-and-select-next',
    core: 'notebook:run-cell-and-select-next',
    scope: 'selected'
  },
  {
    id: 'launchbook:run-cell-and-insert-below',
    core: 'notebook:run-cell-and-insert-below',
    scope: 'selected'
  },
  { id: 'launchbook:run-all-cells', core: 'notebook:run-all-cells', scope: 'all' },
  { id: 'launchbook:restart-run-all', core: 'notebook:restart-run-all', scope: 'all' },
  { id: 'launchbook:run-all-above', core: 'notebook:run-all-above', scope: 'above' },
  { id: 'launchbook:run-all-below', core: 'notebook:run-all-below', scope: 'below' }
];

/** The cells of a scope; `selected` are indices. */
export function cellsOfScope<T>(
  scope: RunScope,
  cells: readonly T[],
  active: number,
  selected: readonly number[]
): T[] {
  const rules: Record<RunScope, (index: number) => boolean> = {
    selected: index => selected.includes(index),
    all: () => true,
    above: index => index < active,
    below: index => index >= active
  };
  return cells.filter((_cell, index) => rules[scope](index));
}
