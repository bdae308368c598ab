// One driver: in a live run only the driver's requests are executed. The first executor becomes it; the wheel goes on by agreement of
// both, whoever speaks first, or, when the driver has not been seen for a stated time, by a reason. Everything is journaled before it
// counts.
import { randomUUID } from 'node:crypto';
import type { LaunchbookError } from '../../contract/base/error.js';
import { formatDuration, formatUtc } from '../../contract/base/format.js';
import type { Person } from '../../contract/base/person.js';
import type { RunInfo } from '../../contract/base/run.js';
import { ArchivedRunError } from '../../record/errors/archived-run-error.js';
import { makeError } from '../make-error.js';
import type { ClientSession, People } from '../people/people.js';
import type { RunKeeper } from '../keeper/run-keeper.js';

/** What the wheel knows. */
export interface WheelParts {
  readonly keeper: RunKeeper;
  readonly people: People;
  readonly run: () => RunInfo | null;
  /** After how many milliseconds without a sign the driver may be replaced. */
  readonly vanishedMs: () => number;
  /** The people whose pages are open. */
  readonly present: () => readonly Person[];
  /** A driver was replaced because they had vanished: their pages are not open either. */
  readonly vanished: (username: string) => void;
  /** True when this run has a journal, which may name a driver. */
  readonly hasJournal: () => boolean;
  readonly now: () => number;
}

