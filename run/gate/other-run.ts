// git, or a person, may put another notebook in the place of this one while its kernel lives.
import type { NotebookFile } from '../keeper/notebook-file.js';
import type { RunKeeper } from '../keeper/run-keeper.js';
import { makeError } from '../make-error.js';
import type { GateCheck } from './check.js';

/** Refuses a step of another run than the journal's. */
export function refuseOtherRun({
  keeper,
  notebook
}: {
  readonly keeper: RunKeeper;
  readonly notebook: NotebookFile | null;
}): GateCheck {
  return () => {
    const [ours, its] = [keeper.state.run, notebook?.read().run ?? null];
    const recorded = ours?.id ?? null;
    const saved = its?.id ?? null;
    if (notebook !== null && recorded === saved && ours && its && ours.runbook !== its.runbook) {
      return makeError(
        'OtherRunError',
        'run.other',
        `The journal says that this run was made of ${ours.runbook}, and the notebook of ${its.runbook}: the policy is that of the template, and it never changes. Nothing of the cell has run.`,
        'Put the notebook back (git checkout).'
      );
    }
    return notebook === null || recorded === saved
      ? null
      : makeError(
          'OtherRunError',
          'run.other',
          `The journal is of ${nameOf(recorded)} and the notebook of ${nameOf(saved)}; nothing of the cell has run.`,
          'Put the notebook back (git checkout), or restart the kernel to go on with the one that is there.'
        );
  };
}

function nameOf(id: string | null): string {
  return id === null ? 'no run' : `the run ${id}`;
}
