// What comes after the last step, in its order: archive, report, learn. Plain data.
import { outcomeOf } from '../../../contract/state/run-outcome.js';
import type { PhaseSummary } from '../../../contract/state/phase-status.js';
import { ARCHIVE_RUN, LEARN_RUN, REPORT_RUN } from '../../lifecycle/commands.js';
import type { Words } from '../../page/words.js';
import type { ActState } from '../../tokens.js';

/** One of them. */
export interface EndActLook {
  readonly command: string;
  readonly label: string;
  /** What it will do; '' when that is done for good. */
  readonly about: string;
  readonly status: ActState['status'] | 'not-started';
  /** How it goes, its result or its error, or ''. */
  readonly text: string;
}

export interface RunEndLook {
  readonly title: string;
  readonly acts: readonly EndActLook[];
  /** One of them is at work: the others wait for it. */
  readonly isBusy: boolean;
}

/** Null while something is left to do. `progressOf` tells how an act goes that this page began. */
export function runEndLook(
  phases: readonly PhaseSummary[],
  isArchived: boolean,
  progressOf: (command: string) => ActState | null,
  words: Words
): RunEndLook | null {
  if (!isArchived && outcomeOf(phases) !== 'passed') {
    return null;
  }
  const act = (command: string, label: string, about: string, done = ''): EndActLook => {
    const progress = progressOf(command);
    return {
      command,
      label,
      about: done === '' ? about : '',
      status: progress?.status ?? (done === '' ? 'not-started' : 'passed'),
      text: progress?.text ?? done
    };
  };
  const acts = [
    act(
      ARCHIVE_RUN,
      words.__('Archive…'),
      words.__('Commit and tag the run as the record of what happened. Its kernel ends first.'),
      isArchived ? words.__('Committed and tagged as the record of what happened.') : ''
    ),
    act(
      REPORT_RUN,
      words.__('Report'),
      words.__('Read what happened, who decided what, and what differed from the plan.')
    ),
    act(
      LEARN_RUN,
      words.__('Learn'),
      words.__('Offer what was changed in this run to its runbook, as a branch. No file of yours is changed.')
    )
  ];
  return {
    title: isArchived ? words.__('The run is archived') : words.__('The run is done'),
    acts,
    isBusy: acts.some(({ status }) => status === 'running')
  };
}
