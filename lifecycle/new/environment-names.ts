// Which environments a runbook may run in: the names in the launchbook.yml that the kernel will find from the run's folder.
// The whole file is checked, so that a fault is found before the release; values from the process's environment are the kernel's.
import type { PolicyPhase } from '../../contract/lint/rules/finding.js';
import { findProfileFile } from '../../record/profile/find-profile-file.js';
import { faultsOfFile } from '../../record/profile/load-profile.js';
import { refuseFaults } from '../refused-error.js';
import { profileDocument } from './profile-document.js';

/** The environments of one launchbook.yml. */
export interface EnvironmentNames {
  readonly file: string;
  readonly names: readonly string[];
  /** Those with `production: true`. */
  readonly production: readonly string[];
  /** The phases that the policies of the environments name. */
  readonly policyPhases: readonly PolicyPhase[];
}

/** The file and its environments, for a notebook in `folder`, of a run with its template's path in the repository; null when there is no file up to the root of the git repository. */
export function environmentNames(folder: string, runbook?: string): EnvironmentNames | null {
  const file = findProfileFile(folder, runbook);
  if (file === null) {
    return null;
  }
  const environments = environmentsIn(file);
  const names = Object.keys(environments);
  return {
    file,
    names,
    production: names.filter(name => environments[name]?.production === true),
    policyPhases: names.flatMap(environment =>
      Object.keys(environments[environment]?.policy?.phases ?? {}).map(title => ({ environment, title }))
    )
  };
}

interface EnvironmentText {
  readonly production?: unknown;
  readonly policy?: { readonly phases?: object };
}

function environmentsIn(file: string): { readonly [name: string]: EnvironmentText | null } {
  const document = profileDocument(file);
  refuseFaults(
    'profile.invalid',
    `Reading ${file}`,
    (document === null ? [] : faultsOfFile(file)).map(({ line, message }) => ({
      field: null,
      text: line === null ? message : `line ${line}: ${message}`
    }))
  );
  const environments = (document as { environments?: unknown } | null)?.environments;
  return typeof environments === 'object' && environments !== null ? { ...environments } : {};
}
