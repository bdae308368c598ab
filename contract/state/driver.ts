// The driver of a live run: the one person whose requests are executed. Everybody else watches and may ask for the wheel.
import type { Person } from '../base/person.js';

/** Who holds the run. */
export interface DriverState {
  readonly person: Person;
  /** The client that began to drive: id of the page, or the session of a client that did not say. */
  readonly client: string;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** `first`: executed the first step. `handed-over`: both agreed. `replaced`: the one before had vanished. */
  readonly how: 'first' | 'handed-over' | 'replaced';
  /** Why the one before was replaced; empty otherwise. */
  readonly reason: string;
}

/** Somebody asks for the wheel. The driver answers; silence changes nothing. */
export interface WheelRequest {
  readonly id: string;
  readonly by: Person;
  readonly client: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The driver offers the wheel to a watcher. Nothing changes before that person accepts. */
export interface WheelOffer {
  readonly id: string;
  /** The driver who offers it. */
  readonly by: Person;
  readonly to: Person;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The name of the environment was typed before the first step of a live run in production. */
export interface GuardState {
  readonly environment: string;
  readonly by: Person;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** After this long without a sign of a driver somebody else may take over, unless launchbook.yml says otherwise: 15 minutes. */
export const DRIVER_VANISHED_MS = 900_000;
