// More than one launchbook.yml could count, so none does.
import { ProfileError } from './profile-error.js';

/** `files` stand between a run and its template; `counted` is the one above the template. */
export function misplacedProfile(
  files: readonly string[],
  counted: string | null,
  runbook: string
): ProfileError {
  const counts =
    counted === null ? 'there is none above its template' : `the one above its template counts, ${counted}`;
  const faults = files.map(file => ({
    line: null,
    message: `${file} stands between the run and its template ${runbook}; ${counts}. Delete it, or move its rules there.`
  }));
  return new ProfileError(files[0]!, faults, 'profile.misplaced');
}

/** Two of them stand in one folder. */
export function doubledProfile([first, second]: readonly string[]): ProfileError {
  const message = `${second} stands beside it, so it is not clear which one counts: delete one of them.`;
  return new ProfileError(first!, [{ line: null, message }]);
}
