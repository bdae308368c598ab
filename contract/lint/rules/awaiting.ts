// Helpers whose end nobody awaits: the step cannot stop where they fail.
import { textOf } from '../../notebook/outline.js';
import type { LintRule } from './finding.js';
import { codeCells } from './source-text.js';

/** A command, request or question that is begun and not awaited. */
export const HELPER_NOT_AWAITED: LintRule = {
  id: 'helper-not-awaited',
  severity: 'error',
  reason: 'The step goes on while it still runs, and what comes after it is done although it may fail.',
  fix: 'Write await before the call. What is meant to go on beside later steps is begun with background(name, …).',
  find: runbook =>
    codeCells(runbook).flatMap(cell =>
      (runbook.factsOf(textOf(cell.source))?.unawaited ?? []).map(({ helper, line }) => ({
        cell: cell.id ?? '',
        line,
        message: `The call of ${helper} is not awaited.`
      }))
    )
};
