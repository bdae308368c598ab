// Names of people and groups that an approval waits for.
import { textOf } from '../../notebook/outline.js';
import { faultsOfNames } from '../../holds/known-names.js';
import type { LintRule } from './finding.js';
import { codeCells } from './source-text.js';

/** Somebody is waited for whom nobody knows. */
export const UNKNOWN_APPROVER: LintRule = {
  id: 'unknown-approver',
  severity: 'error',
  reason:
    'An approval that waits for a misspelt name is refused when it is asked for, in the middle of the release.',
  fix: 'Write the name as launchbook.yml or allowed_signers has it, or add it to a group.',
  find: ({ names, ...runbook }) => [
    ...faultsOfNames([], names).map(message => ({
      cell: '',
      line: 1,
      message: `In launchbook.yml: ${message}`
    })),
    ...codeCells({ ...runbook, names }).flatMap(cell =>
      (runbook.factsOf(textOf(cell.source))?.approvers ?? []).flatMap(({ name, line }) =>
        faultsOfNames([name ?? ''], { ...names, doubtful: [] }).map(message => ({
          cell: cell.id ?? '',
          line,
          message
        }))
      )
    )
  ]
};
