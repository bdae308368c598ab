// Puts together what brings a run back: the gate before each step, the replay, judgements, the way back, and the two ways to ask for
// them, line commands and messages.
import type { Outline } from '../../../contract/outline.js';
import type { Cell, CellOutput, ExecuteOutcome, Interpreter } from '../../core/ports.js';
import type { Masking } from '../masking.js';
import type { NotebookFile } from '../notebook-file.js';
import type { OutlineSource } from '../outline-source.js';
import type { People } from '../people.js';
import type { RunKeeper } from '../run-keeper.js';
import type { StepRegister } from '../step-register.js';
import { AttemptReplay } from './attempt-replay.js';
import { ExecutorLosses } from './executor-losses.js';
import { Judgements } from './judgements.js';
import { Lane } from './lane.js';
import { RecoveryGate } from './recovery-gate.js';
import type { ResumeActParts } from './resume-acts.js';
import { Resumer } from './resumer.js';
import { Rewinder } from './rewinder.js';
import { Roller } from './roller.js';
import { interpretRunCommands, type RunCommandParts } from './run-commands.js';
import { SourceTexts } from './source-texts.js';
import { UndoFunctions } from './undo-functions.js';
import type { UndoOutputs } from './undo-outputs.js';
import { UndoSteps } from './undo-steps.js';

/** What the kernel gives. */
export interface ResumeParts {
  readonly keeper: RunKeeper;
  readonly register: StepRegister;
  readonly notebook: NotebookFile | null;
  readonly outline: OutlineSource;
  readonly people: People;
  readonly masking: Masking;
  readonly interpreter: () => Interpreter;
  readonly undoOutputs: UndoOutputs;
  readonly publish: (cellKey: string, output: CellOutput) => void;
  readonly forgetRollbacks: (ids: readonly string[]) => void;
}

/** What the kernel gets. */
export interface ComposedResume {
  readonly losses: ExecutorLosses;
  readonly recovery: RecoveryGate;
  readonly texts: SourceTexts;
  readonly acts: ResumeActParts;
  readonly replay: AttemptReplay;
  readonly undoFunctions: UndoFunctions;
  /** Carries out line commands, and leaves the other cells to `inner`. */
  readonly interpret: (inner: Interpreter, releasePhase: RunCommandParts['releasePhase']) => Interpreter;
}

/** Makes all of it. */
export function composeResume(parts: ResumeParts): ComposedResume {
  const { keeper, register, notebook, people, masking, publish, forgetRollbacks } = parts;
  const outline = (): Outline => parts.outline.current();
  const mask = <T>(value: T): T => masking.json(value);
  const evaluate = (cell: Cell): Promise<ExecuteOutcome> => parts.interpreter().execute(cell, {});
  const lane = new Lane();
  const losses = new ExecutorLosses(keeper);
  const texts = new SourceTexts(notebook, () => parts.outline.sources());
  const replay = new AttemptReplay({ keeper, register, evaluate });
  const resumer = new Resumer({ keeper, losses, replay, texts, outline, mask, forgetRollbacks });
  const judgements = new Judgements({ keeper, outline });
  const undoFunctions = new UndoFunctions({ keeper, replay, texts, outline, mask, forgetRollbacks });
  const undo = new UndoSteps({
    keeper,
    register,
    functions: undoFunctions,
    losses,
    mask,
    evaluate,
    outputs: parts.undoOutputs
  });
  const rewinder = new Rewinder({ keeper, outline, undo });
  const roller = new Roller({ keeper, outline, undo });
  const acts = { resumer, judgements, rewinder, roller, lane };
  return {
    losses,
    recovery: new RecoveryGate({ keeper, lane, losses, mask }),
    texts,
    acts,
    replay,
    undoFunctions,
    interpret: (inner, releasePhase) =>
      interpretRunCommands(inner, {
        ...acts,
        releasePhase,
        outline,
        personOf: cell => people.of(cell.session, cell.username),
        print: (key, text) => publish(key, { kind: 'stream', name: 'stdout', text })
      })
  };
}
