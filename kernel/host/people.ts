// Who is at which client. A front end says its user when it opens our comm; the user name of the requests stands in for clients that
// do not, and the operating-system user for those that say nothing.
import { userInfo } from 'node:os';
import type { IdentityGrade, Person } from '../../contract/person.js';

/** A session of a client. */
export interface ClientSession {
  readonly session: string;
  /** User name in the headers of its messages; many clients leave it empty. */
  readonly username?: string;
}

/** Names the people behind the sessions of this kernel. Nothing here proves an identity: at best a JupyterHub vouches for it. */
export class People {
  readonly owner: Person;
  readonly #hubUser: string | null;
  readonly #bySession = new Map<string, { readonly person: Person; readonly client: string }>();

  constructor(environment: NodeJS.ProcessEnv = {}) {
    this.#hubUser = hubUserOf(environment);
    this.owner = this.#named(this.#hubUser ?? ownerName(), '');
  }

  /** Remembers what a front end says of its user. `client` is the id of its page. */
  introduce(
    session: string,
    user: { readonly username: string; readonly name: string },
    client: string = session
  ): Person {
    const person = this.#named(user.username || this.owner.username, user.name);
    this.#bySession.set(session, { person, client });
    return person;
  }

  /** The person behind a session, or the owner of the kernel when the client did not say. */
  of(session: string, username = ''): Person {
    return (
      this.#bySession.get(session)?.person ??
      (GENERIC_NAMES.has(username) ? this.owner : this.#named(username, ''))
    );
  }

  /** Id of the page behind a session, or the session of a client that did not say. */
  clientOf(session: string): string {
    return this.#bySession.get(session)?.client ?? session;
  }

  #named(username: string, name: string): Person {
    const grade: IdentityGrade = username === this.#hubUser ? 'authenticated' : 'claimed';
    return { username, name: name || username, grade };
  }
}

/** What clients write that do not know their user. */
const GENERIC_NAMES = new Set(['', 'username', 'kernel']);

/** Only a server that JupyterHub has started has all three. */
function hubUserOf(environment: NodeJS.ProcessEnv): string | null {
  const { JUPYTERHUB_USER: user, JUPYTERHUB_API_URL: url, JUPYTERHUB_API_TOKEN: token } = environment;
  return user && url && token ? user : null;
}

function ownerName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
