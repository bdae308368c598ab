// The kernel's end of the comm `launchbook.run`: whole state on opening, then every record, and answers to decisions.
// What concerns all pages is sent once. Records within 50 ms travel together, those of effects within 500 ms, and who is there is told once a
// second at most.
// Pages are closed without a message, so a page that opens a new comm replaces its older one.
import type { Json } from '../../../contract/base/json.js';
import { COMM_VERSION } from '../../../contract/base/version.js';
import { isNotice, isRequest, isRunHello } from '../../../contract/comms/comm-guards.js';
import type {
  AnswerMessage,
  HereMessage,
  KernelMessage,
  OpenDocument,
  OutlineMessage,
  Refusal,
  RunHello
} from '../../../contract/comms/comm.js';
import type { JournalRecord, RecordKind } from '../../../contract/journal/journal.js';
import { Pace } from './pace.js';
import { toErrorRecord } from '../../../contract/base/error.js';
import type { Comm, CommTarget } from '../../core/ports/ports.js';
import { followNotebook } from '../../../run/keeper/follow-notebook.js';
import type { NotebookFile } from '../../../run/keeper/notebook-file.js';
import type { OutlineSource } from '../../../run/keeper/outline-source.js';
import type { People } from '../../../run/people/people.js';
import { Vouching, type VouchedUser } from '../../../run/people/vouching.js';
import type { Presence } from '../../../run/people/presence.js';
import type { ActParts } from '../../../run/acts/act.js';
import { askFor, isActName } from '../../../run/acts/ask-for.js';
import { makeError } from '../../../run/make-error.js';
import type { ProductionGuard } from '../../../run/gate/production-guard.js';
import type { Wheel } from '../../../run/gate/wheel.js';
import type { Rehearsals } from '../../../run/gate/rehearsals.js';
import type { RunKeeper } from '../../../run/keeper/run-keeper.js';
import { maskStructure } from '../../../run/masking/masked-structure.js';
import type { Masking } from '../../../run/masking/masking.js';
import type { PolicyInForce } from '../../../run/profile/policy-in-force.js';
import type { Profile } from '../../../run/profile/profile.js';
import type { StandingApprovals } from '../../../run/holds/standing-approvals.js';

/** What the comm talks about. */
export interface RunCommParts {
  readonly keeper: RunKeeper;
  readonly masking: Masking;
  readonly notebook: NotebookFile | null;
  readonly acts: ActParts;
  readonly people: People;
  readonly presence: Presence;
  readonly outline: OutlineSource;
  readonly standing: StandingApprovals;
  readonly rehearsals: Rehearsals;
  readonly wheel: Wheel;
  readonly guard: ProductionGuard;
  readonly policy: PolicyInForce;
  readonly profile: Profile;
  readonly driverVanishedMs: () => number;
  /** True for a run whose environment is one of production, or may be. */
  readonly mayBeInProduction: () => boolean;
}

const RECORDS_MS = 50;
/** Of effects come hundreds in a second, and each message costs the server as much as there are pages. */
const EFFECTS_MS = 500;
const PRESENT_MS = 1000;
/** A message of more records than these takes the server longer than the reply behind it may wait. */
const MOST_BEFORE_REPLY = 10;

/** Whatever else is recorded takes those before it along. */
const OF_EFFECTS: ReadonlySet<RecordKind> = new Set(['effect-started', 'effect-ended']);

/** Serves every front end that opens the comm. */
export class RunComm implements CommTarget {
  readonly #parts: RunCommParts;
  readonly #vouching: Vouching;
  readonly #comms = new Map<string, Comm>();
  /** Who is at a page for whom the server vouches. */
  readonly #vouched = new WeakMap<Comm, VouchedUser>();
  #following: Promise<unknown> = Promise.resolve();
  #toldSeq = 0;
  #toldRehearsals = '';
  #toldPresent = '';
  #untold: JournalRecord[] = [];
  readonly #records: Pace;
  readonly #effects: Pace;
  readonly #present: Pace;

