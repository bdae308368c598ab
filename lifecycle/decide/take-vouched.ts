// What somebody decides on a page with their login: the page sends the statement, the voucher seals it for whom the login names, and from there
// on it is a token like any other.
import type { PostAnswer } from '../../contract/decide/decision-page.js';
import { isObject } from '../../contract/base/checks.js';
import type { Sealable, Voucher } from './voucher.js';

/** Somebody whom a login has named. */
export interface LoggedIn {
  readonly by: string;
  /** `hub:NAME` or `slack:TEAM/USER`. */
  readonly login: string;
}

/**
 * Seals the statement in `body` and has `take` judge the token.
 *
 * @param person - Null: nobody is logged in.
 */
export async function takeVouched(
  body: string,
  person: LoggedIn | null,
  voucher: Voucher,
  take: (token: string) => Promise<PostAnswer>
): Promise<PostAnswer> {
  const statement = statementIn(body);
  if (person === null) {
    return refusal('decide.no_login', 'JupyterHub names nobody for this browser now. Log in again.');
  }
  if (statement?.by !== person.by) {
    return refusal(
      'decide.other_login',
      `The login is that of ${person.by}, who can decide for nobody else.`
    );
  }
  return take(await voucher.seal(statement, person.login));
}

function statementIn(body: string): Sealable | null {
  try {
    const statement: unknown = JSON.parse(body);
    const { version, by } = statement as Sealable;
    return isObject(statement) && (version === 2 || version === 3) && typeof by === 'string'
      ? (statement as Sealable)
      : null;
  } catch {
    return null;
  }
}

function refusal(code: string, reason: string): PostAnswer {
  return { isTaken: false, code, reason };
}
