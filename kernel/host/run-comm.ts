// The kernel's end of the comm `launchbook.run`: whole state on opening, then every record, and answers to decisions.
// Pages go away without a word, so a page that opens a new comm replaces its older one.
import type { Json } from '../../contract/json.js';
import { COMM_VERSION } from '../../contract/version.js';
import { isClientMessage, isRunHello } from '../../contract/comm-guards.js';
import type { KernelMessage, RequestMessage } from '../../contract/comm.js';
import { DRIVER_VANISHED_MS } from '../../contract/driver.js';
import type { JournalRecord } from '../../contract/journal.js';
import { toErrorRecord } from '../../contract/error.js';
import type { Comm, CommTarget } from '../core/ports.js';
import type { Approvals } from './approvals.js';
import { makeError } from './cell-error.js';
import type { Checklists } from './checklists.js';
import type { OutlineSource } from './outline-source.js';
import type { People } from './people.js';
import type { RunKeeper } from './run-keeper.js';

/** What the comm talks about. */
export interface RunCommParts {
  readonly keeper: RunKeeper;
  readonly approvals: Approvals;
  readonly checklists: Checklists;
  readonly people: People;
  readonly outline: OutlineSource;
}

/** Serves every front end that opens the comm. */
export class RunComm implements CommTarget {
  readonly #parts: RunCommParts;
  readonly #comms = new Map<string, Comm>();
  #toldSeq = 0;
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
    this.#parts.people.introduce(comm.session, data.user);
    if (data.outline) {
      this.#parts.outline.announce(data.outline);
    }
    comm.onClose(() => this.#drop(data.client, comm));
    comm.onMessage(message => void this.#receive(comm, message));
    void this.#welcome(data.client, comm);
  }

  async #welcome(client: string, comm: Comm): Promise<void> {
    try {
      await this.#parts.keeper.open();
    } catch (error) {
      comm.close({ reason: toErrorRecord(error).message });
      return;
    }
    this.#comms.set(client, comm);
    send(comm, {
      type: 'state',
      version: COMM_VERSION,
      state: structuredClone(this.#parts.keeper.state),
      you: this.#parts.people.of(comm.session),
      driverVanishedMs: DRIVER_VANISHED_MS,
      isProduction: false
    });
  }

  async #receive(comm: Comm, message: Json): Promise<void> {
    if (!isClientMessage(message)) {
      return;
    }
    if (message.type === 'outline') {
      this.#parts.outline.announce(message.outline);
      return;
    }
    if (message.type === 'here') {
      return;
    }
    try {
      await this.#act(message, comm);
      send(comm, { type: 'answer', request: message.request, error: null });
    } catch (error) {
      send(comm, { type: 'answer', request: message.request, error: toErrorRecord(error) });
    }
  }

  async #act(message: RequestMessage, comm: Comm): Promise<void> {
    const by = this.#parts.people.of(comm.session);
    if (message.type === 'decide') {
      await this.#parts.approvals.decide(message, by);
    } else if (message.type === 'tick') {
      await this.#parts.checklists.tick(message, by);
    } else {
      throw makeError('UnknownMessageError', 'comm.unknown', 'The kernel does not know this message.');
    }
  }

  #tell(record: JournalRecord): void {
    if (record.kind !== 'output') {
      this.#broadcast({ type: 'record', after: this.#toldSeq, record });
      this.#toldSeq = record.seq;
    }
  }

  #broadcast(message: KernelMessage): void {
    for (const comm of this.#comms.values()) {
      send(comm, message);
    }
  }

  #drop(client: string, comm: Comm): void {
    if (this.#comms.get(client) === comm) {
      this.#comms.delete(client);
    }
    if (this.#comms.size === 0) {
      this.#parts.outline.forget();
    }
  }
}

function send(comm: Comm, message: KernelMessage): void {
  comm.send(message as unknown as Json);
}
