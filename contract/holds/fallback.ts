// What an approval and a checklist look like where our extension is not: GitHub, nbconvert, a terminal.
// Only div, ul, li, b, pre, code and span survive the sanitizer; anything else, and the tbody that every table implies, would show
// as literal tags, so glyphs carry state.
import { rulesOf, standingOf } from './approval-rules.js';
import { describeDecider } from './decision-proves.js';
import { holderOf, lookOfTask, type TaskListState, type TaskState } from './task-list.js';
import { TASK_WORDS } from './task-words.js';
import type { ApprovalDecision, ApprovalState, ApprovalStatus, ChecklistState } from './hold.js';
import { isPending } from './pending.js';
import { htmlText, markdownText, visibleLine, visibleText } from '../base/escape.js';
import { formatUtc } from '../base/format.js';
import type { MimeBundle } from '../base/json.js';
import { APPROVAL_MIME, TASK_LIST_MIME, CHECKLIST_MIME } from './mime.js';
import { describePerson } from '../base/person.js';

/** The full MIME bundle of an approval: our type and its three fallbacks. */
export function approvalBundle(approval: ApprovalState, run: string | null): MimeBundle {
  const rows = [headOf(approval), ...factsOf(approval)];
  return {
    [APPROVAL_MIME]: JSON.parse(JSON.stringify({ version: 1, run, approval })),
    ...textBundle(GLYPHS[approval.status], rows)
  };
}

/** The full MIME bundle of a checklist. */
export function checklistBundle(checklist: ChecklistState, run: string | null): MimeBundle {
  const done = checklist.items.filter(item => item.ticked).length;
  const lines = checklist.items.map(item => {
    const facts = item.ticked
      ? `${describePerson(item.ticked.by)}, ${formatUtc(item.ticked.at)}`
      : item.required
        ? 'open'
        : 'open, optional';
    return { glyph: item.ticked ? '☑' : '☐', cells: [item.text, facts] };
  });
  const head = `${checklist.name}: ${done} of ${checklist.items.length} done`;
  return {
    [CHECKLIST_MIME]: JSON.parse(JSON.stringify({ version: 1, run, checklist })),
    ...listBundle(head, lines)
  };
}

/**
 * The full MIME bundle of a task list.
 *
 * @param now - Which tasks are late or silent is said for this time, ISO 8601 UTC.
 */
export function taskListBundle(taskList: TaskListState, run: string | null, now: string): MimeBundle {
  const done = taskList.tasks.filter(task => task.status === 'done').length;
  const head = `${taskList.name}: ${done} of ${taskList.tasks.length} done`;
  const lines = taskList.tasks.map(task => ({
    glyph: task.status === 'done' ? '☑' : '☐',
    cells: [task.title, describeTask(task, now)]
  }));
  return {
    [TASK_LIST_MIME]: JSON.parse(JSON.stringify({ version: 1, run, board: taskList })),
    ...listBundle(head, lines)
  };
}

/** A heading and lines with their marks, in the three plain formats. */
function listBundle(
  head: string,
  lines: readonly { readonly glyph: string; readonly cells: readonly string[] }[]
): MimeBundle {
  return {
    'text/html': `<div><b>${htmlText(head)}</b></div>${htmlList(lines.map(line => `${line.glyph} ${line.cells.map(htmlText).join(' — ')}`))}`,
    'text/markdown': [
      `**${markdownText(head)}**`,
      '',
      ...lines.map(line => `- ${line.glyph} ${line.cells.map(markdownText).join(' — ')}`)
    ].join('\n'),
    'text/plain': [
      visibleLine(head),
      ...lines.map(line => `${line.glyph === '☑' ? '[x]' : '[ ]'} ${visibleLine(line.cells.join(' — '))}`)
    ].join('\n')
  };
}

function describeTask(task: TaskState, now: string): string {
  const look = lookOfTask(task, now);
  const owner =
    task.handedOverAt !== null && task.deputy !== null
      ? `${task.deputy.name} for ${task.owner.name} since ${formatUtc(task.handedOverAt)}`
      : holderOf(task).name;
  return [
    TASK_WORDS[look],
    owner,
    ...(task.critical ? ['critical'] : []),
    ...(task.dueAt !== null && look !== 'done' ? [`due ${formatUtc(task.dueAt)}`] : []),
    ...(task.heard
      ? [
          `${describePerson(task.heard.by)}, ${formatUtc(task.heard.at)}${task.heard.comment ? `, “${task.heard.comment}”` : ''}`
        ]
      : []),
    ...(task.checkFault ? [`check: ${task.checkFault}`] : [])
  ].join(', ');
}

const GLYPHS: Record<ApprovalStatus, string> = {
  pending: '☐',
  approved: '☑',
  rejected: '✗',
  expired: '✗',
  withdrawn: '☐',
  stale: '☐',
  revoked: '✗'
};

