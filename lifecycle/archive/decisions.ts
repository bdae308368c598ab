// Who decided what, when, and how long they were waited for.
import { describeApprovalStatus } from '../../contract/fallback.js';
import { formatCount, formatDuration, formatUtc } from '../../contract/format.js';
import { describePerson } from '../../contract/person.js';
import type { RunState } from '../../contract/state.js';
import { escapeMarkdown } from '../text/markdown.js';

/** One row a decision, approval without decision and checklist, in the order of their requests; the cells are Markdown. */
export function decisionRows(state: RunState): string[][] {
  const rows = [
    ...Object.values(state.approvals).map(approval => ({
      at: approval.requestedAt,
      rows:
        approval.decisions.length === 0
          ? [[approval.name, describeApprovalStatus(approval.status), '', '', '', '']]
          : approval.decisions.map(decision => [
              approval.name,
              decision.decision,
              describePerson(decision.by),
              formatUtc(decision.at),
              waited(approval.requestedAt, decision.at),
              decision.comment
            ])
    })),
    ...Object.values(state.checklists).map(checklist => {
      const ticked = checklist.items.filter(item => item.ticked);
      const people = [...new Set(ticked.map(item => describePerson(item.ticked!.by)))];
      const done = `${ticked.length} of ${formatCount(checklist.items.length, 'item')}`;
      const isDone = checklist.status === 'done';
      const at = isDone ? formatUtc(checklist.changedAt) : '';
      const wait = isDone ? waited(checklist.requestedAt, checklist.changedAt) : '';
      return {
        at: checklist.requestedAt,
        rows: [[checklist.name, `${done} ticked`, people.join(', '), at, wait, '']]
      };
    })
  ];
  return rows
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .flatMap(part => part.rows)
    .map(row => row.map(escapeMarkdown));
}

function waited(from: string, to: string): string {
  return formatDuration(Date.parse(to) - Date.parse(from));
}
