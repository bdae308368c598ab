// Holds the parameters of a new run against the launchbook.yml that the kernel will find, so that a faulty run is never made.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { faultsOfParameters } from '../../runbook/environment/check-parameters.js';
import { findProfileFile } from '../../runbook/environment/find-profile-file.js';
import type { ProfileFile } from '../../runbook/environment/profile-schema.js';
import { validateProfile } from '../../runbook/environment/validate-profile.js';

/**
 * Every way in which `values` are not as declared. A required text that is empty is missing: templates leave it empty for the
 * person to fill in. None when there is no file, or one that only the kernel can complain about.
 */
export function parameterFaults(folder: string, values: { readonly [name: string]: unknown }): string[] {
  const file = findProfileFile(folder);
  if (file === null) {
    return [];
  }
  const content: unknown = parse(readFileSync(file, 'utf8'));
  if (validateProfile(content).length > 0) {
    return [];
  }
  const rules = (content as ProfileFile).parameters ?? {};
  const given = Object.entries(values).filter(([name, value]) => value !== '' || !rules[name]?.required);
  return faultsOfParameters(rules, Object.fromEntries(given));
}
