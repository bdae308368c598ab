// Which statement a token is about, whatever kind of token it is.
import { looksLikeAct, readAct } from './act-token.js';
import { readToken } from './token.js';

/** The id of the statement; null for a text that is no token. Nothing is verified. */
export function statementIdOf(token: string): string | null {
  try {
    return (looksLikeAct(token) ? readAct(token) : readToken(token)).statement.id;
  } catch {
    return null;
  }
}
