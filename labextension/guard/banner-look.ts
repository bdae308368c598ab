// What the banner of a run says: where it acts, in which mode, what is released and who drives. Plain data, so that it can be tested alone.
import { describePerson } from '../../contract/base/person.js';
import type { RunInfo, RunMode } from '../../contract/base/run.js';
import type { RunState } from '../../contract/state/state.js';
import { utcNear } from '../page/time-text.js';
import type { Words } from '../page/words.js';

/** The environment as the kernel knows it; nulls while no kernel has said anything. */
export interface KnownEnvironment {
  readonly isProduction: boolean | null;
  readonly colour: string | null;
}

/** `danger`: real effects in production. `open`: a live run of which it is not known yet whether it acts in production. */
export type BannerTone = 'danger' | 'open' | 'calm';

export interface BannerLook {
  readonly tone: BannerTone;
  /** A colour of launchbook.yml, or '' for that of the tone. */
  readonly colour: string;
  readonly environment: string;
  readonly mode: RunMode;
  /** `live`, or what another mode means. */
  readonly modeText: string;
  readonly release: string;
  readonly driver: string;
  /** Approvals that were released against the policy, or ''. */
  readonly broken: string;
  /** How many rules of launchbook.yml have become weaker, or ''. */
  readonly weakened: string;
  /** That another kernel than the run's own is attached, or ''. */
  readonly kernel: string;
}

/**
 * Null in a scratch notebook: it acts nowhere that needs a warning.
 *
 * @param foreignKernel - What the attached kernel is called when it is not the run's own.
 */
export function bannerLook(
  run: RunInfo | null,
  state: RunState,
  { isProduction, colour }: KnownEnvironment,
  words: Words,
  foreignKernel: string | null = null,
  now = Date.now()
): BannerLook | null {
  if (!run) {
    return null;
  }
  const isLive = run.mode === 'live';
  const broken = [
    ...(state.glassBroken ?? []).map(id => state.approvals[id]?.name ?? id),
    ...(state.phasesReleased ?? []).map(({ name }) => name)
  ];
  return {
    tone: isLive && isProduction ? 'danger' : isLive && isProduction === null ? 'open' : 'calm',
    colour: colour ?? '',
    environment: run.environment,
    mode: run.mode,
    modeText: modeText(run.mode, isProduction, words),
    release: run.release,
    driver: driverText(state, words, now),
    broken:
      broken.length > 0
        ? words.__('Released against the policy: %1', broken.map(name => `“${name}”`).join(', '))
        : '',
    weakened: weakenedText(state, words),
    kernel:
      foreignKernel === null
        ? ''
        : words.__('The kernel is %1, not that of this run: no cell is run', foreignKernel)
  };
}

/** Their number only; the rules themselves are listed below the cell that ran next. */
function weakenedText({ policy }: RunState, words: Words): string {
  if (policy?.heldBack) {
    return words._n(
      'Policy held back until a restart of the kernel: %1 weaker rule',
      'Policy held back until a restart of the kernel: %1 weaker rules',
      policy.heldBack.weaker.length
    );
  }
  const weaker = (policy?.changes ?? []).flatMap(change => change.weaker);
  return weaker.length > 0
    ? words._n(
        'Policy weakened during this run: %1 rule',
        'Policy weakened during this run: %1 rules',
        weaker.length
      )
    : '';
}

function modeText(mode: RunMode, isProduction: boolean | null, words: Words): string {
  const texts: Record<RunMode, string> = {
    live: isProduction ? words.__('live in production: everything is real') : words.__('live'),
    rehearsal: words.__('rehearsal: effects are real, in this environment'),
    'dry-run': words.__('dry run: nothing is changed')
  };
  return texts[mode];
}

function driverText(state: RunState, words: Words, now: number): string {
  const { driver } = state;
  return driver
    ? words.__('Driver: %1 since %2', describePerson(driver.person), utcNear(driver.since, now))
    : '';
}
