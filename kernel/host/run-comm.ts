// The kernel's end of the comm `launchbook.run`: whole state on opening, then every record, and answers to decisions.
// Pages go away without a word, so a page that opens a new comm replaces its older one.
import type { Json } from '../../contract/json.js';
import { COMM_VERSION } from '../../contract/version.js';
import { isClientMessage, isRunHello } from '../../contract/comm-guards.js';
import type { KernelMessage } from '../../contract/comm.js';
import type { JournalRecord } from '../../contract/journal.js';
import { toErrorRecord } from '../../contract/error.js';
import type { Comm, CommTarget } from '../core/ports.js';
import type { OutlineSource } from './outline-source.js';
import type { People } from './people.js';
import type { Presence } from './presence.js';
import { actOn, type ActParts } from './run-comm-acts.js';
import type { Rehearsals } from './rehearsals.js';
import type { RunKeeper } from './run-keeper.js';
import type { StandingApprovals } from './standing-approvals.js';

/** What the comm talks about. */
export interface RunCommParts extends ActParts {
  readonly keeper: RunKeeper;
  readonly people: People;
  readonly presence: Presence;
  readonly outline: OutlineSource;
  readonly standing: StandingApprovals;
  readonly rehearsals: Rehearsals;
  /** Looks whether launchbook.yml asks for something else. */
  readonly notePolicy: () => Promise<void>;
  readonly driverVanishedMs: () => number;
  readonly isProduction: () => boolean;
  /** Colour of the environment in launchbook.yml, or null. */
  readonly colour: () => string | null;
}

/** Serves every front end that opens the comm. */
export class RunComm implements CommTarget {
  readonly #parts: RunCommParts;
  readonly #comms = new Map<string, Comm>();
  #toldSeq = 0;
  #toldRehearsals = '';
  #toldPresent = '';
  /** True once any front end of ours has connected; it will come back after a reload. */
  hasMetClient = false;

  constructor(parts: RunCommParts) {
    this.#parts = parts;
    parts.keeper.subscribe(record => this.#tell(record));
  }

  open(comm: Comm, data: Json): void {
    if (!isRunHello(data)) {
      comm.close({ reason: 'The opening message of launchbook.run is not valid.' });
      return;
    }
    if (data.version !== COMM_VERSION) {
      comm.close({
        reason: `The kernel speaks version ${COMM_VERSION} of launchbook.run, the front end version ${data.version}.`
      });
      return;
    }
    this.hasMetClient = true;
    this.#parts.people.introduce(comm.session, data.user, data.client);
    this.#parts.wheel.seen({ session: comm.session });
    if (data.outline) {
      this.#parts.outline.announce(data.outline);
    }
    comm.onClose(() => this.#drop(data.client, comm));
    comm.onMessage(message => void this.#receive(data.client, comm, message));
    void this.#welcome(data.client, comm);
  }

  async #welcome(client: string, comm: Comm): Promise<void> {
    try {
      await Promise.all([this.#parts.keeper.open(), this.#parts.people.check()]);
    } catch (error) {
      comm.close({ reason: toErrorRecord(error).message });
      return;
    }
    const before = this.#comms.get(client);
    if (before !== comm) {
      before?.forget();
    }
    this.#comms.set(client, comm);
    const colour = this.#parts.colour();
    send(comm, {
      type: 'state',
      version: COMM_VERSION,
      state: structuredClone(this.#parts.keeper.state),
      you: this.#parts.people.of(comm.session),
      driverVanishedMs: this.#parts.driverVanishedMs(),
      isProduction: this.#parts.isProduction(),
      ...(colour === null ? {} : { colour })
    });
    this.#parts.presence.seen(client, comm.session);
    this.#toldPresent = '';
    this.#tellPresent();
    // A page that comes while a step waits, such as one that was reloaded, has missed the question.
    const environment = this.#parts.guard.awaited;
    if (environment !== null) {
      send(comm, { type: 'guard', environment, isWaiting: true });
    }
    await this.#tellRehearsals(comm);
  }

  /** Tells `comm`, or every front end when what is known has become another. */
  async #tellRehearsals(comm?: Comm): Promise<void> {
    const phases = await this.#parts.rehearsals.overview();
    const text = JSON.stringify(phases);
    if (phases !== null && (comm || text !== this.#toldRehearsals)) {
      const message: KernelMessage = { type: 'rehearsals', phases };
      this.#toldRehearsals = text;
      if (comm) {
        send(comm, message);
      } else {
        this.broadcast(message);
      }
    }
  }

  async #receive(client: string, comm: Comm, message: Json): Promise<void> {
    if (!isClientMessage(message)) {
      return;
    }
    this.#parts.wheel.seen({ session: comm.session });
    if (this.#comms.get(client) === comm) {
      this.#parts.presence.seen(client, comm.session);
    }
    if (message.type === 'here') {
      this.#tellPresent();
      await this.#parts.notePolicy().catch(() => undefined);
      return;
    }
    if (message.type === 'outline') {
      this.#parts.outline.announce(message.outline, message.sources);
      await this.#parts.standing.sweep().catch(() => undefined);
      await this.#tellRehearsals();
      return;
    }
    try {
      await this.#parts.people.check();
      const found = await actOn(this.#parts, message, this.#parts.people.of(comm.session), {
        session: comm.session
      });
      send(comm, { type: 'answer', request: message.request, error: null, ...found });
    } catch (error) {
      send(comm, { type: 'answer', request: message.request, error: toErrorRecord(error) });
    }
  }

  #tell(record: JournalRecord): void {
    if (record.kind !== 'output') {
      this.broadcast({ type: 'record', after: this.#toldSeq, record });
      this.#toldSeq = record.seq;
    }
    if (record.kind === 'phase-admitted' || record.kind === 'phase-released') {
      void this.#tellRehearsals();
    }
  }

  /** Tells every front end. */
  broadcast(message: KernelMessage): void {
    for (const comm of this.#comms.values()) {
      send(comm, message);
    }
  }

  /** Who is there, when that is not what was told last. */
  #tellPresent(): void {
    const people = this.#parts.presence.people();
    const told = JSON.stringify(people);
    if (told !== this.#toldPresent) {
      this.#toldPresent = told;
      this.broadcast({ type: 'present', people });
    }
  }

  #drop(client: string, comm: Comm): void {
    if (this.#comms.get(client) === comm) {
      this.#comms.delete(client);
      this.#parts.presence.gone(client);
      this.#tellPresent();
    }
    if (this.#comms.size === 0) {
      this.#parts.outline.forget();
    }
  }
}

function send(comm: Comm, message: KernelMessage): void {
  comm.send(message as unknown as Json);
}
