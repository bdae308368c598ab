// What a schema cannot say of `decide` and `means` in launchbook.yml: whether browsers would sign on these pages for this host, and
// whether anybody could decide at all.
import { isLocalPage, pagesOf, type DecidePages } from '../../contract/signature/decision-means.js';
import type { PlacedFault } from './placed-fault.js';
import type { EnvironmentText, ProfileFile } from './profile-schema.js';

/** Every fault; none when a passkey can do what the file asks of it. */
export function faultsOfDecide({ decide, environments = {} }: ProfileFile): PlacedFault[] {
  return [
    ...(decide === undefined ? [] : faultsOfPages(decide)),
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
  return rules
    .filter(({ means }) => means?.every(one => one === 'passkey') === true && !hasPage)
    .map(({ path }) => {
      const where = ['environments', name, 'policy', ...path, 'means'];
      const why =
        decide === undefined
          ? "'decide' says on no page where passkeys sign"
          : "'decide' names localhost alone, which is no page that decides in production";
      return { path: where, message: `'${where.join('.')}' asks for passkeys alone, and ${why}.` };
    });
}
