// Values that do not belong into a template: names of environments, hosts, secrets, and releases without a parameter.
import type { LintRule, LintedRunbook, Place } from './finding.js';
import { isParametersCell } from '../../notebook/outline.js';
import { codeCells, codeOf, placeAt } from './source-text.js';

const HOST =
  /['"`\s@/](?:https?:\/\/(?!localhost\b|127\.0\.0\.1|\$\{)[\w.-]+\.[a-z]{2,}|[\w-]+(?:\.[\w-]+)*\.(?:internal|local|corp|lan|prod|intra)\b|(?!127\.|0\.)\d{1,3}(?:\.\d{1,3}){3}(?!\w))/;
const SECRET =
  /\b\w*(?:password|passwd|secret|token|api_?key|credential)\w*\s*[:=]\s*['"`](?!\$\{)[^'"`\s$]{6,}['"`]|\b(?:ghp|gho|ghs)_[A-Za-z0-9]{30,}|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----/i;

/** Environments and hosts in the source. */
export const HARD_CODED_ENVIRONMENT: LintRule = {
  id: 'hard-coded-environment',
  severity: 'error',
  reason: 'What is written into the source is rehearsed in one environment and run in another.',
  fix: 'Put it under vars of each environment in launchbook.yml and write environment.vars.NAME.',
  find: runbook => {
    const names = runbook.environments.map(name => name.replace(/[^\w-]/g, '\\$&')).join('|');
    const quoted = names === '' ? null : new RegExp(`['"\`](?:${names})['"\`]`);
    return matches(runbook, code => {
      const host = code.search(HOST);
      if (host >= 0) {
        return [host + 1, `The source names the host ${code.slice(host + 1).split(/['"`\s,;)]/)[0]}.`];
      }
      const name = quoted === null ? -1 : code.search(quoted);
      return name < 0
        ? null
        : [name, `The source names the environment ${/\w[\w-]*/.exec(code.slice(name))?.[0] ?? ''}.`];
    });
  }
};

/** Secrets in the source. */
export const SECRET_IN_SOURCE: LintRule = {
  id: 'secret-in-source',
  severity: 'error',
  reason: 'What is in the source is in git for ever; the archive of such a run is refused.',
  fix: "Read it where it is kept: const token = await secret('DEPLOY_TOKEN').",
  find: runbook =>
    codeCells(runbook).flatMap((cell): Place[] => {
      const code = codeOf(cell);
      const offset = code.search(SECRET);
      return offset < 0 ? [] : [placeAt(cell, code, offset, 'The source holds what looks like a secret.')];
    })
};

/** A runbook that cannot be told what it releases. */
export const MISSING_PARAMETERS: LintRule = {
  id: 'missing-parameters',
  severity: 'warning',
  reason: 'Without parameters the next release edits the template, and no run can be compared with another.',
  fix: "Give the cell with its constants, such as const release = '2.4.0', the tag `parameters`: in JupyterLab under the gears at the right, Cell Tags; in Notebook 7 under View, Right Sidebar. `launchbook new --param` sets them.",
  find: runbook =>
    codeCells(runbook).length === 0 || codeCells(runbook).some(isParametersCell)
      ? []
      : [{ cell: codeCells(runbook)[0]?.id ?? '', line: 1, message: 'No cell is tagged `parameters`.' }]
};

function matches(runbook: LintedRunbook, find: (code: string) => readonly [number, string] | null): Place[] {
  return codeCells(runbook)
    .filter(cell => !isParametersCell(cell))
    .flatMap(cell => {
      const code = codeOf(cell);
      const found = find(code);
      return found === null ? [] : [placeAt(cell, code, found[0], found[1])];
    });
}
