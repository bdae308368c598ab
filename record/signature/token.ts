// A signed decision as one line of text: what was decided, exactly as it was signed, and the signature.
import { LaunchbookError } from '../../contract/base/error.js';
import type { JsonObject } from '../../contract/base/json.js';
import type { VouchedParts } from '../../contract/signature/vouched.js';

/** What a person signs. Bound to one request of one hold point in one run, to its content, and to a time. */
export type SignedStatement = StatementOfRequest | StatementOfContent;

/** What is signed since a request has a nonce. */
export interface StatementOfRequest extends StatementParts {
  readonly version: 2;
  /** Id of the request that was shown. */
  readonly approval: string;
  /** The nonce of the request. */
  readonly nonce: string;
  /** Sequence number of the last rejection or revocation before the request; 0 when there was none. */
  readonly after: number;
}

/** What was signed before. It counts for requests that a version of that time has recorded. */
export interface StatementOfContent extends StatementParts {
  readonly version: 1;
}

interface StatementParts extends VouchedParts {
  /** Random; a statement counts once. */
  readonly id: string;
  /** Id of the run, or null in a scratch notebook. */
  readonly run: string | null;
  /** Name of the hold point, and the step that asks. */
  readonly hold: string;
  readonly step: string;
  readonly content: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly values: JsonObject;
  /** The signer as `allowed_signers` names them. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A token that was taken apart. `text` is what the signature is over. */
export interface TokenParts {
  readonly text: string;
  readonly statement: SignedStatement;
  /** Armored, as `ssh-keygen -Y sign` writes it. */
  readonly signature: string;
}

/** What a signature is verified over, and by whom. */
export interface SignedText {
  readonly text: string;
  readonly statement: { readonly by: string; readonly at: string } & VouchedParts;
  readonly signature: string;
}

/** The version of the statement is in the prefix, so that a reader of another version says so. */
const PREFIXES: { readonly [prefix: string]: SignedStatement['version'] } = {
  launchbook1: 1,
  launchbook2: 2
};
const LONGEST_TOKEN = 64 * 1024;

/** One line: prefix, statement and signature in base64url. */
export function writeToken(text: string, signature: string): string {
  const version = parse(text)?.version ?? 1;
  return [`launchbook${version}`, encode(text), encode(signature)].join('.');
}

/** True for a line that is meant to be a token, whatever its version. */
export function looksLikeToken(line: string): boolean {
  return /^\s*launchbook\d+\./.test(line);
}

/**
 * Takes a token apart. Nothing is verified.
 *
 * @throws code `signature.unreadable` when it is none.
 */
export function readToken(token: string): TokenParts {
  const { prefix, ...parts } = splitToken(token);
  const version = PREFIXES[prefix];
  const statement = parse(parts.text);
  if (version === undefined || statement?.version !== version) {
    throw unreadable();
  }
  return { ...parts, statement };
}

/** The three parts of any token, whatever its statement says. @throws code `signature.unreadable` when there are not three. */
export function splitToken(token: string): {
  readonly prefix: string;
  readonly text: string;
  readonly signature: string;
} {
  const [prefix, text, signature, ...more] = token.trim().split('.');
  if (token.length > LONGEST_TOKEN || !prefix || !text || !signature || more.length > 0) {
    throw unreadable();
  }
  const parts = { text: decode(text), signature: decode(signature) };
  // One statement has one token: other bytes that read the same would be another file with the same decision.
  if (encode(parts.text) !== text || encode(parts.signature) !== signature) {
    throw unreadable();
  }
  return { prefix, ...parts };
}

function parse(text: string): SignedStatement | null {
  try {
    const statement = JSON.parse(text) as SignedStatement;
    const { id, hold, step, content, decision, comment, by, at } = statement;
    const texts: unknown[] = [id, hold, step, content, decision, comment, by, at];
    if (statement.version === 2) {
      texts.push(statement.approval, statement.nonce);
    }
    const { voucher, login } = statement;
    if (voucher !== undefined || login !== undefined) {
      texts.push(voucher, login);
    }
    const isWhole =
      texts.every(part => typeof part === 'string') &&
      (statement.version === 2 ? Number.isInteger(statement.after) : statement.version === 1);
    return isWhole && !Number.isNaN(Date.parse(at)) ? statement : null;
  } catch {
    return null;
  }
}

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

function decode(text: string): string {
  return Buffer.from(text, 'base64url').toString('utf8');
}

/** What is no token. */
export function unreadable(): LaunchbookError {
  return new LaunchbookError('This is no signed decision of Launchbook, or a part of it is missing.', {
    code: 'signature.unreadable',
    hint: 'Copy the whole line that launchbook approve printed.'
  });
}
