// A dry run's hold points hold nothing, so executor, journal and notebook must speak of the same mode.
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { KnownRun } from '../profile/known-run.js';
import { makeError } from '../make-error.js';
import type { GateCheck } from './check.js';

/** Refuses a step while they do not. */
export function refuseOtherMode({
  known,
  keeper,
  notebook
}: {
  /** Its mode says what the executor may do to the world. */
  readonly known: Pick<KnownRun, 'mode'>;
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
}): GateCheck {
  return () => {
    const { mode } = known;
    const recorded = keeper.state.run?.mode ?? 'live';
    const saved = notebook?.read().run?.mode ?? 'live';
    return recorded === mode && saved === mode
      ? null
      : makeError(
          'ModeChangedError',
          'run.mode_changed',
          `This kernel was started for a run in mode ${mode}, its journal is of mode ${recorded} and the notebook says ${saved}; nothing of the cell has run.`,
          'The mode of a run never changes. Make another run with launchbook new --mode, and restart the kernel.'
        );
  };
}
