// A run was made with parameters that launchbook.yml does not allow.
import { LaunchbookError } from '../../contract/base/error.js';

/** Thrown before the first step of a run (code `profile.bad_parameters`). Lists every fault at once. */
export class ParametersError extends LaunchbookError {
  constructor(file: string, faults: readonly string[]) {
    super(
      `The parameters of this run are not as ${file} declares them:\n${faults.map(fault => `  ${fault}`).join('\n')}`,
      {
        code: 'profile.bad_parameters',
        hint: 'Parameters of a run never change: make another run with launchbook new … --param NAME=VALUE.',
        fields: { faults }
      }
    );
  }
}
