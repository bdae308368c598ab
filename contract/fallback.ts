// What an approval and a checklist look like where our extension is not: GitHub, nbconvert, a terminal.
// Only div, ul, li, b, pre, code and span survive the sanitizer; anything else, and the tbody that every table implies, would show
// as literal tags, so glyphs carry state.
import { formatUtc } from './format.js';
import type { ApprovalState, ApprovalStatus, ChecklistState } from './hold.js';
import type { MimeBundle } from './json.js';
import { APPROVAL_MIME, CHECKLIST_MIME } from './mime.js';
import { describePerson } from './person.js';

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
    'text/html': `<div><b>${escapeHtml(head)}</b></div>${htmlList(lines.map(line => `${line.glyph} ${line.cells.map(escapeHtml).join(' — ')}`))}`,
    'text/markdown': [
      `**${escapeMarkdown(head)}**`,
      '',
      ...lines.map(line => `- ${line.glyph} ${line.cells.map(escapeMarkdown).join(' — ')}`)
    ].join('\n'),
    'text/plain': [
      head,
      ...lines.map(line => `${line.glyph === '☑' ? '[x]' : '[ ]'} ${line.cells.join(' — ')}`)
    ].join('\n')
  };
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

function factsOf(approval: ApprovalState): (readonly [string, string])[] {
  const awaited = approval.request.approvers.join(', ') || 'anybody';
  return [
    ...(approval.status === 'pending'
      ? [['Waiting for', `${awaited}, since ${formatUtc(approval.requestedAt)}`] as const]
      : []),
    ...approval.decisions.map(
      decision =>
        [
          `${WORDS[decision.decision]} by ${describePerson(decision.by)}`,
          `${formatUtc(decision.at)}${decision.comment ? `, “${decision.comment}”` : ''}`
        ] as const
    ),
    ...approval.request.evidence.map(evidence => [evidence.label, evidence.text] as const),
    ['Content', approval.content.slice(0, 12)]
  ];
}

function textBundle(glyph: string, rows: readonly (readonly [string, string])[]): MimeBundle {
  const [head, ...facts] = rows as [readonly [string, string], ...(readonly [string, string])[]];
  const mark = glyph === '☑' ? '[x]' : glyph === '✗' ? '[-]' : '[ ]';
  return {
    'text/html': `<div>${glyph} <b>${escapeHtml(head[0])}</b> — ${escapeHtml(head[1])}</div>${htmlList(facts.map(htmlFact))}`,
    'text/markdown': [
      `${glyph} **${escapeMarkdown(head[0])}** — ${escapeMarkdown(head[1])}`,
      '',
      ...facts.map(fact => `- ${escapeMarkdown(fact[0])}: ${escapeMarkdown(fact[1])}`)
    ].join('\n'),
    'text/plain': [
      `${mark} ${head[0]} — ${head[1]}`,
      ...facts.map(fact => `    ${fact[0]}: ${fact[1]}`)
    ].join('\n')
  };
}

function htmlFact([label, text]: readonly [string, string]): string {
  const isBlock = text.includes('\n');
  return `${escapeHtml(label)}: ${isBlock ? `<pre>${escapeHtml(text)}</pre>` : escapeHtml(text)}`;
}

function htmlList(items: readonly string[]): string {
  return `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}
