// The texts about the rehearsal of a phase or step in the sidebar: a few words in the row where it matters, everything in the tooltip and
// in the description for screen readers.
import { formatDuration, formatUtc } from '../../../contract/base/format.js';
import type { PhaseAdmission } from '../../../contract/rehearsal/admission.js';
import type { PhaseRehearsal, StepRehearsal } from '../../../contract/rehearsal/phase-rehearsal.js';
import { formatAge } from '../../../contract/rehearsal/rehearsal-text.js';
import type { PhaseStatus } from '../../../contract/base/run.js';
import { isPhaseDone } from '../../../contract/state/phase-status.js';
import type { Words } from '../../page/words.js';

/** The words of a row. */
export interface RehearsalLook {
  /** True: the policy locks the phase. */
  readonly isLocked: boolean;
  /** `not rehearsed in staging`, `edited since its rehearsal`, or '': nothing while all is well. */
  readonly detail: string;
  /** `Rehearsed in staging 3 days ago: passed in 12.3 s (2.4.0-staging-3f9c21).` and what follows from it, or ''. */
  readonly about: string;
}

const NOTHING: RehearsalLook = { isLocked: false, detail: '', about: '' };

/** The phase has not begun, so that its rehearsal is all that is known of it. */
const AHEAD: ReadonlySet<PhaseStatus> = new Set(['not-started', 'locked']);

/** The newest rehearsal of the run, for the head of the panel; '' where none is asked for or shown. */
export function runRehearsalText(rehearsals: readonly PhaseRehearsal[], now: number, words: Words): string {
  if (rehearsals.length === 0) {
    return '';
  }
  const [newest] = rehearsals
    .flatMap(({ receipt }) => receipt ?? [])
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return newest
    ? words.__(
        'Rehearsed in %1 %2: %3',
        newest.environment,
        formatAge(now - Date.parse(newest.at)),
        outcomeText(newest.outcome, words)
      )
    : words.__('Not rehearsed in a lower environment');
}

/** Of a phase; `admission` is the record in the journal that lets it run. */
export function phaseRehearsalLook(
  status: PhaseStatus,
  rehearsal: PhaseRehearsal | undefined,
  admission: PhaseAdmission | undefined,
  now: number,
  words: Words
): RehearsalLook {
  const released = admission?.breakGlass;
  const letIn = released
    ? [
        words.__(
          'Released without a rehearsal by %1, %2: %3',
          released.by.name,
          formatUtc(released.at),
          released.reason
        )
      ]
    : [];
  if (!rehearsal) {
    const about = [
      ...(admission?.receipt ? [receiptText(admission.receipt, true, now, words)] : []),
      ...letIn
    ];
    return { ...NOTHING, about: about.join('\n') };
  }
  const { receipt, changes, missing } = rehearsal;
  const isLocked = missing.length > 0 && !isPhaseDone({ status });
  const known = receipt
    ? receiptText(receipt, changes.length === 0, now, words)
    : words.__('Not rehearsed in a lower environment.');
  return {
    isLocked,
    detail: isLocked ? lockText(rehearsal, words) : released ? '' : aheadText(status, rehearsal, words),
    about: [known, ...(isLocked ? missing : changes), ...letIn].join('\n')
  };
}

/** Of a step. */
export function stepRehearsalLook(
  id: string,
  status: PhaseStatus,
  rehearsal: PhaseRehearsal | undefined,
  now: number,
  words: Words
): RehearsalLook {
  const last = rehearsal?.steps[id];
  if (!rehearsal || (!last && rehearsal.receipt === null)) {
    return NOTHING;
  }
  const detail = last
    ? last.isSame
      ? ''
      : words.__('edited since its rehearsal')
    : words.__('not rehearsed');
  return {
    isLocked: false,
    detail: AHEAD.has(status) ? detail : '',
    about: last
      ? receiptText(last, last.isSame, now, words)
      : words.__('Not rehearsed in a lower environment.')
  };
}

type Told = Pick<StepRehearsal, 'environment' | 'at' | 'durationMs' | 'run'> & { readonly outcome: string };

function receiptText(told: Told, isSame: boolean, now: number, words: Words): string {
  const { environment, at, durationMs, run, outcome } = told;
  const age = formatAge(now - Date.parse(at));
  const word = outcomeText(outcome, words);
  const took = formatDuration(durationMs);
  return isSame
    ? words.__('Rehearsed in %1 %2: %3 in %4 (%5).', environment, age, word, took, run)
    : words.__('Rehearsed in %1 %2: %3 in %4 (%5), edited since.', environment, age, word, took, run);
}

function lockText({ rule, receipt, changes }: PhaseRehearsal, words: Words): string {
  if (!receipt) {
    return words.__('not rehearsed in %1', rule?.environments.join(', ') ?? '');
  }
  return changes.length > 0
    ? words.__('edited since its rehearsal')
    : words.__('its rehearsal does not count');
}

/** Nothing while all is well: the head of the panel says that the run was rehearsed. */
function aheadText(status: PhaseStatus, { receipt, changes }: PhaseRehearsal, words: Words): string {
  if (!AHEAD.has(status) || !receipt) {
    return '';
  }
  if (changes.length > 0) {
    return words.__('edited since its rehearsal');
  }
  return receipt.outcome === 'passed'
    ? ''
    : words.__('its rehearsal: %1', outcomeText(receipt.outcome, words));
}

function outcomeText(outcome: string, words: Words): string {
  return outcome === 'held' ? words.__('not at its end') : outcome;
}
