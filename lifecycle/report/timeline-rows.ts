// The timeline of a report: everything that happened, when, by whom and why.
import { formatDuration, formatUtc } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import { ACT_HEADS, actRow, whatOf } from '../facts/acts/act-facts.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';
import type { AttemptFacts } from '../facts/attempts.js';

/** Heads of its columns, in their order. */
export const TIMELINE_HEADS = ACT_HEADS;

/** Attempts, acts and events in the order of time. An act that began an attempt stands in the row of the attempt. */
export function timelineRows({ attempts, acts, events }: ArchiveFacts): string[][] {
  const begun = new Map(acts.map(act => [act.seq, act]));
  const seqs = new Set(attempts.map(({ seq }) => seq));
  const executions = attempts.map(attempt => {
    const act = begun.get(attempt.seq);
    const { seq, startedAt, by, error } = attempt;
    const row = [
      formatUtc(startedAt).replace(/ UTC$/, ''),
      describePerson(by),
      `${act ? whatOf(act) : nameOf(attempt)}: ${endText(attempt, act === undefined)}`,
      [act?.reason ?? '', error?.message ?? ''].filter(text => text !== '').join('; ')
    ];
    return { at: startedAt, seq, row };
  });
  const others = [...acts, ...events].filter(({ seq }) => !seqs.has(seq));
  return [...executions, ...others.map(act => ({ at: act.at, seq: act.seq, row: actRow(act) }))]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.seq - b.seq)
    .map(({ row }) => row);
}

function nameOf({ title, phase }: AttemptFacts): string {
  return phase === '' ? title : `“${title}” (${phase})`;
}

function endText({ end, durationMs, attempt }: AttemptFacts, tellsNumber: boolean): string {
  const took = durationMs === null ? '' : ` in ${formatDuration(durationMs)}`;
  return `${end ?? 'not ended'}${took}${tellsNumber && attempt > 1 ? `, attempt ${attempt}` : ''}`;
}
