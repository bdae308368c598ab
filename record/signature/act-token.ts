// What a person signs about an item of a checklist or a task of theirs, as one line of text: `launchbook3.STATEMENT.SIGNATURE`.
import { isAct, type SignedAct } from '../../contract/decide/signed-act.js';
import { splitToken, unreadable } from './token.js';

/** A token that was taken apart. `text` is what the signature is over. */
export interface ActParts {
  readonly text: string;
  readonly statement: SignedAct;
  /** Armored, as `ssh-keygen -Y sign` writes it. */
  readonly signature: string;
}

const PREFIX = 'launchbook3';

/** True for a line that is meant to be such a token. */
export function looksLikeAct(line: string): boolean {
  return line.trimStart().startsWith(`${PREFIX}.`);
}

/**
 * Takes a token apart. Nothing is verified.
 *
 * @throws code `signature.unreadable` when it is none.
 */
export function readAct(token: string): ActParts {
  const { prefix, ...parts } = splitToken(token);
  const statement = prefix === PREFIX ? parse(parts.text) : null;
  if (!isAct(statement)) {
    throw unreadable();
  }
  return { ...parts, statement };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