  /** @param vouching - Reads what the server says of who is at a page. @default nobody is vouched for */
  constructor(parts: RunCommParts, vouching = new Vouching('')) {
    this.#parts = parts;
    this.#vouching = vouching;
    this.#records = new Pace(RECORDS_MS, () => this.#tellRecords());
    this.#effects = new Pace(EFFECTS_MS, () => this.#tellRecords());
    this.#present = new Pace(PRESENT_MS, () => this.#tellPresent());
    parts.keeper.subscribe(record => this.#tell(record));
    parts.keeper.whenCorrected(() => {
      this.#untold = [];
      this.#toldSeq = parts.keeper.state.seq;
      this.#comms.forEach(comm => this.#greet(comm));
    });
    parts.guard.subscribe((awaited, isWaiting) => this.broadcast({ type: 'guard', ...awaited, isWaiting }));
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
    this.#parts.presence.hasMetClient = true;
    this.#parts.people.introduce(comm.session, data.user, data.client);
    this.#parts.wheel.seen({ session: comm.session });
    if (data.outline) {
      this.#parts.outline.announce({ client: data.client, session: comm.session }, data.outline);
    }
    comm.onClose(() => this.#drop(data.client, comm));
    comm.onMessage(message => void this.#receive(data.client, comm, message));
    const { client, user, vouch } = data;
    const vouched = this.#vouching.userOf({ client, user, vouch });
    if (vouched) {
      this.#vouched.set(comm, vouched);
    }
    this.#welcome(data, comm).catch(error => {
      const record = maskStructure(toErrorRecord(error), this.#parts.masking);
      comm.close({ reason: record.message, error: record } satisfies Refusal as unknown as Json);
    });
  }

  async #welcome({ client, document }: RunHello, comm: Comm): Promise<void> {
    const { keeper, people, guard } = this.#parts;
    await this.#follow(document);
    await Promise.all([keeper.show(), people.check()]);
    const before = this.#comms.get(client);
    if (before !== comm) {
      before?.forget();
    }
    this.#records.now(); // what has been folded into the state that follows
    this.#comms.set(client, comm);
    this.#greet(comm);
    this.#parts.presence.seen(client, comm.session);
    send(comm, { type: 'present', people: this.#parts.presence.people() });
    this.#present.ask();
    // A page that comes while a step waits, such as one that was reloaded, has missed the question.
    const { awaited } = guard;
    if (awaited !== null) {
      send(comm, { type: 'guard', ...awaited, isWaiting: true });
    }
    await this.#tellRehearsals(comm);
    await keeper.openInTime(); // a journal that cannot be trusted ends the comm
  }

  #greet(comm: Comm): void {
    const { keeper, people, profile, driverVanishedMs, mayBeInProduction } = this.#parts;
    const vouched = this.#vouched.get(comm);
    const { colour } = profile;
    send(comm, {
      type: 'state',
      version: COMM_VERSION,
      state: structuredClone(keeper.state),
      you: people.asking({ session: comm.session, ...(vouched && { vouched }) }),
      driverVanishedMs: driverVanishedMs(),
      isProduction: mayBeInProduction(),
      ...(colour === null ? {} : { colour })
    });
  }

  /** One page after the other: two of them may show the same document. */
  async #follow(document: OpenDocument | undefined): Promise<void> {
    if (document) {
      const turn = this.#following.then(() => followNotebook(this.#parts, document));
      this.#following = turn.catch(() => undefined);
      await turn;
    }
  }

  /** Tells `comm`, or every front end when something has changed. */
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
    if (!isNotice(message) && !isRequest(message)) {
      return;
    }
    const { wheel, presence } = this.#parts;
    wheel.seen({ session: comm.session });
    if (this.#comms.get(client) === comm) {
      presence.seen(client, comm.session);
    }
    await (isNotice(message) ? this.#note(client, comm, message) : this.#answer(comm, message));
  }

  async #note(client: string, { session }: Comm, message: HereMessage | OutlineMessage): Promise<void> {
    const { policy, outline, standing } = this.#parts;
    if (message.type === 'here') {
      this.#present.ask();
      await policy.note().catch(() => undefined);
      return;
    }
    if (!outline.announce({ client, session }, message.outline, message.sources)) {
      return; // a watcher's document is a private copy until it is saved
    }
    await standing.sweep().catch(() => undefined);
    await this.#tellRehearsals();
  }

  async #answer(comm: Comm, message: { readonly type: string; readonly request: string }): Promise<void> {
    const { type, request, ...params } = message;
    const vouched = this.#vouching.userOf(message);
    try {
      if (!isActName(type)) {
        throw makeError(
          'UnknownMessageError',
          'comm.unknown',
          `The kernel does not know the message “${type}”.`
        );
      }
      const client = { session: comm.session, ...(vouched && { vouched }) };
      const found = await askFor(this.#parts.acts, type, params, { client });
      this.#answerAfterRecords(comm, { type: 'answer', request, error: null, ...found });
    } catch (error) {
      this.#answerAfterRecords(comm, {
        type: 'answer',
        request,
        error: maskStructure(toErrorRecord(error), this.#parts.masking)
      });
    }
  }

  /** Whatever came of it, the page knows before what was recorded meanwhile: the bar tells why a resume stopped, and no dialog tells it again. */
  #answerAfterRecords(comm: Comm, answer: AnswerMessage): void {
    this.#records.now();
    send(comm, answer);
  }

  #tell(record: JournalRecord): void {
    if (record.kind !== 'output') {
      this.#untold.push(record);
      if (OF_EFFECTS.has(record.kind)) {
        this.#effects.ask();
      } else if (record.kind === 'attempt-ended' && this.#untold.length > MOST_BEFORE_REPLY) {
        this.#records.askLater();
      } else {
        this.#records.ask();
      }
    }
    if (record.kind === 'driver-changed') {
      this.#present.now();
    }
    if (record.kind === 'phase-admitted' || record.kind === 'phase-released') {
      void this.#tellRehearsals();
    }
  }

  #tellRecords(): void {
    const records = this.#untold;
    const last = records.at(-1);
    if (last !== undefined) {
      this.#untold = [];
      this.#tellAll({ type: 'records', after: this.#toldSeq, records });
      this.#toldSeq = last.seq;
    }
  }

  /** Tells every front end, after all that happened before. */
  broadcast(message: KernelMessage): void {
    this.#records.now();
    this.#tellAll(message);
  }

  #tellAll(message: KernelMessage): void {
    const [comm] = this.#comms.values();
    comm?.tellAll(message as unknown as Json);
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
      this.#parts.outline.forget(client);
      this.#present.ask();
    }
  }
}

function send(comm: Comm, message: KernelMessage): void {
  comm.send(message as unknown as Json);
}
