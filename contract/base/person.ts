// Who did something, and how certain that is.

/**
 * How an identity was established, weakest first.
 * - `claimed`: the JupyterLab identity or the operating-system user; nobody checked it.
 * - `attested`: the Jupyter server says who is at the page; whatever runs in its account, cells too, can say so as well.
 * - `authenticated`: JupyterHub or another login vouches for it.
 * - `signed`: an SSH signature that `allowed_signers` of the repository verifies.
 */
export type IdentityGrade = 'claimed' | 'attested' | 'authenticated' | 'signed';

/** A person as the record names them. `username` is stable, `name` is for reading. */
export interface Person {
  /** Stable: approvers, groups and signatures name the person by it. */
  readonly username: string;
  /** The name for reading; empty when nobody has given one. */
  readonly name: string;
  /** How sure we are that it is this person. */
  readonly grade: IdentityGrade;
  /** Why whoever could vouch for the person did not, a clause without a full stop. Absent: nobody was to be asked, or they did. */
  readonly doubt?: string;
}

/** `Ann Lee (claimed)`: how a person appears in text. The grade is always shown. */
export function describePerson(person: Person): string {
  return `${person.name || person.username} (${person.grade})`;
}
