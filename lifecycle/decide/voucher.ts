// Vouches for logins with a key of its own: what somebody decided whom JupyterHub or Slack has named is sealed, so that kernel and readers can
// verify it for ever. The key is in no account in which a run's code runs: whoever has it can decide for everybody who has such a login.
import { LaunchbookError } from '../../contract/base/error.js';
import { tokenOfBytes } from '../../contract/signature/passkey.js';
import { VOUCHER_NAMESPACE, type VouchedParts } from '../../contract/signature/vouched.js';
import { signText } from '../../record/signature/sign.js';
import { readSigners, verifyAgainst } from '../../record/signature/verify.js';

/** What is sealed: a decision, a tick or a report, as a page makes it. */
export interface Sealable {
  readonly version: 2 | 3;
  readonly by: string;
}

/** Where the voucher of a project is named. */
export interface VoucherPlace {
  /** `decide.voucher` of launchbook.yml. */
  readonly name: string | undefined;
  readonly allowedSigners: string | null;
}

export class Voucher {
  readonly #name: string;
  readonly #key: string;

  private constructor(name: string, key: string) {
    this.#name = name;
    this.#key = key;
  }

  /**
   * The voucher with the private key in the file `key`, which is tried at once.
   *
   * @throws LaunchbookError `decide.bad_voucher` when nothing that it seals would count.
   */
  static async open(key: string, { name, allowedSigners }: VoucherPlace): Promise<Voucher> {
    const voucher = new Voucher(name ?? '', key);
    const text = JSON.stringify({ by: 'nobody', at: new Date().toISOString() });
    try {
      if (name === undefined) {
        throw new Error('decide.voucher of launchbook.yml names none');
      }
      const signature = await signText(text, key, VOUCHER_NAMESPACE);
      const statement = { ...(JSON.parse(text) as { by: string; at: string }), voucher: name };
      await verifyAgainst({ text, statement, signature }, readSigners(allowedSigners));
    } catch (error) {
      throw new LaunchbookError(`Nothing that ${key} seals would count: ${(error as Error).message}`, {
        code: 'decide.bad_voucher',
        hint: `Name it under decide in launchbook.yml (voucher: decide), and in allowed_signers with a line of its own: decide namespaces="${VOUCHER_NAMESPACE}" KEY.`,
        cause: error
      });
    }
    return voucher;
  }

  /** The token of `statement`, for the person whom `login` has named: `hub:NAME` or `slack:TEAM/USER`. */
  async seal(statement: Sealable, login: string): Promise<string> {
    const vouched: Sealable & VouchedParts = { ...statement, voucher: this.#name, login };
    const text = JSON.stringify(vouched);
    const signature = await signText(text, this.#key, VOUCHER_NAMESPACE);
    return tokenOfBytes(statement.version, new TextEncoder().encode(text), signature);
  }
}
