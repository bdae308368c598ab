// `splunk`: where a search begins, over the index of the environment's profile.
import { ports } from '../context.js';
import { Search } from './search.js';
import { quoteValue, type SplValue } from './spl/quote.js';

/** The type of {@link splunk}. */
export interface Splunk {
  /**
   * Begins a search over the profile's index, from 15 minutes ago until now. Nothing is sent before it is run.
   *
   * @example
   * splunk.search().index('fleet').where({ level: 'ERROR' }).toSpl() // 'search index=fleet level="ERROR"'
   */
  search(): Search;
  /**
   * A value in double quotes, for expressions of `.eval()` and `.raw()`. A number stays as it is.
   *
   * @param value - A text, a number, true or false.
   * @throws {@link UsageError} for anything else, and for control characters.
   * @example
   * splunk.quote('say "hi"') // '"say \"hi\""'
   */
  quote(value: SplValue): string;
}

/**
 * Builds and runs Splunk searches.
 *
 * Recorded: on resume a finished search gives back its recorded rows and is not run again; building one touches nothing.
 * @throws {@link SearchFailedError}, {@link CheckFailedError} and {@link UsageError}, as the methods of a search say.
 * @example
 * await splunk.search().index('fleet').where({ level: 'ERROR' }).earliest('-15m').stats({ errors: 'count()' }, { by: ['service'] }).run()
 * // SearchResult { count: 2, rows: [{ service: 'orders', errors: '3' }, …], … }
 */
export const splunk: Splunk = Object.freeze({
  search: () =>
    new Search({
      indexes: profileIndex(),
      nodes: [],
      earliest: '-15m',
      latest: 'now',
      window: null,
      caption: null
    }),
  quote: quoteValue
});

function profileIndex(): readonly string[] {
  const index = ports().environment.splunk?.index ?? null;
  return index === null ? [] : [index];
}
