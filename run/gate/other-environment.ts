// A notebook may become a run after its kernel was started, which then knows neither who must decide there nor what it acts on.
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import type { KnownRun } from '../profile/known-run.js';
import { makeError } from '../make-error.js';
import type { GateCheck } from './check.js';

/** Refuses a step of another environment than the kernel was started for. */
export function refuseOtherEnvironment({
  known,
  keeper,
  notebook
}: {
  /** Its environment is the one whose rules and addresses the kernel knows. */
  readonly known: Pick<KnownRun, 'environment'>;
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
}): GateCheck {
  return () => {
    const { environment } = known;
    const recorded = keeper.state.run?.environment ?? null;
    const saved = notebook === null ? recorded : (notebook.read().run?.environment ?? null);
    return recorded === environment && saved === environment
      ? null
      : makeError(
          'EnvironmentChangedError',
          'run.environment_changed',
          `This kernel was started for ${nameOf(environment)}, its journal is of ${nameOf(recorded)} and the notebook says ${nameOf(saved)}; nothing of the cell has run.`,
          recorded === saved
            ? 'Restart the kernel, so that it reads the rules and addresses of that environment.'
            : 'The environment of a run never changes. Put the notebook back (git checkout), or make another run with launchbook new --env.'
        );
  };
}

function nameOf(name: string | null): string {
  return name ?? 'no environment';
}
