// What the bar about the driver says, as plain data: who drives, who asks for the wheel or is offered it, and what this page may do.
// Null when this page drives and nobody watches, and outside live runs, where everybody may execute.
import { describePerson, type Person } from '../../contract/base/person.js';
import type { RunState } from '../../contract/state/state.js';
import type { Session } from '../tokens.js';
import { drives } from '../run/drives.js';
import type { OwnQuestion } from './own-question.js';
import { utcNear } from '../page/time-text.js';
import type { Words } from '../page/words.js';

/** What a button does. `take-over` needs a reason, `offer` a person. */
export type WheelAction =
  'ask' | 'hand-over' | 'refuse' | 'take-over' | 'offer' | 'take-back' | 'accept' | 'decline';

export interface WheelLook {
  /**
   * `guard`: the name of the environment has to be typed. `asked`: somebody wants the wheel. `offered`: this person is to take it.
   * `driving`: this page drives and others watch. `watching`: somebody else drives.
   */
  readonly kind: 'guard' | 'asked' | 'offered' | 'driving' | 'watching';
  readonly title: string;
  readonly text: string;
  readonly actions: readonly WheelButton[];
  /** Whom the wheel may be offered to; empty when it cannot be. */
  readonly watchers: readonly { readonly username: string; readonly name: string }[];
  /** The name to be typed here, or '' when there is nothing to type. */
  readonly environment: string;
}

export interface WheelButton {
  readonly action: WheelAction;
  readonly label: string;
  readonly isPrimary: boolean;
}

/** What else the bar tells. */
export interface WheelFacts {
  /** False when a page that looks on does not save the notebook. @default true */
  readonly isSaved?: boolean;
  /** The answer of a driver who keeps the wheel, to whoever asked. @default there is none */
  readonly kept?: OwnQuestion['kept'];
  /** Milliseconds since 1970. @default this moment */
  readonly now?: number;
}

/** The look of the bar. */
export function wheelLook(
  state: RunState,
  session: Session,
  words: Words,
  { isSaved = true, kept = null, now = Date.now() }: WheelFacts = {}
): WheelLook | null {
  if (session.awaitedName !== null) {
    return guardLook(session.awaitedName, session, words);
  }
  if (!state.driver || state.run?.mode !== 'live') {
    return null;
  }
  if (drives(state, session)) {
    return askedLook(state, words, now) ?? drivingLook(state, session, words, now);
  }
  return (
    offeredLook(state, session, words, now) ?? watchingLook(state, session, words, { isSaved, kept, now })
  );
}

/** Whoever runs the step types the name; the others read what is waited for. */
function guardLook(
  { environment, by }: NonNullable<Session['awaitedName']>,
  { you }: Session,
  words: Words
): WheelLook {
  const isYours = by.username === you?.username;
  return {
    ...NOTHING,
    kind: 'guard',
    title: words.__('This is production'),
    text: isYours
      ? words.__('Your step waits. Type the name of the environment to let the run begin.')
      : words.__('%1 begins the run, and has to type the name of the environment first.', nameOf(by)),
    environment: isYours ? environment : ''
  };
}

function askedLook({ wheel }: RunState, words: Words, now: number): WheelLook | null {
  return (
    wheel && {
      ...NOTHING,
      kind: 'asked',
      title: words.__('%1 asks for the wheel', nameOf(wheel.by)),
      text: words.__(
        'Asked at %1. Handing over makes them the driver, and only they can run steps.',
        utcNear(wheel.at, now)
      ),
      actions: [
        { action: 'hand-over', label: words.__('Hand over'), isPrimary: true },
        { action: 'refuse', label: words.__('Keep the wheel'), isPrimary: false }
      ]
    }
  );
}

function drivingLook(
  { driver, offer }: RunState,
  session: Session,
  words: Words,
  now: number
): WheelLook | null {
  if (offer) {
    return {
      ...NOTHING,
      kind: 'driving',
      title: words.__('You drive'),
      text: words.__(
        'You offered %1 the wheel at %2. You drive until they accept.',
        nameOf(offer.to),
        utcNear(offer.at, now)
      ),
      actions: [{ action: 'take-back', label: words.__('Take the offer back'), isPrimary: false }]
    };
  }
  // By name: who has loaded their page again stays at their place.
  const watchers = session.present
    .filter(({ username }) => username !== driver?.person.username)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  if (watchers.length === 0) {
    return null;
  }
  const names = watchers.map(nameOf);
  return {
    ...NOTHING,
    kind: 'driving',
    title: words.__('You drive'),
    text: words._n('%2 is watching.', '%1 people are watching: %2.', watchers.length, names.join(', ')),
    actions: [
      {
        action: 'offer',
        label: watchers.length === 1 ? words.__('Offer %1 the wheel', names[0]) : words.__('Offer the wheel'),
        isPrimary: false
      }
    ],
    watchers: watchers.map((person, index) => ({ username: person.username, name: names[index]! }))
  };
}

function offeredLook({ offer }: RunState, { you }: Session, words: Words, now: number): WheelLook | null {
  return offer !== null && offer.to.username === you?.username
    ? {
        ...NOTHING,
        kind: 'offered',
        title: words.__('%1 offers you the wheel', nameOf(offer.by)),
        text: words.__(
          'Offered at %1. Taking it makes you the driver, and only you can run steps.',
          utcNear(offer.at, now)
        ),
        actions: [
          { action: 'accept', label: words.__('Take the wheel'), isPrimary: true },
          { action: 'decline', label: words.__('Decline'), isPrimary: false }
        ]
      }
    : null;
}

function watchingLook(
  { driver, wheel }: RunState,
  { you }: Session,
  words: Words,
  { isSaved, kept, now }: Required<WheelFacts>
): WheelLook {
  const who = describePerson(driver!.person);
  const hasAsked = wheel !== null && wheel.by.username === you?.username;
  return {
    ...NOTHING,
    kind: 'watching',
    title: words.__('You are watching'),
    text: [
      kept && !hasAsked
        ? keptText(kept, words, now)
        : hasAsked
          ? words.__('You asked %1 for the wheel at %2.', who, utcNear(wheel.at, now))
          : words.__(
              '%1 has driven this run since %2; only the driver runs steps.',
              who,
              utcNear(driver!.since, now)
            ),
      ...(isSaved ? [] : [words.__('This page does not save the notebook; that of the driver does.')])
    ].join(' '),
    actions: [
      ...(hasAsked
        ? []
        : [{ action: 'ask' as const, label: words.__('Ask for the wheel'), isPrimary: true }]),
      { action: 'take-over', label: words.__('Take over…'), isPrimary: false }
    ]
  };
}

function keptText({ by, at, reason }: NonNullable<OwnQuestion['kept']>, words: Words, now: number): string {
  const [who, clock] = [describePerson(by), utcNear(at, now)];
  return reason === ''
    ? words.__('%1 keeps the wheel, as they said at %2; only the driver runs steps.', who, clock)
    : words.__(
        '%1 keeps the wheel, as they said at %2: %3. Only the driver runs steps.',
        who,
        clock,
        reason.replace(/\.$/, '')
      );
}

const NOTHING = { actions: [], watchers: [], environment: '' };

function nameOf({ name, username }: Person): string {
  return name || username;
}
