// With what a decision was signed, and on which pages it may be: the words of launchbook.yml and of the journal.

/**
 * With what a person signed.
 * - `key`: an SSH key in a file, an agent or a security key.
 * - `passkey`: on the decision page, with a device that had verified the person.
 * - `hub`: with the login of JupyterHub on the decision page, for which the voucher vouches.
 * - `slack`: with a click in Slack, for which the voucher vouches.
 */
export type DecisionMeans = 'key' | 'passkey' | 'hub' | 'slack';

/** Every means, as launchbook.yml names it. */
export const DECISION_MEANS: readonly DecisionMeans[] = ['key', 'passkey', 'hub', 'slack'];

/** For people, as what a decision is signed with. */
export function wordsOfMeans(means: readonly DecisionMeans[]): string[] {
  return means.map(each => WORDS[each]);
}

const WORDS: { readonly [means in DecisionMeans]: string } = {
  key: 'key',
  passkey: 'passkey',
  hub: 'login of JupyterHub',
  slack: 'click in Slack'
};

/** On which pages passkeys sign decisions. */
export interface DecidePages {
  /** The host that the passkeys are for; it is a part of their keys for ever. */
  readonly rpId: string;
  /** The addresses of the pages: scheme, host and port, as a browser writes them. */
  readonly origins: readonly string[];
  /** The name in allowed_signers of the process that vouches for logins. Absent: nobody does. */
  readonly voucher?: string;
  /** The Slack login of people, `TEAM/USER` by name. Absent: nobody decides by a click in Slack. */
  readonly slack?: { readonly [name: string]: string };
}

/** What a signature says of itself. */
export interface SignatureFacts {
  readonly means: DecisionMeans;
  /** The page that a passkey signed on. Absent: it was no passkey. */
  readonly origin?: string;
  /** True: copies of the key may be kept by an account. Absent: it was no passkey. */
  readonly synced?: boolean;
}

/** The pages that count in an environment. Every program on somebody's machine can be a page on localhost, so it is none in production. */
export function pagesOf(decide: DecidePages | undefined, isProduction: boolean): DecidePages | undefined {
  return decide && isProduction
    ? { ...decide, origins: decide.origins.filter(origin => !isLocalPage(origin)) }
    : decide;
}

/** True for a page on localhost. */
export function isLocalPage(origin: string): boolean {
  return /^https?:\/\/([^/@]+\.)?localhost(:\d+)?$/.test(origin);
}
