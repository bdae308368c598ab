// On which pages passkeys may have signed, by the text of a launchbook.yml as a commit has it: a record cannot name pages of its own.
import { parse } from 'yaml';
import { pagesOf, type DecidePages } from '../../contract/signature/decision-means.js';

/** The pages that count in `environment`; null when the file names none, or is none. */
export function pagesIn(text: string, environment: string | null): DecidePages | null {
  try {
    const { decide, environments = {} } = parse(text) as {
      readonly decide?: Partial<DecidePages>;
      readonly environments?: { readonly [name: string]: { readonly production?: unknown } | null };
    };
    const { rpId, origins, voucher, slack } = decide ?? {};
    const isWhole =
      typeof rpId === 'string' &&
      Array.isArray(origins) &&
      origins.every((each: unknown) => typeof each === 'string');
    const isProduction = environment !== null && environments[environment]?.production === true;
    return isWhole
      ? (pagesOf(
          {
            rpId,
            origins,
            ...(typeof voucher === 'string' && { voucher }),
            ...(typeof slack === 'object' && slack !== null && { slack })
          },
          isProduction
        ) ?? null)
      : null;
  } catch {
    return null;
  }
}
