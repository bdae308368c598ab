// What a rollback leaves as it is: steps that did something and registered no undo step. The state keeps no effects that have ended, so
// the journal is read.
import type { JournalRecord } from '../journal/journal.js';
import type { Outline } from '../notebook/outline.js';
import type { RollbackPlan, StepWithoutUndo } from './rollback-plan.js';
import { Looks } from './looks.js';
import type { RunState } from '../state/state.js';

/** An effect, as far as a reader needs it. */
interface DoneEffect {
  readonly step: string;
  readonly label: string;
  readonly seq: number;
  readonly isLook: boolean;
}

/** The effects of a journal, noted record by record. */
export class EffectsDone {
  readonly #effects = new Map<string, DoneEffect>();
  readonly #byStep = new Map<string, DoneEffect[]>();
  readonly #looks = new Looks();

  /** Takes the next record. */
  note(record: JournalRecord): void {
    if (record.kind === 'effect-started') {
      const { effect, step, label, seq } = record;
      const done = { step, label, seq, isLook: this.#looks.take(record) };
      this.#effects.set(effect, done);
      const others = this.#byStep.get(step);
      if (others) {
        others.push(done);
      } else {
        this.#byStep.set(step, [done]);
      }
    } else if (record.kind === 'rolled-back' || record.kind === 'rewound') {
      record.steps.forEach(step => this.#byStep.delete(step));
    }
  }

  /** The effect with this id; undefined when none was noted. */
  find(effect: string): Pick<DoneEffect, 'step' | 'label'> | undefined {
    return this.#effects.get(effect);
  }

  /** What a step changed after record `seq` and no rollback has covered since, one label each. */
  changesOf(step: string, seq: number): readonly string[] {
    const changes = (this.#byStep.get(step) ?? []).filter(effect => effect.seq > seq && !effect.isLook);
    return [...new Set(changes.map(({ label }) => label))];
  }
}

/**
 * What a rollback leaves as it is, in the order of the outline. Of a checkpoint that is what was done after it, also by a step that had
 * reached it and stays passed.
 *
 * @param target - The checkpoint, or null; and the ids of the steps that become stale.
 */
export function withoutUndo(
  target: { readonly checkpoint: string | null; readonly steps: readonly string[] },
  { rollbacks, checkpoints }: RunState,
  outline: Outline,
  effects: EffectsDone
): readonly StepWithoutUndo[] {
  const sinceSeq = checkpoints.findLast(({ name }) => name === target.checkpoint)?.seq ?? 0;
  const undoable = new Set(rollbacks.filter(({ seq }) => seq > sinceSeq).map(({ step }) => step));
  const stale = new Set(target.steps);
  return outline.phases
    .flatMap(phase => phase.steps)
    .filter(({ id }) => (target.checkpoint !== null || stale.has(id)) && !undoable.has(id))
    .map(({ id, title }) => ({ step: id, title, effects: effects.changesOf(id, sinceSeq) }))
    .filter(step => step.effects.length > 0);
}

/** The plan with what cannot be undone. */
export async function withWhatHasNoUndo(
  plan: RollbackPlan,
  state: RunState,
  outline: Outline,
  records: AsyncIterable<JournalRecord> | Iterable<JournalRecord>
): Promise<RollbackPlan> {
  const effects = new EffectsDone();
  for await (const record of records) {
    effects.note(record);
  }
  const target = { checkpoint: plan.checkpoint, steps: plan.steps.map(({ step }) => step) };
  return { ...plan, without: withoutUndo(target, state, outline, effects) };
}
