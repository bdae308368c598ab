// Who is at which client. A front end says its user when it opens our comm; the user name of the requests stands in for clients that
// do not, and the operating-system user for those that say nothing. Only JupyterHub can vouch for one of them: the server's owner.
import { userInfo } from 'node:os';
import type { Person } from '../../contract/base/person.js';
import { Hub } from './hub.js';
import type { VouchedUser } from './vouching.js';

/** A session of a client. */
export interface ClientSession {
  readonly session: string;
  /** User name in the headers of its messages; many clients leave it empty. */
  readonly username?: string;
  /** It is a page that says its user by itself. */
  readonly isFromPage?: boolean;
  /** Whom the server has named for this very message. Absent: nobody. */
  readonly vouched?: VouchedUser;
}

interface Introduced {
  readonly username: string;
  readonly name: string;
  readonly client: string;
}

/** Names the people behind the sessions of this kernel. Nothing here proves an identity: at best a JupyterHub vouches for it. */
export class People {
  readonly #hub: Hub;
  readonly #ownerName: string;
  readonly #bySession = new Map<string, Introduced>();
  readonly #patienceMs: number;
  #hasVouched = false;
  /** Sessions of pages that have not said their user yet, and what waits for that. */
  readonly #awaited = new Map<string, { readonly arrived: Promise<void>; readonly resolve: () => void }>();

  constructor(hub: Hub = new Hub({ environment: {} }), patienceMs = PATIENCE_MS) {
    this.#hub = hub;
    this.#patienceMs = patienceMs;
    this.#ownerName = hub.named ?? ownerName();
  }

  /** Whoever this kernel belongs to. */
  get owner(): Person {
    return this.#named(this.#ownerName, '');
  }

  /** The names of everybody who is known here. */
  names(): readonly string[] {
    return [
      this.#ownerName,
      ...[...this.#bySession.values()].flatMap(({ username, name }) => [username, name])
    ];
  }

  /** Asks the hub, unless it has just answered: grades are as sure as its last word. Never rejects. */
  async check(): Promise<void> {
    await this.#hub.ask();
  }

  /** Waits until the hub was asked once. Never rejects. */
  async known(): Promise<void> {
    await this.#hub.first();
  }

  /**
   * Waits until the page that asked has said its user: whoever opens a notebook and runs a cell at once is faster than the comm of the
   * page. Once for each session, and not for ever, because the page may be one without our extension.
   */
  async arrived({ session, isFromPage }: ClientSession): Promise<void> {
    if (isFromPage !== true || this.#bySession.has(session)) {
      return;
    }
    const known = this.#awaited.get(session);
    if (known) {
      return known.arrived;
    }
    let resolve = (): void => undefined;
    const arrived = new Promise<void>(done => {
      const timer = setTimeout(done, this.#patienceMs);
      resolve = () => {
        clearTimeout(timer);
        done();
      };
    });
    this.#awaited.set(session, { arrived, resolve });
    return arrived;
  }

  /** Remembers what a front end says of its user. `client` is the id of its page. */
  introduce(
    session: string,
    user: { readonly username: string; readonly name: string },
    client: string = session
  ): Person {
    const { name } = user;
    this.#bySession.set(session, { username: user.username || this.#ownerName, name, client });
    this.#awaited.get(session)?.resolve();
    return this.of(session);
  }

  /** The person behind a session, or the owner of the kernel when the client did not say. */
  of(session: string, username = ''): Person {
    const known = this.#bySession.get(session);
    if (known) {
      return this.#named(known.username, known.name);
    }
    return GENERIC_NAMES.has(username) ? this.owner : this.#named(username, '');
  }

  /**
   * Whoever asks with a message: the server's word for it counts before what the page has said. Once the server has vouched for somebody,
   * nobody is authenticated without its word: a colleague's page can write the owner's name.
   */
  asking({ session, username, vouched }: ClientSession): Person {
    if (vouched) {
      this.#hasVouched = true;
      return this.#named(vouched.username, vouched.name, 'attested');
    }
    const person = this.of(session, username);
    return this.#hasVouched && person.grade === 'authenticated'
      ? { ...person, grade: 'claimed', doubt: 'the server did not vouch for this message' }
      : person;
  }

  /** Id of the page behind a session, or the session of a client that did not say. */
  clientOf(session: string): string {
    return this.#bySession.get(session)?.client ?? session;
  }

  #named(username: string, name: string, grade: 'claimed' | 'attested' = 'claimed'): Person {
    const { user, doubt } = this.#hub.word;
    const person = { username, name: name || username };
    return username === user
      ? { ...person, grade: 'authenticated' }
      : { ...person, grade, ...(username === this.#hub.named && doubt !== null ? { doubt } : {}) };
  }
}

/** A page opens its comm as soon as it has connected to the kernel and knows its user. */
const PATIENCE_MS = 2000;

/** What clients write that do not know their user. */
const GENERIC_NAMES = new Set(['', 'username', 'kernel']);

function ownerName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
