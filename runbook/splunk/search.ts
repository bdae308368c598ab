// The query builder of `splunk`: immutable, typed, never thenable. Building and compiling touch nothing; `.run()` and the checks do.
import { ports } from '../context.js';
import { displaySearchResult } from '../display/search-result.js';
import { showEnd } from '../effect.js';
import { parseDuration, type Duration } from '../duration.js';
import { CheckFailedError } from '../errors/check-failed-error.js';
import { SearchFailedError } from '../errors/search-failed-error.js';
import { UsageError } from '../errors/usage-error.js';
import type { SearchProfile } from './send.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { readEach } from '../usage/read-each.js';
import { count, isPlainObject, longDuration, required, rule, text, textList } from '../usage/rules.js';
import { BeforeAfter } from './before-after.js';
import { compileSearch } from './compile.js';
import { complaintAbout, refuseCountingAggregates } from './expect-rows.js';
import { findRows } from './find-rows.js';
import { withNode, type SearchNode, type SearchTree } from './nodes.js';
import { quoteField, quoteValue, type SplValue } from './quote.js';
import { checkExpression, readAggregations, readConditions, type Conditions } from './read-parts.js';
import { toSearchResult, type SearchResult } from './result.js';
import {
  checkRunOptions,
  EXPECT_RULES,
  type CheckedRun,
  type ExpectOptions,
  type RunOptions
} from './run-options.js';
import { readSearchTime, type SearchTime } from './time-range.js';
import { windowOf } from './window.js';

/** Names and functions: `{ errors: 'count()', slowestMs: 'max(durationMs)' }`. */
export type Aggregations = { readonly [name: string]: string };

/**
 * A search under construction. Every method gives a new search; none changes the one it is called on.
 * Methods throw {@link UsageError} at once for what no search can have.
 */
export class Search {
  readonly #tree: SearchTree;

  /** Use `splunk.search()`. */
  constructor(tree: SearchTree) {
    this.#tree = tree;
  }

  /**
   * Searches in these indexes; replaces the profile's. Wildcards are allowed.
   * @example splunk.search().index('fleet').toSpl() // 'search index=fleet'
   */
  index(...names: readonly string[]): Search {
    const faults = names.flatMap((name, position) =>
      faultsOfValue(`Index ${position + 1}`, name, required(indexName))
    );
    refuseFaults('.index()', names.length === 0 ? ['An index is missing.'] : faults);
    return this.#change({ indexes: Object.freeze([...names]) });
  }

  /**
   * Keeps events (or, after `stats`, rows) whose fields have these values; a list means one of them.
   * Values are taken as they are: `*` is a wildcard only in `{ like }`.
   * @example splunk.search().index('fleet').where({ level: 'ERROR', durationMs: { atLeast: 500 } }).toSpl()
   * // 'search index=fleet level="ERROR" durationMs>=500'
   */
  where(conditions: Conditions): Search {
    return this.#with({ kind: 'where', conditions: readConditions(conditions) });
  }

  /**
   * Keeps events that contain this text.
   * @example splunk.search().index('fleet').contains('time out').toSpl() // 'search index=fleet "time out"'
   */
  contains(phrase: string): Search {
    refuseFaults('.contains()', faultsOfValue('The text', phrase, required(text)));
    quoteValue(phrase);
    return this.#with({ kind: 'contains', text: phrase });
  }

  /** Beginning of the time range, included. @default '-15m' @see SearchTime */
  earliest(time: SearchTime): Search {
    return this.#change({ earliest: readSearchTime(time, 'earliest'), window: null });
  }

  /** End of the time range, excluded. @default 'now' @see SearchTime */
  latest(time: SearchTime): Search {
    return this.#change({ latest: readSearchTime(time, 'latest'), window: null });
  }

  /**
   * Searches exactly while a recorded step or phase ran: of a step its last attempt, of a phase from the beginning of its first
   * step to the end of its last; to now while it runs. Named by its heading, or the first line or id of its cell.
   * The times are looked up when the search is run. Clocks that differ between machines shift what is found.
   * @example
   * await splunk.search().where({ level: 'ERROR' }).window('First batch').expectNone()
   */
  window(stepOrPhase: string): Search {
    refuseFaults('.window()', faultsOfValue('The step or phase', stepOrPhase, required(text)));
    return this.#change({ window: stepOrPhase });
  }

  /**
   * The same search over two equal ranges: before a step or phase began, and after it ended.
   * @param options - `length` of each range. @default as long as it has been since the end
   * @example
   * const errors = await splunk.search().where({ level: 'ERROR' }).beforeAfter('First batch', { length: '10m' }).run()
   * errors.after.count <= errors.before.count // true
   */
  beforeAfter(stepOrPhase: string, options: { readonly length?: Duration } = {}): BeforeAfter {
    refuseFaults('.beforeAfter()', [
      ...faultsOfValue('The step or phase', stepOrPhase, required(text)),
      ...faultsOfOptions(options, { length: longDuration })
    ]);
    return new BeforeAfter(
      (range, caption) => this.#change({ ...range, window: null, caption }),
      stepOrPhase,
      options.length === undefined ? null : parseDuration(options.length, 'length')
    );
  }

