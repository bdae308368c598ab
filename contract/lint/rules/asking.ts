// Names that ask people: a step that asks must show it in its own text, or nothing is locked behind it.
import { textOf } from '../../notebook/outline.js';
import type { LintRule } from './finding.js';
import { codeCells } from './source-text.js';

/** `approval`, `checklist` or `gather` under another name, handed on, or declared anew. */
export const HIDDEN_HOLD: LintRule = {
  id: 'hidden-hold',
  severity: 'error',
  reason:
    'A hold point is found by the call in the text of its step; one that is asked for in another way is refused.',
  fix: "Call it by its name in the step that waits: await approval('QA sign-off'). Give names of your own another spelling.",
  find: runbook =>
    codeCells(runbook).flatMap(cell => {
      const facts = runbook.factsOf(textOf(cell.source));
      const place = (line: number, message: string) => ({ cell: cell.id ?? '', line, message });
      return [
        ...(facts?.indirect ?? []).map(({ helper, line }) =>
          place(line, `${helper} is used without being called by its name.`)
        ),
        ...(facts?.redeclared ?? []).map(({ helper, line }) =>
          place(line, `The cell declares ${helper} anew.`)
        )
      ];
    })
};
