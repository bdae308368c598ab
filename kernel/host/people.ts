// Who is at which client. A front end says its user when it opens our comm; the operating-system user stands in for the others.
import { userInfo } from 'node:os';
import type { Person } from '../../contract/person.js';

/** Names the people behind the sessions of this kernel. All are `claimed`: nothing here checks an identity. */
export class People {
  readonly owner: Person = { username: ownerName(), name: ownerName(), grade: 'claimed' };
  readonly #bySession = new Map<string, Person>();

  /** Remembers what a front end says of its user. */
  introduce(session: string, user: { readonly username: string; readonly name: string }): Person {
    const username = user.username || this.owner.username;
    const person: Person = { username, name: user.name || username, grade: 'claimed' };
    this.#bySession.set(session, person);
    return person;
  }

  /** The person behind a session, or the owner of the kernel when the client did not say. */
  of(session: string): Person {
    return this.#bySession.get(session) ?? this.owner;
  }
}

function ownerName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