  /** The same search with the times of its `.window()` looked up, so that `.link()` can be asked for. */
  async resolve(): Promise<Search> {
    const { window } = this.#tree;
    return window === null
      ? this
      : this.#change({ ...(await windowOf(window)), window: null, caption: `While “${window}” ran` });
  }

  /**
   * Adds computed fields. Expressions are SPL; use {@link splunk}.quote for values inside them.
   * @example splunk.search().index('fleet').eval({ seconds: 'durationMs / 1000' }).toSpl()
   * // 'search index=fleet | eval seconds=durationMs / 1000'
   */
  eval(fields: { readonly [name: string]: string }): Search {
    refuseFaults('.eval()', faultsOfValue('The list of fields', fields, required(expressions)));
    const nodes = readEach('.eval()', Object.entries(fields), ([name, expression]): SearchNode[] => {
      quoteField(name);
      return [{ kind: 'eval', name, expression: checkExpression(name, expression) }];
    });
    return nodes.reduce((search: Search, node) => search.#with(node), this);
  }

  /**
   * Aggregates, over everything or for each combination of fields.
   * @example splunk.search().index('fleet').stats({ errors: 'count()' }, { by: ['service'] }).toSpl()
   * // 'search index=fleet | stats count AS errors BY service'
   */
  stats(aggregations: Aggregations, options: { readonly by?: readonly string[] } = {}): Search {
    refuseFaults('.stats()', faultsOfOptions(options, { by: textList }));
    return this.#with({
      kind: 'stats',
      aggregations: readAggregations('.stats()', aggregations),
      by: checkFields(options.by ?? [])
    });
  }

  /**
   * Aggregates over time.
   * @example splunk.search().index('fleet').timechart({ errors: 'count()' }, { span: '1m', by: 'service' }).toSpl()
   * // 'search index=fleet | timechart span=1m count AS errors BY service'
   */
  timechart(
    aggregations: Aggregations,
    options: { readonly span?: string; readonly by?: string } = {}
  ): Search {
    refuseFaults('.timechart()', faultsOfOptions(options, { span, by: text }));
    const [by] = checkFields(options.by === undefined ? [] : [options.by]);
    return this.#with({
      kind: 'timechart',
      aggregations: readAggregations('.timechart()', aggregations),
      by: by ?? null,
      span: options.span ?? null
    });
  }

  /**
   * Sorts; a leading `-` means largest first.
   * @example splunk.search().index('fleet').sort('-errors', 'service').toSpl() // 'search index=fleet | sort 0 -errors, +service'
   */
  sort(...fields: readonly string[]): Search {
    refuseFaults(
      '.sort()',
      fields.length === 0 ? ['A field is missing.'] : faultsOfValue('The fields', fields, textList)
    );
    const read = fields.map(field => ({
      name: field.replace(/^[+-]/, ''),
      isDescending: field.startsWith('-')
    }));
    checkFields(read.map(field => field.name));
    return this.#with({ kind: 'sort', fields: read });
  }

  /** Keeps the first rows. @default 10 */
  head(rows = 10): Search {
    refuseFaults('.head()', faultsOfValue('The number of rows', rows, count(1)));
    return this.#with({ kind: 'head', count: rows });
  }

  /** Keeps these fields, in this order. */
  table(...fields: readonly string[]): Search {
    refuseFaults(
      '.table()',
      fields.length === 0 ? ['A field is missing.'] : faultsOfValue('The fields', fields, textList)
    );
    return this.#with({ kind: 'table', fields: checkFields(fields) });
  }

  /**
   * Adds SPL as it is: nothing is quoted or checked in it.
   * @example splunk.search().index('fleet').raw('top limit=3 service').toSpl() // 'search index=fleet | top limit=3 service'
   */
  raw(spl: string): Search {
    refuseFaults('.raw()', faultsOfValue('The SPL', spl, required(text)));
    return this.#with({ kind: 'raw', spl: spl.trim().replace(/^\|\s*/, '') });
  }

  /** The text of the search. The time range travels beside it. */
  toSpl(): string {
    return compileSearch(this.#tree);
  }

  /**
   * Address that opens this search with its time range in Splunk Web.
   * Throws code `splunk.not_configured` without a profile, and `splunk.window_open` while the times of a `.window()` are not looked up.
   */
  link(): string {
    if (this.#tree.window !== null) {
      throw new UsageError(
        `.link() needs the times of “${this.#tree.window}”, which are not looked up yet.`,
        {
          code: 'splunk.window_open',
          hint: 'Write (await search.resolve()).link(), or take the link of the result.'
        }
      );
    }
    const { web, app } = this.#profile();
    const query = new URLSearchParams({
      q: this.toSpl(),
      earliest: this.#tree.earliest,
      latest: this.#tree.latest
    });
    return `${web}/app/${encodeURIComponent(app)}/search?${query.toString().replace(/\+/g, '%20')}`;
  }

  /**
   * Runs the search, shows its rows as a table, and gives them.
   *
   * Recorded: on resume a finished search gives back its recorded rows.
   * @throws {@link SearchFailedError} when it could not be run to its end.
   */
  async run(options: RunOptions = {}): Promise<SearchResult> {
    const result = await this.#find(checkRunOptions('.run()', options));
    showEnd(() => displaySearchResult(result));
    return result;
  }

  /**
   * Runs the search and expects no rows. Throws {@link CheckFailedError} when there are any.
   * An aggregation over everything has a row whatever it finds, so it is refused: use `.expectBelow()` with a field.
   */
  async expectNone(options: RunOptions = {}): Promise<SearchResult> {
    refuseCountingAggregates('.expectNone()', this.#tree);
    return this.#expect(1, null, checkRunOptions('.expectNone()', options));
  }

  /**
   * Runs the search and expects fewer rows than `limit`; with the option `field`, a number below `limit` in that field of every row.
   * Throws {@link CheckFailedError} otherwise.
   * @example
   * await splunk.search().stats({ errors: 'count()' }).expectBelow(5, { field: 'errors' })
   */
  async expectBelow(limit: number, options: ExpectOptions = {}): Promise<SearchResult> {
    const { field } = options;
    refuseFaults(
      '.expectBelow()',
      faultsOfValue('The limit', limit, required(field === undefined ? count(1) : finite))
    );
    const checked = checkRunOptions('.expectBelow()', options, EXPECT_RULES);
    if (field === undefined) {
      refuseCountingAggregates('.expectBelow()', this.#tree);
    }
    return this.#expect(limit, field ?? null, checked);
  }

  async #expect(limit: number, field: string | null, run: CheckedRun): Promise<SearchResult> {
    // The limit of rows must not hide the one that breaks the check.
    const result = await this.#find(field === null ? { ...run, limit: Math.max(run.limit, limit) } : run);
    const complaint = complaintAbout(result, limit, field);
    showEnd(() => displaySearchResult(result, complaint === null ? 'passed' : 'failed'));
    if (complaint !== null) {
      throw new CheckFailedError(`The search ${complaint}.\nSearch: ${result.spl}`, {
        spl: result.spl,
        count: result.count,
        link: result.link
      });
    }
    return result;
  }

  #change(part: Partial<SearchTree>): Search {
    return new Search(Object.freeze({ ...this.#tree, ...part }));
  }

  #with(node: SearchNode): Search {
    return new Search(withNode(this.#tree, node));
  }

  async #find(run: CheckedRun): Promise<SearchResult> {
    return (await this.resolve()).#findResolved(run);
  }

  async #findResolved(run: CheckedRun): Promise<SearchResult> {
    const profile = this.#profile();
    const spl = this.toSpl();
    const link = this.link();
    const { earliest, latest, caption, nodes } = this.#tree;
    const found = await findRows(profile, { spl, earliest, latest }, run);
    return toSearchResult({
      spl,
      earliest,
      latest,
      link,
      caption,
      isTimechart: nodes.some(node => node.kind === 'timechart'),
      rows: found.rows,
      count: found.rows.length,
      isTruncated: found.isTruncated,
      sid: found.sid,
      durationMs: found.durationMs
    });
  }

  #profile(): SearchProfile {
    const { splunk: profile, name } = ports().environment;
    if (!profile) {
      throw new SearchFailedError(
        'splunk.not_configured',
        `has nowhere to go: the environment '${name}' has no splunk in launchbook.yml`,
        this.toSpl()
      );
    }
    return profile;
  }
}

/** The type of {@link splunk}. */
export interface Splunk {
  /** Begins a search over the profile's index, from 15 minutes ago until now. */
  search(): Search;
  /** A value in double quotes, for expressions of `.eval()` and `.raw()`. */
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

function checkFields(fields: readonly string[]): readonly string[] {
  fields.forEach(quoteField);
  return [...fields];
}

const indexName = rule(
  'the name of an index: letters, digits, _, - and *',
  value => typeof value === 'string' && /^[A-Za-z0-9_*][A-Za-z0-9_*-]*$/.test(value)
);
const finite = rule('a number', value => typeof value === 'number' && Number.isFinite(value));
const span = rule(
  "a span such as '1m' or '1h'",
  value => typeof value === 'string' && /^\d{1,6}(us|ms|cs|ds|s|m|h|d|w|mon|q|y)$/.test(value)
);

const expressions = rule('an object of names and expressions', isPlainObject);
