// A signed decision as one line of text: what was decided, exactly as it was signed, and the signature.
import { LaunchbookError } from '../../contract/error.js';
import type { JsonObject } from '../../contract/json.js';

/** What a person signs. Bound to one run, one hold point, one content and one time. */
export interface SignedStatement {
  readonly version: 1;
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

/** Namespace of the signatures: one that was made for something else does not count here. */
export const SIGNATURE_NAMESPACE = 'launchbook';

const PREFIX = 'launchbook1';
const LONGEST_TOKEN = 64 * 1024;

/** One line: prefix, statement and signature in base64url. */
export function writeToken(text: string, signature: string): string {
  return [PREFIX, encode(text), encode(signature)].join('.');
}

/**
 * Takes a token apart. Nothing is verified.
 *
 * @throws code `signature.unreadable` when it is none.
 */
export function readToken(token: string): TokenParts {
  const [prefix, text, signature, ...more] = token.trim().split('.');
  if (token.length > LONGEST_TOKEN || prefix !== PREFIX || !text || !signature || more.length > 0) {
    throw unreadable();
  }
  const parts = { text: decode(text), signature: decode(signature) };
  const statement = parse(parts.text);
  if (!statement) {
    throw unreadable();
  }
  return { ...parts, statement };
}

function parse(text: string): SignedStatement | null {
  try {
    const statement = JSON.parse(text) as SignedStatement;
    const { id, hold, step, content, decision, comment, by, at } = statement;
    const isWhole = [id, hold, step, content, decision, comment, by, at].every(
      part => typeof part === 'string'
    );
    return statement.version === 1 && isWhole && !Number.isNaN(Date.parse(at)) ? statement : null;
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

function unreadable(): LaunchbookError {
  return new LaunchbookError('This is no signed decision of Launchbook, or a part of it is missing.', {
    code: 'signature.unreadable',
    hint: 'Copy the whole line that launchbook approve printed.'
  });
}
