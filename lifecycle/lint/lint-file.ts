// Lints a notebook file with the settings of its project.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { LintFinding } from '../../contract/lint/finding.js';
import { LINT_RULES, lintRunbook } from '../../contract/lint/lint-runbook.js';
import { didYouMean } from '../../runbook/did-you-mean.js';
import { findProfileFile } from '../../runbook/environment/find-profile-file.js';
import { environmentNames } from '../new/environment-names.js';
import { withoutArchiveMarks } from '../notebook/archive-marks.js';
import { readNotebook } from '../notebook/read-notebook.js';
import { refuseFaults } from '../refused-error.js';

/** Findings, and the rules that the project has switched off with their reasons. */
export interface LintedFile {
  readonly findings: readonly LintFinding[];
  readonly off: { readonly [rule: string]: string };
}

/**
 * Lints the notebook at `path`.
 *
 * @throws RefusedError when it is no notebook, or launchbook.yml switches off a rule that does not exist or gives no reason.
 * @example
 * lintFile('release.ipynb').findings.length // 0
 */
export function lintFile(path: string): LintedFile {
  const { cells } = withoutArchiveMarks(readNotebook(path));
  const folder = dirname(resolve(path));
  const off = switchedOff(folder);
  const environments = environmentNames(folder)?.names ?? [];
  return { findings: lintRunbook(cells, { environments, off }), off };
}

function switchedOff(folder: string): { readonly [rule: string]: string } {
  const file = findProfileFile(folder);
  if (file === null) {
    return {};
  }
  const content = parse(readFileSync(file, 'utf8')) as {
    lint?: { off?: { [rule: string]: unknown } };
  } | null;
  const off = content?.lint?.off ?? {};
  const known = LINT_RULES.map(rule => rule.id);
  const faults = Object.entries(off).flatMap(([rule, reason]) => [
    ...(known.includes(rule) ? [] : [`there is no rule "${rule}".${didYouMean(rule, known)}`]),
    ...(typeof reason === 'string' && reason.trim() !== ''
      ? []
      : [`the rule "${rule}" is switched off without a reason`])
  ]);
  refuseFaults(
    'lint.settings',
    `Reading lint in ${file}`,
    faults.map(text => ({ field: null, text }))
  );
  return off as { readonly [rule: string]: string };
}
