// Steps that change the world: each needs an undo step, a check afterwards, and its hold point before it.
import type { OutlineCell } from '../../notebook/outline.js';
import type { HelperCall } from '../../notebook/source-facts.js';
import { commandsIn, onlyReads } from './commands.js';
import type { LintRule, LintedRunbook, Place } from './finding.js';
import { codeCells, codeOf, placeAt } from './source-text.js';

/** Words for changing something. */
export const VERBS =
  'deploy|migrate|apply|delete|destroy|restart|rollout|upgrade|scale|patch|drop|publish|promote|drain|failover|switch|truncate|terminate|rm|scp|rsync';
const CHANGES = new RegExp(`\\b(?:${VERBS})\\b`);
const REQUEST = /\bhttp\s*\.\s*(?:post|put|patch|delete)\s*\(/;
const LOOK =
  /\bhttp\s*\.\s*(?:get|head)\s*\(|\bsplunk\b|\bpoll\s*\(|\bsoak\s*\(|\bcheck\s*\(|\bexpect\w*\s*\(|\.until\s*\(|\$(?:\([^)]*\))?`[^`]*\b(?:status|health\w*|validate|verify|check|test|smoke|get|describe|logs|curl)\b/;

/** True when code has a command or request that changes something; undo steps, dry runs and commands that only read are none. */
export function isChange(code: string): boolean {
  return changeIn(code) >= 0;
}

/** Offset of the first change, or -1. */
function changeIn(code: string): number {
  const forward = code.replace(/\brollback\s*\([\s\S]*?\)\s*;/g, part => part.replace(/[^\n]/g, ' '));
  const command = commandsIn(forward).find(each => CHANGES.test(each.text) && !onlyReads(each));
  const offsets = [command?.offset ?? -1, forward.search(REQUEST)].filter(offset => offset >= 0);
  return offsets.length === 0 ? -1 : Math.min(...offsets);
}

/** A change that nobody has said how to undo. */
export const CHANGE_WITHOUT_ROLLBACK: LintRule = {
  id: 'change-without-rollback',
  severity: 'warning',
  reason: 'The undo step is written before the change, not after the change has failed.',
  fix: 'Register it in the same cell, before the change: await rollback(`orders back to ${previous}`, () => $`…`). A command that only reads says so: $({ changes: false })`…`.',
  find: runbook =>
    changes(runbook)
      .filter(({ code }) => !/\brollback\s*\(/.test(code))
      .map(({ cell, code, offset }) =>
        placeAt(cell, code, offset, 'The step changes something and registers no undo step.')
      )
};

/** A change that nobody looks at afterwards. */
export const CHANGE_WITHOUT_VERIFICATION: LintRule = {
  id: 'change-without-verification',
  severity: 'warning',
  reason: 'A command that ended with 0 has said that it ended, not that the system works.',
  fix: 'Look at the result, in the same step or a later one: http.get(…).until(…), splunk…expectNone(), soak(…).',
  find: runbook => {
    const cells = codeCells(runbook);
    const lastLook = cells.findLastIndex(cell => LOOK.test(codeOf(cell)));
    return changes(runbook)
      .filter(
        ({ cell, code, offset }) =>
          cells.indexOf(cell) >= lastLook && !LOOK.test(code.slice(offset).replace(/`[^`]*`/, ''))
      )
      .map(({ cell, code, offset }) =>
        placeAt(
          cell,
          code,
          offset,
          'The step changes something, and nothing after it checks whether it worked.'
        )
      );
  }
};

/** A sign-off that comes when it is done. */
export const HOLD_AFTER_CHANGE: LintRule = {
  id: 'hold-after-change',
  severity: 'error',
  reason: 'An approval after the change cannot prevent it.',
  fix: 'Put the approval() into a phase or cell before the change.',
  find: runbook =>
    runbook.outline.phases.flatMap((phase): Place[] => {
      const steps = phase.steps.flatMap(step => runbook.cells.find(cell => cell.id === step.id) ?? []);
      const firstHold = steps.findIndex(cell => approvalIn(runbook, cell) !== undefined);
      const firstChange = steps.findIndex(cell => isChange(codeOf(cell)));
      const hold = steps[firstHold];
      if (hold === undefined || firstChange < 0) {
        return [];
      }
      const code = codeOf(hold);
      const offset = approvalIn(runbook, hold)!.start;
      const isAfter = firstChange < firstHold || (firstChange === firstHold && changeIn(code) < offset);
      return isAfter
        ? [placeAt(hold, code, offset, 'The hold point comes after the change of its phase.')]
        : [];
    })
};

/** A checklist may close a phase; a question comes before it. */
function approvalIn({ factsOf }: LintedRunbook, cell: OutlineCell): HelperCall | undefined {
  return factsOf(codeOf(cell))?.holds.find(({ helper }) => helper === 'approval');
}

interface Change {
  readonly cell: OutlineCell;
  readonly code: string;
  readonly offset: number;
}

function changes(runbook: LintedRunbook): Change[] {
  return codeCells(runbook)
    .map(cell => ({ cell, code: codeOf(cell), offset: changeIn(codeOf(cell)) }))
    .filter(({ offset }) => offset >= 0);
}
