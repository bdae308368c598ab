// Puts together what brings a run back: the gate before each step, the replay, judgements and the way back.
import type { Outline } from '../../contract/notebook/outline.js';
import type { Cell, CellOutcome } from '../ports.js';
import { AttemptReplay } from '../resume/attempt-replay.js';
import { Continuing } from '../resume/continuing.js';
import { Judgements } from '../resume/judgements.js';
import { Lane } from '../keeper/lane.js';
import { RecoveryGate } from '../resume/recovery-gate.js';
import type { ActParts } from '../acts/act.js';
import { Resumer } from '../resume/resumer.js';
import { Rollback } from '../going-back/rollback.js';
import type { KeptRun } from './compose-keeper.js';
import { SourceTexts } from '../resume/source-texts.js';
import { UndoFunctions } from '../going-back/undo-functions.js';
import type { UndoOutputs } from '../going-back/undo-outputs.js';
import { UndoSteps } from '../going-back/undo-steps.js';

/** What the kernel gives. */
export interface ResumeParts extends KeptRun {
  /** Evaluates a cell that no client has sent. */
  readonly evaluate: (cell: Cell) => Promise<CellOutcome>;
  readonly undoOutputs: UndoOutputs;
  /** Undo steps that have run already, which a replay has registered again in the executor. */
  readonly forgetRollbacks: (ids: readonly string[]) => void;
}

/** What the kernel gets. */
export interface ComposedResume {
  readonly recovery: RecoveryGate;
  readonly texts: SourceTexts;
  /** What acts of going on and going back work with. */
  readonly acts: Pick<ActParts, 'resumer' | 'judgements' | 'continuing' | 'rollback' | 'lane'>;
  readonly undoFunctions: UndoFunctions;
}

/** Makes all of it. */
export function composeResume(parts: ResumeParts): ComposedResume {
  const { keeper, register, notebook, masking, losses, evaluate, forgetRollbacks } = parts;
  const outline = (): Outline => parts.outline.current();
  const mask = <T>(value: T): T => masking.json(value);
  const lane = new Lane();
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
  const rollback = new Rollback({ keeper, outline, undo });
  const continuing = new Continuing({ keeper, hashOf: (step, open) => texts.current(open)[step] });
  const acts = { resumer, judgements, continuing, rollback, lane };
  return { recovery: new RecoveryGate({ keeper, lane, losses, mask }), texts, acts, undoFunctions };
}
