// What a finding says at its cell: plain data, so that it can be tested alone.
import type { LintFinding } from '../../contract/lint/rules/finding.js';
import type { Words } from '../page/words.js';

/** A finding with its place in the text. */
export interface FindingLook {
  readonly rule: string;
  /** `launchbook lint` fails because of it. */
  readonly isSerious: boolean;
  readonly message: string;
  readonly fix: string;
  /** Why it is a rule; '' when it comes from none. */
  readonly reason: string;
  /** 1-based; 0 when it is about no line. */
  readonly line: number;
  /** Offsets of the line without the blanks around it. */
  readonly from: number;
  readonly to: number;
}

/** The finding in `text`, the source of its cell. A line after the end of the text counts as the last one. */
export function findingLook(finding: LintFinding, text: string): FindingLook {
  const { rule, severity, message, fix, reason } = finding;
  const lines = text.split('\n');
  const line = Math.min(Math.max(1, finding.line), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const content = lines[line - 1]!;
  const from = start + content.length - content.trimStart().length;
  return {
    rule,
    isSerious: severity === 'error',
    message,
    fix,
    reason,
    line,
    from,
    to: Math.max(from, start + content.trimEnd().length)
  };
}

/** What is said at the head of a runbook whose launchbook.yml cannot be read. */
export function faultLook(
  fault: { readonly message: string; readonly hint: string },
  words: Words
): FindingLook {
  return {
    rule: 'launchbook.yml',
    isSerious: true,
    message: words.__('No rule is switched off: %1', fault.message),
    fix: fault.hint,
    reason: '',
    line: 0,
    from: 0,
    to: 0
  };
}
