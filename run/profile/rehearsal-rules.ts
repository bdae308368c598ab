// What launchbook.yml asks of rehearsals, read when a live run first needs it. As with the rest of the policy, what asks for more holds
// from the moment it is seen, and what asks for less of any phase is held back until the kernel is restarted. A file that has become
// faulty changes nothing; one that was faulty at first locks everything until it is fixed.
import { isWeakerPolicy } from '../../contract/rehearsal/rehearsal-policy.js';
import type { RehearsalRules } from '../../record/profile/load-rehearsal-rules.js';
import { markOf } from '../keeper/file-mark.js';

/** The rules of an environment. Rejects with the faults of launchbook.yml. */
export type RulesOf = (environment: string) => Promise<RehearsalRules>;

interface Known {
  /** What the file looked like when it was read last. */
  readonly mark: string;
  readonly rules: RehearsalRules;
}

/** Rules for a notebook in `folder` (absolute); `runbook` gives the path of a run's template in the repository. */
export function rehearsalRulesIn(
  folder: string,
  runbook: () => string | undefined = () => undefined
): RulesOf {
  const known = new Map<string, Known>();
  return async environment => {
    const { findProfileFile } = await import('../../record/profile/find-profile-file.js');
    const { loadRehearsalRules } = await import('../../record/profile/load-rehearsal-rules.js');
    const before = known.get(environment);
    const mark = markOf(findProfileFile(folder, runbook()));
    if (before?.mark === mark) {
      return before.rules;
    }
    const rules = before
      ? stricterOf(before.rules, () => loadRehearsalRules(folder, environment, runbook()))
      : loadRehearsalRules(folder, environment, runbook());
    known.set(environment, { mark, rules });
    return rules;
  };
}

function stricterOf(before: RehearsalRules, read: () => RehearsalRules): RehearsalRules {
  try {
    const after = read();
    return isWeakerPolicy(before, after) || mayReleaseMore(before, after) ? before : after;
  } catch {
    return before;
  }
}

function mayReleaseMore(before: RehearsalRules, after: RehearsalRules): boolean {
  const [was, is] = [releasersOf(before), releasersOf(after)];
  return was !== null && (is === null || is.some(name => !was.includes(name)));
}

/** Usernames; null stands for anybody. */
function releasersOf({ breakGlass }: RehearsalRules): readonly string[] | null {
  return breakGlass === null || breakGlass.some(({ members }) => members === null)
    ? null
    : breakGlass.flatMap(({ members }) => members ?? []);
}