const WORDS: Record<ApprovalStatus, string> = {
  pending: 'Waiting for approval',
  approved: 'Approved',
  rejected: 'Rejected',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  stale: 'Stale',
  revoked: 'Revoked'
};

/** The word for a status, as shown everywhere. */
export function describeApprovalStatus(status: ApprovalStatus): string {
  return WORDS[status];
}

function headOf(approval: ApprovalState): readonly [string, string] {
  return [`${WORDS[approval.status]}: ${approval.name}`, approval.request.question];
}

type Fact = readonly [string, string];

function factsOf(approval: ApprovalState): Fact[] {
  return [
    ...(isPending(approval) ? awaitedFacts(approval) : []),
    ...(approval.request.doubt === undefined ? [] : [fact('Note', approval.request.doubt)]),
    ...approval.decisions.map(describeDecision),
    ...(approval.breakGlass
      ? [
          fact(
            'Released against the policy by',
            `${describePerson(approval.breakGlass.by)}, ${formatUtc(approval.breakGlass.at)}, “${approval.breakGlass.reason}”`
          )
        ]
      : []),
    ...(approval.closure
      ? [
          fact(
            WORDS[approval.closure.status],
            `${approval.closure.by ? `by ${describePerson(approval.closure.by)}, ` : ''}${formatUtc(approval.closure.at)}, ${approval.closure.reason}`
          )
        ]
      : []),
    ...approval.request.evidence.map(evidence => fact(evidence.label, evidence.text)),
    fact('Content', approval.content.slice(0, 12))
  ];
}

function fact(label: string, text: string): Fact {
  return [label, text];
}

function awaitedFacts(approval: ApprovalState): Fact[] {
  const { required, approvedBy, awaited } = standingOf(approval);
  const who = awaited.join(', ') || 'anybody';
  const { grade, fourEyes, escalation } = rulesOf(approval.request);
  const asked = [
    ...(grade === 'claimed' ? [] : [`grade ${grade}`]),
    ...(fourEyes ? ['not the driver'] : [])
  ].join(', ');
  return [
    fact('Waiting for', `${who}${asked ? ` (${asked})` : ''}, since ${formatUtc(approval.requestedAt)}`),
    ...(required > 1 ? [fact('Approved', `${approvedBy.length} of ${required}`)] : []),
    ...(approval.escalatedAt !== undefined && escalation
      ? [
          fact(
            'Asked too after silence',
            `${escalation.seats.map(seat => seat.name).join(', ')}, since ${formatUtc(approval.escalatedAt)}`
          )
        ]
      : []),
    ...(approval.request.expiresAt === null ? [] : [fact('Expires', formatUtc(approval.request.expiresAt))])
  ];
}

function describeDecision(decision: ApprovalDecision): Fact {
  const values = Object.entries(decision.values ?? {}).map(([name, value]) => `${name}: ${String(value)}`);
  const parts = [
    formatUtc(decision.at),
    ...(decision.comment ? [`“${decision.comment}”`] : []),
    ...values,
    ...(decision.signature ? [`key ${decision.signature.key}`] : [])
  ];
  return fact(`${WORDS[decision.decision]} by ${describeDecider(decision)}`, parts.join(', '));
}

function textBundle(glyph: string, rows: readonly (readonly [string, string])[]): MimeBundle {
  const [head, ...facts] = rows as [readonly [string, string], ...(readonly [string, string])[]];
  const mark = glyph === '☑' ? '[x]' : glyph === '✗' ? '[-]' : '[ ]';
  return {
    'text/html': `<div>${glyph} <b>${htmlText(head[0])}</b> — ${htmlText(head[1])}</div>${htmlList(facts.map(htmlFact))}`,
    'text/markdown': [
      `${glyph} **${markdownText(head[0])}** — ${markdownText(head[1])}`,
      '',
      ...facts.map(fact => `- ${markdownText(fact[0])}: ${markdownText(fact[1])}`)
    ].join('\n'),
    'text/plain': [
      `${mark} ${visibleLine(`${head[0]} — ${head[1]}`)}`,
      ...facts.map(([label, text]) => `    ${visibleLine(label)}: ${below(visibleText(text))}`)
    ].join('\n')
  };
}

/** Further lines are indented, so that none of them looks like a fact of its own. */
function below(text: string): string {
  return text.replaceAll('\n', '\n      ');
}

function htmlFact([label, text]: readonly [string, string]): string {
  const isBlock = text.includes('\n');
  return `${htmlText(label)}: ${isBlock ? `<pre>${htmlText(text)}</pre>` : htmlText(text)}`;
}

function htmlList(items: readonly string[]): string {
  return `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`;
}
