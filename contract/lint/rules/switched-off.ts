// Rules that a cell switches off for itself, with a reason: `// lint-off RULE: reason` in code, `<!-- lint-off RULE: reason -->` in prose.
import { didYouMean } from '../../base/did-you-mean.js';
import { textOf, type OutlineCell } from '../../notebook/outline.js';
import type { LintRule } from './finding.js';

/** A rule that a cell switches off. */
export interface SwitchedOff {
  readonly cell: string;
  readonly rule: string;
  /** Empty: it is not switched off. */
  readonly reason: string;
  /** 1-based. */
  readonly line: number;
}

const LINE = /^\s*(?:\/\/|<!--)\s*lint-off\s+([\w-]+)\s*(?::\s*(.*?))?\s*(?:-->)?\s*$/;

/** The rules that cells switch off, in the order of the cells. */
export function switchedOffIn(cells: readonly OutlineCell[]): SwitchedOff[] {
  return cells.flatMap(cell =>
    textOf(cell.source)
      .split('\n')
      .flatMap((text, index) => {
        const [, rule, reason = ''] = LINE.exec(text) ?? [];
        return rule === undefined ? [] : [{ cell: cell.id ?? '', rule, reason, line: index + 1 }];
      })
  );
}

/** One that switches nothing off: no such rule, or no reason. */
export function faultyLintOff(known: () => readonly string[]): LintRule {
  return {
    id: 'faulty-lint-off',
    severity: 'error',
    reason:
      'What is switched off by mistake is missed by nobody, and without a reason nobody knows whether it still holds.',
    fix: 'Write // lint-off RULE: the reason, with a rule that launchbook lint names.',
    find: ({ cells }) =>
      switchedOffIn(cells)
        .filter(({ rule, reason }) => reason === '' || !known().includes(rule))
        .map(({ cell, rule, reason, line }) => ({
          cell,
          line,
          message:
            reason === ''
              ? `The rule ${rule} is to be switched off without a reason, so it is not.`
              : `There is no rule ${rule}.${didYouMean(rule, known())}`
        }))
  };
}
