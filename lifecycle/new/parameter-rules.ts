// Checks the parameters of a new run against the launchbook.yml that the kernel will find, so that a faulty run is never made.
import { parse } from 'yaml';
import { readTextOfRun } from '../../record/files/read-file.js';
import { faultsOfParameters } from '../../record/profile/check-parameters.js';
import { findProfileFile } from '../../record/profile/find-profile-file.js';
import type { ProfileFile } from '../../record/profile/profile-schema.js';
import { validateProfile } from '../../record/profile/validate-profile.js';

/**
 * Every way in which `values` are not as declared. A required text that is empty is missing: templates leave it empty for the
 * person to fill in. None when there is no file, or one that only the kernel can complain about.
 */
export function parameterFaults(
  folder: string,
  values: { readonly [name: string]: unknown },
  runbook?: string
): string[] {
  const file = findProfileFile(folder, runbook);
  if (file === null) {
    return [];
  }
  const content: unknown = parse(readTextOfRun(file, 'profile'), { prettyErrors: false });
  if (validateProfile(content).length > 0) {
    return [];
  }
  const rules = (content as ProfileFile).parameters ?? {};
  const given = Object.entries(values).filter(([name, value]) => value !== '' || !rules[name]?.required);
  return faultsOfParameters(rules, Object.fromEntries(given));
}
