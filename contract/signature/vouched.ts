// A decision that a login vouches for: nobody signed it by themselves. A process in another account than the run, the voucher, saw the login of
// JupyterHub or of Slack, and sealed the statement with a key of its own, in a namespace in which no person's key signs.
import type { IdentityGrade } from '../base/person.js';
import type { DecidePages, DecisionMeans } from './decision-means.js';
import type { ProofFault } from './proof-fault.js';

/** Namespace of the seals of a voucher. */
export const VOUCHER_NAMESPACE = 'launchbook-voucher';

/** What a vouched statement says beside the decision. */
export interface VouchedParts {
  /** The voucher as `allowed_signers` and `decide.voucher` name it. Absent: the person signed. */
  readonly voucher?: string;
  /** The login that it saw: `hub:NAME` or `slack:TEAM/USER`. */
  readonly login?: string;
}

/** True for a line of `allowed_signers` with this namespace and no other: one without the option lets a person's key sign for everything. */
export function isOfVoucher(line: string): boolean {
  return VOUCHER_LINE.test(line);
}

/** Names, then the options. */
const VOUCHER_LINE = new RegExp(
  `^\\s*(?:"[^"]*"|\\S+)\\s+(?:[^\\s"]+(?:"[^"]*")?,)*namespaces="${VOUCHER_NAMESPACE}"[,\\s]`
);

/** How sure we are of who made a statement. */
export function gradeOf({ voucher }: VouchedParts): IdentityGrade & ('signed' | 'authenticated') {
  return voucher === undefined ? 'signed' : 'authenticated';
}

/** The means of a login; undefined for a statement that was signed by a person. */
export function meansOfLogin({ login }: VouchedParts): DecisionMeans | undefined {
  return login === undefined ? undefined : login.startsWith('hub:') ? 'hub' : 'slack';
}

/** True for a signature of a person's own key: one of a voucher is of everybody for whom it vouches. */
export function isOwnKey({ means }: { readonly means?: DecisionMeans }): boolean {
  return means !== 'hub' && means !== 'slack';
}

/**
 * Null when `pages` names the voucher, and says that the login is that of the person. `text` continues “the signature …”.
 *
 * @example
 * faultOfVouched({ by: 'bob', voucher: 'decide', login: 'slack:T01/U024' }, { …, voucher: 'decide', slack: { bob: 'T01/U025' } })
 * // { code: 'signature.other_login', text: 'is for the login slack:T01/U024, which the policy does not give to bob' }
 */
export function faultOfVouched(
  { by, voucher, login }: VouchedParts & { readonly by: string },
  pages: Pick<DecidePages, 'voucher' | 'slack'> | undefined
): ProofFault | null {
  if (voucher === undefined && login === undefined) {
    return null;
  }
  if (voucher === undefined || pages?.voucher !== voucher) {
    const named = pages?.voucher === undefined ? 'none' : pages.voucher;
    return {
      code: 'signature.other_voucher',
      text: `is of ${voucher ?? 'nobody'} as a voucher, and the policy names ${named}`
    };
  }
  const { slack = {} } = pages;
  const logins = [`hub:${by}`, ...(Object.hasOwn(slack, by) ? [`slack:${slack[by]!}`] : [])];
  return login !== undefined && logins.includes(login)
    ? null
    : {
        code: 'signature.other_login',
        text: `is for the login ${login ?? 'of nobody'}, which the policy does not give to ${by}`
      };
}
