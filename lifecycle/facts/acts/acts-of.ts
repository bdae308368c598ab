// Everything that happened beside the attempts, in the order of time: acts of people, and events that nobody has done.
import type { JournalRecord, RecordKind } from '../../../contract/journal/journal.js';
import { EffectsDone } from '../../../contract/plans/without-undo.js';
import { applyRecord } from '../../../contract/reduce/reduce.js';
import { emptyRunState } from '../../../contract/state/state.js';
import type { ActFacts } from './act-facts.js';
import type { StepTitles } from './step-titles.js';
import type { Known, Teller } from './teller.js';
import { TELLERS } from './tellers.js';

/** The acts of people, and the other events, each in the order of time. */
export interface ToldActs {
  readonly acts: readonly ActFacts[];
  readonly events: readonly ActFacts[];
}

/** Tells the records. */
export function actsOf(records: readonly JournalRecord[], names: StepTitles): ToldActs {
  const acts: ActFacts[] = [];
  const events: ActFacts[] = [];
  const known: Known = { before: emptyRunState(), names, effects: new EffectsDone() };
  for (const record of records) {
    // A kind of a later version has none.
    const teller = TELLERS[record.kind] as Teller<RecordKind> | null | undefined;
    const told = teller?.(record, known);
    if (told) {
      const {
        by = null,
        what,
        details = [],
        reason = '',
        at = record.at,
        steps = [],
        isDeviation = false
      } = told;
      const { seq, kind } = record;
      const isOfKernel = told.isOfKernel && { isOfKernel: told.isOfKernel };
      const act: ActFacts = { at, seq, kind, by, ...isOfKernel, what, details, reason, steps, isDeviation };
      (by !== null || told.isAct ? acts : events).push(act);
    }
    known.effects.note(record);
    applyRecord(known.before, record);
  }
  return { acts: acts.toSorted(byTime), events: events.toSorted(byTime) };
}

/** A decision that was signed before it came is told where it belongs. */
function byTime(a: ActFacts, b: ActFacts): number {
  return Date.parse(a.at) - Date.parse(b.at) || a.seq - b.seq;
}