/** Who drives. */
export class Wheel {
  readonly #parts: WheelParts;
  #seenMs: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: WheelParts) {
    this.#parts = parts;
    // Nobody has vanished from a kernel that has just begun.
    this.#seenMs = parts.now();
  }

  /** Null when this client may execute; else the refusal. */
  async refusalOf(session: ClientSession): Promise<LaunchbookError | null> {
    if (!this.#isWatched() || !this.#parts.hasJournal()) {
      return null;
    }
    await this.#parts.keeper.open();
    const { archived } = this.#parts.keeper.state;
    if (archived) {
      return new ArchivedRunError(archived);
    }
    this.seen(session);
    return this.refusalNow(session);
  }

  /** The same from what is known already: somebody else may have taken the wheel since this client was asked about. */
  refusalNow(session: ClientSession): LaunchbookError | null {
    return this.#isWatched() && !this.#isDriver(session) ? this.#notDriver(session) : null;
  }

  /** The client's step is about to run: when nobody drives, it drives from now on. */
  async takeFirst(session: ClientSession): Promise<void> {
    await this.#inTurn(async () => {
      const { keeper, people } = this.#parts;
      if (this.#isWatched() && keeper.state.driver === null) {
        const by = people.of(session.session, session.username);
        await keeper.append({
          kind: 'driver-changed',
          by,
          client: people.clientOf(session.session),
          how: 'first',
          reason: ''
        });
      }
    });
    this.seen(session);
  }

  /** A sign of life of a client. */
  seen(session: ClientSession): void {
    if (this.#isDriver(session)) {
      this.#seenMs = this.#parts.now();
    }
  }

  /** A watcher asks for the wheel. */
  async ask(session: ClientSession): Promise<void> {
    await this.#inTurn(async () => {
      const { keeper, people } = this.#parts;
      this.#needDriver();
      const by = people.of(session.session, session.username);
      if (this.#isDriver(session)) {
        throw refuse('driver.drives_already', `${by.name} drives this run already.`);
      }
      const { wheel } = keeper.state;
      if (wheel?.by.username === by.username) {
        throw refuse('driver.asked_already', `${by.name} has asked for the wheel already.`);
      }
      const client = people.clientOf(session.session);
      await keeper.append({ kind: 'wheel-asked', wheel: randomUUID(), by, client });
    });
  }

  /** The driver hands the wheel over, or keeps it. */
  async answer(session: ClientSession, wheel: string, accepted: boolean, reason: string): Promise<void> {
    await this.#inTurn(async () => {
      const { keeper, people } = this.#parts;
      const asked = keeper.state.wheel;
      const agreedBy = people.of(session.session, session.username);
      if (!this.#isDriver(session)) {
        throw this.#notDriver(session);
      }
      if (asked?.id !== wheel) {
        throw refuse('driver.not_asked', 'This request for the wheel is no longer open.');
      }
      if (!accepted) {
        await keeper.append({ kind: 'wheel-refused', wheel, by: agreedBy, reason: reason.trim() });
        return;
      }
      const { by, client } = asked;
      await keeper.append({ kind: 'driver-changed', by, client, how: 'handed-over', reason: '', agreedBy });
      this.#seenMs = this.#parts.now();
    });
  }

  /** The driver offers the wheel to somebody who is watching. One offer at a time. */
  async offer(session: ClientSession, to: string): Promise<void> {
    await this.#inTurn(async () => {
      const { keeper, people, present } = this.#parts;
      this.#needDriver();
      if (!this.#isDriver(session)) {
        throw this.#notDriver(session);
      }
      const by = people.of(session.session, session.username);
      const { offer } = keeper.state;
      if (offer) {
        throw refuse(
          'driver.offered_already',
          `The wheel is offered to ${offer.to.name} already, since ${formatUtc(offer.at)}.`,
          'Take that offer back first.'
        );
      }
      if (this.#drives(to)) {
        throw refuse('driver.drives_already', `${to} drives this run already.`);
      }
      const watcher = present().find(({ username }) => username === to);
      if (!watcher) {
        throw refuse(
          'driver.not_present',
          `${to} has no page of this run open, so the wheel cannot be offered to them.`,
          'Ask them to open the run in JupyterLab.'
        );
      }
      await keeper.append({ kind: 'wheel-offered', wheel: randomUUID(), by, to: watcher });
    });
  }

  /** The watcher accepts or declines what was offered, or the driver takes it back. */
  async settleOffer(session: ClientSession, wheel: string, accepted: boolean, reason: string): Promise<void> {
    await this.#inTurn(async () => {
      const { keeper, people } = this.#parts;
      const { offer } = keeper.state;
      if (offer?.id !== wheel) {
        throw refuse('driver.not_offered', 'This offer of the wheel is no longer open.');
      }
      const by = people.of(session.session, session.username);
      const isTaker = by.username === offer.to.username;
      if (!isTaker && (accepted || !this.#isDriver(session))) {
        throw refuse(
          'driver.offered_to_other',
          `The wheel is offered to ${offer.to.name}; ${by.name} cannot ${accepted ? 'accept' : 'end'} that.`
        );
      }
      if (!accepted) {
        const how = isTaker ? 'declined' : 'taken-back';
        await keeper.append({ kind: 'wheel-offer-ended', wheel, how, by, reason: reason.trim() });
        return;
      }
      const client = people.clientOf(session.session);
      await keeper.append({
        kind: 'driver-changed',
        by,
        client,
        how: 'handed-over',
        reason: '',
        agreedBy: offer.by
      });
      this.#seenMs = this.#parts.now();
    });
  }

  /** Takes the wheel of a driver who has vanished. */
  async replace(session: ClientSession, reason: string): Promise<void> {
    await this.#inTurn(async () => {
      const { keeper, people, vanishedMs, vanished, now } = this.#parts;
      this.#needDriver();
      const by = people.of(session.session, session.username);
      const { person } = keeper.state.driver!;
      if (this.#isDriver(session)) {
        throw refuse('driver.drives_already', `${by.name} drives this run already.`);
      }
      if (reason.trim() === '') {
        throw refuse('driver.no_reason', 'Replacing the driver needs a reason.');
      }
      const leftMs = this.#seenMs + vanishedMs() - now();
      if (leftMs > 0) {
        throw refuse(
          'driver.not_vanished',
          `${person.name} was seen at ${formatUtc(new Date(this.#seenMs).toISOString())}; a driver may be replaced after ${formatDuration(vanishedMs())} without a sign, in ${formatDuration(leftMs)}.`,
          'Ask for the wheel meanwhile.'
        );
      }
      vanished(person.username);
      await keeper.append({
        kind: 'driver-changed',
        by,
        client: people.clientOf(session.session),
        how: 'replaced',
        reason: reason.trim()
      });
      this.#seenMs = now();
    });
  }

  /** Rehearsals and scratch notebooks may be executed by everybody. */
  #isWatched(): boolean {
    return this.#parts.run()?.mode === 'live';
  }

  /** The page that began to drive stays the driver's, and so does every other client of the same person. */
  #isDriver(session: ClientSession): boolean {
    const { keeper, people } = this.#parts;
    const { driver } = keeper.state;
    return (
      driver === null ||
      driver.client === session.session ||
      driver.client === people.clientOf(session.session) ||
      this.#drives(people.of(session.session, session.username).username)
    );
  }

  #drives(username: string): boolean {
    return this.#parts.keeper.state.driver?.person.username === username;
  }

  #needDriver(): void {
    if (!this.#isWatched() || this.#parts.keeper.state.driver === null) {
      throw refuse(
        'driver.nobody',
        'Nobody drives this run yet: the person who runs the first step of a live run will.'
      );
    }
  }

  #notDriver(session: ClientSession): LaunchbookError {
    const { driver } = this.#parts.keeper.state;
    const by: Person = this.#parts.people.of(session.session, session.username);
    return refuse(
      'driver.not_you',
      `${driver?.person.name ?? 'Somebody else'} has driven this run since ${formatUtc(driver?.since ?? '')}; nothing of ${by.name} was run.`,
      `Ask for the wheel in JupyterLab. A driver who gives no sign for ${formatDuration(this.#parts.vanishedMs())} can be replaced there, with a reason.`
    );
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function refuse(code: string, message: string, hint?: string): LaunchbookError {
  return makeError('DriverError', code, message, hint);
}
