// Where the steps of a run are in JupyterLab, as launchbook.yml says under `lab`.
import { dirname, relative, resolve, sep } from 'node:path';
import { isCellStep } from '../../contract/notebook/outline.js';
import { stepAddress } from '../../contract/notebook/step-address.js';
import type { RunInfo } from '../../contract/base/run.js';
import { ProfileError } from '../../record/errors/profile-error.js';
import { findProfileFile } from '../../record/profile/find-profile-file.js';
import { parseProfileFile } from '../../record/profile/parse-profile-file.js';

/** The address of a step, or of the run for null; null when nobody knows one. */
export type AddressOf = (step: string | null) => string | null;

/** Where the folder of launchbook.yml is. */
export interface LabPlace {
  /** Its address in JupyterLab; null when launchbook.yml does not say. */
  readonly lab: string | null;
  /** Path of launchbook.yml; null when there is none. */
  readonly file: string | null;
}

/** The addresses of the notebook at this path. Undo steps are no cells, so theirs is that of the run. */
export function addressesBelow({ lab, file }: LabPlace, notebook: string): AddressOf {
  const below = file === null ? '..' : relative(dirname(file), resolve(notebook));
  if (lab === null || below.startsWith('..')) {
    return () => null;
  }
  const path = below.split(sep).join('/');
  return step => stepAddress(lab, path, step !== null && isCellStep(step) ? step : null);
}

/** The same for a run at a path; none with a faulty launchbook.yml. */
export function addressesOf(path: string, run: RunInfo | null): AddressOf {
  try {
    const file = findProfileFile(resolve(dirname(path)), run?.runbook);
    const lab = file === null ? null : (parseProfileFile(file).content.lab ?? null);
    return addressesBelow({ lab, file }, path);
  } catch (error) {
    if (error instanceof ProfileError) {
      return () => null;
    }
    throw error;
  }
}
