// What the bar about the driver says, as plain data: who drives, who asks for the wheel, what this page may do about it. Null when
// this page drives undisturbed, and outside live runs, where everybody may execute.
import { formatUtcClock } from '../../contract/format.js';
import { describePerson } from '../../contract/person.js';
import type { RunState } from '../../contract/state.js';
import type { Session } from '../tokens.js';
import type { Words } from '../words.js';

/** What a button does. `take-over` needs a reason. */
export type WheelAction = 'ask' | 'hand-over' | 'refuse' | 'take-over';

export interface WheelLook {
  /** `guard`: the name of the environment has to be typed. `asked`: somebody wants the wheel. `watching`: somebody else drives. */
  readonly kind: 'guard' | 'asked' | 'watching';
  readonly title: string;
  readonly text: string;
  readonly actions: readonly {
    readonly action: WheelAction;
    readonly label: string;
    readonly isPrimary: boolean;
  }[];
  /** The name to be typed, or '' when there is nothing to type. */
  readonly environment: string;
}

export function wheelLook(state: RunState, session: Session, words: Words): WheelLook | null {
  if (session.guardedEnvironment !== null) {
    return {
      kind: 'guard',
      title: words.__('This is production'),
      text: words.__('A step waits. Type the name of the environment to let the run begin.'),
      actions: [],
      environment: session.guardedEnvironment
    };
  }
  const { driver, wheel, run } = state;
  if (!driver || run?.mode !== 'live') {
    return null;
  }
  const isDriver = drives(state, session);
  if (isDriver) {
    return wheel
      ? {
          kind: 'asked',
          title: words.__('%1 asks for the wheel', wheel.by.name || wheel.by.username),
          text: words.__(
            'Asked at %1 UTC. Handing over makes them the driver, and only they can run steps.',
            formatUtcClock(wheel.at)
          ),
          actions: [
            { action: 'hand-over', label: words.__('Hand over'), isPrimary: true },
            { action: 'refuse', label: words.__('Keep the wheel'), isPrimary: false }
          ],
          environment: ''
        }
      : null;
  }
  const hasAsked = wheel !== null && wheel.by.username === session.you?.username;
  return {
    kind: 'watching',
    title: words.__('You are watching'),
    text: hasAsked
      ? words.__(
          'You asked %1 for the wheel at %2 UTC.',
          describePerson(driver.person),
          formatUtcClock(wheel.at)
        )
      : words.__(
          '%1 drives this run since %2 UTC; only the driver runs steps.',
          describePerson(driver.person),
          formatUtcClock(driver.since)
        ),
    actions: [
      ...(hasAsked
        ? []
        : [{ action: 'ask' as const, label: words.__('Ask for the wheel'), isPrimary: true }]),
      { action: 'take-over', label: words.__('Take over…'), isPrimary: false }
    ],
    environment: ''
  };
}

/** True for the page that began to drive, and for every other window of the same person: a reloaded page has a new id. */
function drives({ driver }: RunState, { you, client }: Session): boolean {
  return driver !== null && (driver.client === client || driver.person.username === you?.username);
}
