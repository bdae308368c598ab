// The effects that the journal holds of chosen attempts, read anew: the state keeps only those without an end.
import type { JournalRecord, Judgement } from '../../../contract/journal.js';
import type { Json } from '../../../contract/json.js';
import type { Outcome } from '../../../contract/run.js';

/** An effect as the journal tells it. */
export interface RecordedEffect {
  readonly id: string;
  readonly helper: string;
  readonly label: string;
  readonly request: Json;
  /** Sequence numbers of the records that began and ended it. */
  readonly startSeq: number;
  endSeq: number | null;
  end: { readonly outcome: Outcome; readonly result: Json } | null;
  /** What a person said became of it; the last word. */
  judged: { readonly judgement: Judgement; readonly by: string; readonly reason: string } | null;
}

/** An attempt and the earlier ones that it goes on with. */
export interface AttemptChain {
  readonly step: string;
  readonly attempts: readonly number[];
}

/** The effects of each chain by step, in the order in which they began. One pass over the journal. */
export async function readEffects(
  records: AsyncIterable<JournalRecord>,
  chains: readonly AttemptChain[]
): Promise<ReadonlyMap<string, readonly RecordedEffect[]>> {
  const byStep = new Map(chains.map(({ step }) => [step, [] as RecordedEffect[]]));
  const wanted = new Map(chains.map(({ step, attempts }) => [step, attempts]));
  const byId = new Map<string, RecordedEffect>();
  for await (const record of records) {
    if (record.kind === 'effect-started' && wanted.get(record.step)?.includes(record.attempt)) {
      const { effect: id, helper, label, request, seq: startSeq } = record;
      const found = { id, helper, label, request, startSeq, endSeq: null, end: null, judged: null };
      byId.set(id, found);
      byStep.get(record.step)!.push(found);
    } else if (record.kind === 'effect-ended') {
      const found = byId.get(record.effect);
      if (found) {
        found.endSeq = record.seq;
        found.end = { outcome: record.outcome, result: record.result };
      }
    } else if (record.kind === 'effect-judged') {
      const found = byId.get(record.effect);
      if (found) {
        const { judgement, reason, by } = record;
        found.judged = { judgement, by: by.name, reason };
      }
    }
  }
  return byStep;
}
