// What an approval shows and is bound to, part by part, each with the hash that it has to have. Kernel and command hash them with Node, the
// decision page with the browser; all of them compare the same parts.
import { stableText } from '../base/stable-text.js';
import { OPEN_RULES } from './approval-rules.js';
import type { ContentBinding } from './content-binding.js';
import type { ApprovalRules } from './hold-rules.js';
import type { ApprovalState } from './hold.js';

/** One part: its text, and the SHA-256 (hex) that it has to have. */
export interface ShownPart {
  /** `the question`, `the evidence “Checks”`. */
  readonly what: string;
  readonly text: string;
  readonly hash: string | undefined;
  /** What people read of it, in which a mask may stand. */
  readonly read: string;
}

/** A part that is wrong whatever its hash is. */
export interface ShownParts {
  readonly parts: readonly ShownPart[];
  /** What does not fit without a hash: the list of evidence, the phase. */
  readonly wrong: readonly { readonly what: string; readonly read: string }[];
}

/** The parts of a request that has a binding. */
export function shownParts(
  { request, content, phase }: Pick<ApprovalState, 'request' | 'content' | 'phase'>,
  binding: ContentBinding
): ShownParts {
  const labels = request.evidence.map(({ label }) => label);
  const hashOf = (label: string): string | undefined =>
    Object.hasOwn(binding.evidence, label) ? binding.evidence[label] : undefined;
  const isWholeList =
    new Set(labels).size === labels.length &&
    Object.keys(binding.evidence).length === labels.length &&
    labels.every(label => hashOf(label) !== undefined);
  const hasRules = binding.reach !== undefined || request.nonce !== undefined;
  const rules = rulesText(request.approvers, request.rules ?? OPEN_RULES, request.doubt);
  return {
    parts: [
      { what: 'its parts', text: contentText(binding), hash: content, read: JSON.stringify(binding) },
      { what: 'the question', text: request.question, hash: binding.question, read: request.question },
      ...request.evidence
        .filter(({ label }) => hashOf(label) !== undefined)
        .map(({ label, text }) => ({
          what: `the evidence “${label}”`,
          text,
          hash: hashOf(label),
          read: text
        })),
      ...(hasRules ? [{ what: 'the rules', text: rules, hash: binding.rules, read: '' }] : [])
    ],
    wrong: [
      ...(isWholeList
        ? []
        : [
            {
              what: 'the list of evidence',
              read: JSON.stringify([labels, Object.keys(binding.evidence)])
            }
          ]),
      ...(hasRules && binding.phase !== phase ? [{ what: 'the phase', read: '' }] : [])
    ]
  };
}

/** The text whose hash is the content of an approval. In bindings of older versions the order of the phases is not part of it. */
export function contentText(binding: ContentBinding): string {
  return stableText(binding.reach === undefined ? withoutPhases(binding) : binding);
}

/**
 * The text whose hash stands for the rules of a request, with what it says of four eyes, because whoever signs reads that. Reminders, and the
 * time from which the deputies are asked, are not among them.
 */
export function rulesText(approvers: readonly string[], rules: ApprovalRules, doubt?: string): string {
  const deputies = rules.escalation?.seats ?? [];
  const said = doubt === undefined ? {} : { doubt };
  return stableText({ ...withoutTimes(rules), approvers, deputies, ...said });
}

function withoutPhases({ phases: _, ...binding }: ContentBinding): Omit<ContentBinding, 'phases'> {
  return binding;
}

function withoutTimes({
  remindEveryMs: _remind,
  escalation: _escalation,
  ...rules
}: ApprovalRules): Omit<ApprovalRules, 'remindEveryMs' | 'escalation'> {
  return rules;
}
