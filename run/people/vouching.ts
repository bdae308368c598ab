// Believes the word of the Jupyter server about who is at a page: sealed with the key of the kernel's connection, over this very message,
// moments ago, and once. Everything in the account of the server can read that key, cells too: docs/security.md says what it proves.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { subjectOf, isVouch } from '../../contract/comms/vouch.js';

/** Whom the server has named. */
export interface VouchedUser {
  readonly username: string;
  readonly name: string;
}

const FRESH_MS = 30_000;

/** Reads the words of the server. */
export class Vouching {
  readonly #key: string;
  readonly #now: () => number;
  /** Seals that have counted, with the time until which they could count again. */
  readonly #used = new Map<string, number>();

  /** @param key - Of the kernel's connection; without one nobody is vouched for. */
  constructor(key: string, now: () => number = Date.now) {
    this.#key = key;
    this.#now = now;
  }

  /** Whom the server names for `message`, which carries its word; null when it carries none that counts. */
  userOf(message: object): VouchedUser | null {
    const { vouch } = message as { readonly vouch?: unknown };
    if (this.#key === '' || !isVouch(vouch) || !this.#isSealed(vouch)) {
      return null;
    }
    const { username, name, at, subject } = readWord(vouch.text);
    const now = this.#now();
    const isFresh = Math.abs(now - Date.parse(at)) <= FRESH_MS;
    this.#used.forEach((until, mac) => until < now && this.#used.delete(mac));
    if (!isFresh || username === '' || subject !== subjectOf(message) || this.#used.has(vouch.mac)) {
      return null;
    }
    this.#used.set(vouch.mac, now + 2 * FRESH_MS);
    return { username, name };
  }

  #isSealed({ text, mac }: { readonly text: string; readonly mac: string }): boolean {
    const seal = createHmac('sha256', this.#key).update(`launchbook-vouch\n${text}`).digest();
    const given = Buffer.from(mac, 'hex');
    return given.length === seal.length && timingSafeEqual(given, seal);
  }
}

function readWord(text: string): { readonly [part in 'username' | 'name' | 'at' | 'subject']: string } {
  const word = JSON.parse(text) as { readonly [part: string]: unknown };
  const part = (name: string): string => (typeof word[name] === 'string' ? word[name] : '');
  return { username: part('username'), name: part('name'), at: part('at'), subject: part('subject') };
}
