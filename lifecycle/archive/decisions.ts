// Who decided what, when, and how long they were waited for.
import { describeApprovalStatus } from '../../contract/holds/fallback.js';
import { formatCount, formatDuration, formatUtc } from '../../contract/base/format.js';
import { describePerson } from '../../contract/base/person.js';
import { describeDecider } from '../../contract/holds/decision-proves.js';
import type { ArchiveFacts } from '../facts/archive-facts.js';
import type { ApprovalFacts, ChecklistFacts } from '../facts/holds.js';

/** Rows for each approval and checklist, in the order of their requests. */
export function decisionRows({ holds }: ArchiveFacts): string[][] {
  return holds.flatMap(hold => ('items' in hold ? [checklistRow(hold)] : approvalRows(hold)));
}

/** One row a decision, one for a release against the policy, one for another end or for what became of it; else one for its status. */
function approvalRows({ name, status, decisions, breakGlass, closure }: ApprovalFacts): string[][] {
  const row = (what: string, who: string, at: string, waited: string, comment: string): string[] => [
    name,
    what,
    who,
    formatUtc(at),
    waited,
    comment
  ];
  const rows = [
    ...decisions.map(decided =>
      row(
        decided.decision,
        describeDecider(decided),
        decided.at,
        decided.waitedMs > 0 ? formatDuration(decided.waitedMs) : '',
        decided.comment
      )
    ),
    ...(breakGlass
      ? [
          row(
            'released against the policy',
            describePerson(breakGlass.by),
            breakGlass.at,
            '',
            breakGlass.reason
          )
        ]
      : []),
    ...(closure
      ? [
          row(
            wordOf(closure.status),
            closure.by === null ? '' : describePerson(closure.by),
            closure.at,
            '',
            closure.reason
          )
        ]
      : [])
  ];
  return rows.length > 0 ? rows : [[name, wordOf(status), '', '', '', '']];
}

function wordOf(status: ApprovalFacts['status']): string {
  return describeApprovalStatus(status).toLowerCase();
}

function checklistRow({ name, items, waitedMs, changedAt }: ChecklistFacts): string[] {
  const ticks = items.flatMap(({ ticked }) => ticked ?? []);
  const people = [...new Set(ticks.map(({ by }) => describePerson(by)))];
  const done = `${ticks.length} of ${formatCount(items.length, 'item')} ticked`;
  const end = waitedMs === null ? ['', ''] : [formatUtc(changedAt), formatDuration(waitedMs)];
  return [name, done, people.join(', '), ...end, ''];
}
