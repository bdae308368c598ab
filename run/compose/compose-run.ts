// Puts together what happens in a run: its people, its way back, the gate before each step, and what helpers of cells ask for.
import { CellNotices } from '../gate/cell-notices.js';
import { checksOfCell } from '../gate/cell/checks-of-cell.js';
import { checksOfStep } from '../gate/checks-of-step.js';
import { RunGatekeeper } from '../gate/gatekeeper.js';
import { namesInPlay } from '../masking/names-in-play.js';
import { recordedTimesOf } from '../keeper/recorded-times.js';
import { LineCommands } from '../line-commands/line-commands.js';
import type { Gate } from '../ports.js';
import type { Profile } from '../profile/profile.js';
import type { RecordedTimes } from '../../runbook/ports.js';
import type { VerbParts } from '../verbs/verb.js';
import type { KeptRun } from './compose-keeper.js';
import { composePeople, type ComposedPeople, type PeopleParts } from './compose-people.js';
import { composeResume, type ComposedResume, type ResumeParts } from './compose-resume.js';

/** What it is made from. */
export interface RunParts extends Omit<PeopleParts, 'resume'>, ResumeParts {
  /** A text that was named in place of a notebook. */
  readonly textForm?: string | null;
  /** How long a page may take to tell what was typed, in milliseconds. @default 2000 */
  readonly patienceMs?: number;
}

/** A run that cells can happen in. */
export interface ComposedRun
  extends KeptRun, ComposedPeople, Omit<ComposedResume, 'acts'>, Pick<VerbParts, 'times'> {
  readonly profile: Profile;
  readonly notices: CellNotices;
  readonly gate: Gate;
  readonly commands: LineCommands;
}

/** Makes all of it. */
export function composeRun(parts: RunParts): ComposedRun {
  const { notebook, masking, people, keeper, outline, register, losses, outputs, known } = parts;
  const resume = composeResume(parts);
  const run = {
    notebook,
    masking,
    people,
    keeper,
    outline,
    register,
    losses,
    known,
    profile: known.profile,
    ...resume,
    ...composePeople({ ...parts, resume: resume.acts }),
    notices: new CellNotices(keeper, outputs),
    times: (name: string): RecordedTimes => recordedTimesOf(keeper.state, outline.current(), name)
  };
  masking.reserve(() =>
    namesInPlay({
      state: keeper.state,
      run: keeper.state.run ?? notebook?.read().run ?? null,
      policy: run.policy.last,
      people: people.names()
    })
  );
  const commands = new LineCommands({
    acts: run.acts,
    outline: () => outline.current(),
    print: (key, text) => outputs.publish(key, { kind: 'stream', name: 'stdout', text })
  });
  const gate = new RunGatekeeper({
    ...run,
    commands,
    always: checksOfCell({ ...run, folder: parts.folder, textForm: parts.textForm ?? null }),
    checks: checksOfStep({ ...run, folder: parts.folder, patienceMs: parts.patienceMs })
  });
  return { ...run, commands, gate };
}
