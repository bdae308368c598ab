// The command "Release without rehearsal…" of a phase: asks for the reason and has the kernel let the phase run without a rehearsal.
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { PhaseRehearsal } from '../../contract/rehearsal/phase-rehearsal.js';
import { askReason } from '../page/ask-reason.js';
import type { Words } from '../page/words.js';
import { ask } from '../resume/ask-kernel.js';
import type { IRunModel, IRunRegistry } from '../tokens.js';
import { RELEASE_PHASE } from './look/phase-actions.js';

/** What the command works with. */
export interface ReleasePhaseParts {
  readonly app: JupyterFrontEnd;
  readonly tracker: INotebookTracker;
  readonly registry: IRunRegistry;
  readonly words: Words;
}

/** Adds the command; without `cell` it means the first phase that is locked because it was not rehearsed. */
export function addReleasePhase({ app, tracker, registry, words }: ReleasePhaseParts): void {
  const open = (): IRunModel | null => {
    const panel = tracker.currentWidget;
    const run = panel && registry.runOf(panel);
    return run?.source === 'kernel' ? run : null;
  };
  app.commands.addCommand(RELEASE_PHASE, {
    label: words.__('Release Phase Without Rehearsal…'),
    caption: words.__('Release a phase against the policy, with a reason that is recorded'),
    describedBy: {
      args: {
        type: 'object',
        properties: { cell: { type: 'string', description: words.__('Id of a phase') } }
      }
    },
    isEnabled: () => lockedIn(open()).length > 0,
    execute: async args => {
      const run = open();
      const phase = lockedIn(run).find(({ phase: id }) => args['cell'] === undefined || id === args['cell']);
      if (run && phase) {
        await release(run, phase, words);
      }
    }
  });
}

function lockedIn(run: IRunModel | null): readonly PhaseRehearsal[] {
  return run?.rehearsals.filter(({ missing }) => missing.length > 0) ?? [];
}

async function release(
  run: IRunModel,
  { phase, title, missing }: PhaseRehearsal,
  words: Words
): Promise<void> {
  const reason = await askReason({
    title: words.__('Release “%1” without a rehearsal?', title),
    about: words.__(
      '%1 Releasing it is against the policy: who did it and why is recorded, and the whole run is shown in amber from then on.',
      missing.join(' ')
    ),
    accept: words.__('Release against the policy'),
    words
  });
  if (reason !== null) {
    await ask(run, { type: 'release-phase', phase, reason }, words);
  }
}
