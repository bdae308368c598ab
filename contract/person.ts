// Who did something, and how sure we are of it.

/**
 * How an identity was established, weakest first.
 * - `claimed`: the JupyterLab identity or the operating-system user; nobody checked it.
 * - `authenticated`: JupyterHub or another login vouches for it.
 * - `signed`: an SSH signature that `allowed_signers` of the repository verifies.
 */
export type IdentityGrade = 'claimed' | 'authenticated' | 'signed';

/** A person as the record names them. `username` is stable, `name` is for reading. */
export interface Person {
  readonly username: string;
  readonly name: string;
  readonly grade: IdentityGrade;
  /** Why whoever could vouch for the person did not, a clause without a full stop. Absent: nobody was to be asked, or they did. */
  readonly doubt?: string;
}

/** `Ann Lee (claimed)`: how a person appears in text. The grade is always shown. */
export function describePerson(person: Person): string {
  return `${person.name || person.username} (${person.grade})`;
}
