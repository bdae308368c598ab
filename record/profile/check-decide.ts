// What a schema cannot say of `decide` and `means` in launchbook.yml: whether browsers would sign on these pages for this host, and
// whether anybody could decide at all.
import {
  isLocalPage,
  pagesOf,
  type DecidePages,
  type DecisionMeans
} from '../../contract/signature/decision-means.js';
import type { PlacedFault } from './placed-fault.js';
import type { EnvironmentText, ProfileFile } from './profile-schema.js';

/** Every fault; none when a passkey can do what the file asks of it. */
export function faultsOfDecide({ decide, environments = {} }: ProfileFile): PlacedFault[] {
  return [
    ...(decide === undefined ? [] : [...faultsOfPages(decide), ...faultsOfSlack(decide)]),
    ...Object.entries(environments).flatMap(([name, environment]) =>
      faultsOfMeans(name, environment ?? {}, decide)
    )
  ];
}

function faultsOfPages({ rpId, origins }: DecidePages): PlacedFault[] {
  const isHost = rpId === 'localhost' || /^(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(rpId);
  return [
    ...(isHost
      ? []
      : [
          {
            path: ['decide', 'rpId'],
            message: `'decide.rpId' is '${rpId}', expected a host name such as 'launchbook.example.com', in lower case, without scheme and port.`
          }
        ]),
    ...origins.flatMap((origin, index) => {
      const expected = faultOfOrigin(origin, rpId);
      return expected === null
        ? []
        : [
            {
              path: ['decide', 'origins', String(index)],
              message: `'decide.origins.${index}' is '${origin}', expected ${expected}.`
            }
          ];
    })
  ];
}

/** One login is one person: whoever had two names could be two people. */
function faultsOfSlack({ slack = {}, voucher }: DecidePages): PlacedFault[] {
  const entries = Object.entries(slack);
  return [
    ...(entries.length > 0 && voucher === undefined
      ? [
          {
            path: ['decide', 'slack'],
            message: "'decide.slack' names people, and 'decide.voucher' nobody who vouches for them."
          }
        ]
      : []),
    ...entries.flatMap(([name, login], index) => {
      const [other] = entries.slice(0, index).find(([, known]) => known === login) ?? [];
      const message = `'decide.slack.${name}' is '${login}', which is ${other} already.`;
      return other === undefined ? [] : [{ path: ['decide', 'slack', name], message }];
    })
  ];
}

/** What a browser would call the page, or null when that is what stands there. */
function faultOfOrigin(origin: string, rpId: string): string | null {
  const url = URL.parse(origin);
  if (url?.origin !== origin) {
    return "an address without a path, as a browser writes it, such as 'https://launchbook.example.com'";
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocalPage(origin))) {
    return 'https: browsers sign nowhere else, except on localhost';
  }
  return url.hostname === rpId || url.hostname.endsWith(`.${rpId}`)
    ? null
    : `a page of '${rpId}', which the passkeys are for`;
}

function faultsOfMeans(
  name: string,
  { production = false, policy }: EnvironmentText,
  decide: DecidePages | undefined
): PlacedFault[] {
  const rules = [
    { path: ['approvals'], means: policy?.approvals?.means },
    ...Object.entries(policy?.phases ?? {}).map(([title, { means }]) => ({ path: ['phases', title], means }))
  ];
  const hasPage = (pagesOf(decide, production)?.origins.length ?? 0) > 0;
  const isVouched = decide?.voucher !== undefined;
  const isUsable: { readonly [each in DecisionMeans]: boolean } = {
    key: true,
    passkey: hasPage,
    hub: isVouched,
    slack: isVouched && Object.keys(decide.slack ?? {}).length > 0
  };
  return rules
    .filter(({ means }) => means?.some(each => isUsable[each]) === false)
    .map(({ path, means }) => {
      const where = ['environments', name, 'policy', ...path, 'means'];
      if (!means?.includes('passkey')) {
        return {
          path: where,
          message: `'${where.join('.')}' asks for ${means?.join(' or ')}, and 'decide' names no voucher${isVouched ? "'s people under slack" : ' for logins'}.`
        };
      }
      const why =
        decide === undefined
          ? "'decide' says on no page where passkeys sign"
          : "'decide' names localhost alone, which is no page that decides in production";
      return { path: where, message: `'${where.join('.')}' asks for passkeys alone, and ${why}.` };
    });
}
