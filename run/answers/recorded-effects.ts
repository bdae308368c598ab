// The effects that the journal holds of chosen attempts, read again: the state keeps only those without an end.
import type { JournalRecord } from '../../contract/journal/journal.js';
import { isMarkedAsChange, onlyLooks } from '../../contract/plans/looks.js';
import { continuedEffects } from './continued-effects.js';
import type { RecordedEffect } from './recorded-effect.js';

/** An attempt and the earlier ones that it continues. */
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
  const failed = new Set<string>();
  for await (const record of records) {
    if (record.kind === 'attempt-ended' && record.outcome === 'failed') {
      failed.add(`${record.step} ${record.attempt}`);
    } else if (record.kind === 'attempt-started' && failed.has(`${record.step} ${record.continues}`)) {
      // Continued after a failure: from here on only what was kept of it counts.
      byStep.set(record.step, [...continuedEffects(byStep.get(record.step) ?? []).kept]);
    } else if (record.kind === 'effect-started' && wanted.get(record.step)?.includes(record.attempt)) {
      const { effect: id, helper, label, request, attempt, seq: startSeq } = record;
      const place = {
        ...(record.within === undefined ? {} : { within: record.within }),
        ...(record.lane === undefined ? {} : { lane: record.lane }),
        ...(isMarkedAsChange(request) ? { changes: true } : {})
      };
      const found = {
        id,
        helper,
        label,
        request,
        attempt,
        ...place,
        startSeq,
        endSeq: null,
        end: null,
        judged: null
      };
      byId.set(id, found);
      byStep.get(record.step)!.push(found);
    } else if (record.kind === 'effect-ended') {
      const found = byId.get(record.effect);
      if (found) {
        found.endSeq = record.seq;
        // A look that was cut off is made again.
        const isOver = record.outcome !== 'inconclusive' || !onlyLooks(found);
        found.end = isOver ? { outcome: record.outcome, result: record.result } : null;
      }
    } else if (record.kind === 'effect-judged') {
      const found = byId.get(record.effect);
      if (found) {
        const { judgement, reason, by } = record;
        found.judged = { judgement, by: by.name, reason };
        // How it was cut off says less than the person who has looked.
        found.end = found.end?.outcome === 'inconclusive' ? null : found.end;
      }
    }
  }
  return byStep;
}
