// The search as an author builds it: immutable, typed, never thenable. Building and compiling touch nothing; `.run()` and the checks do.
import { parseDuration, type Duration } from '../duration.js';
import { faultsOfOptions, faultsOfValue, refuseFaults } from '../usage/check-options.js';
import { readEach } from '../usage/read-each.js';
import { count, flag, isPlainObject, longDuration, required, rule, text, textList } from '../usage/rules.js';
import { BeforeAfter } from './before-after.js';
import { compileSearch } from './spl/compile.js';
import { refuseFixedCounts } from './expect-rows.js';
import { withNode, type SearchNode, type SearchTree } from './spl/nodes.js';
import { quoteField, quoteValue } from './spl/quote.js';
import { checkExpression, readAggregations, readConditions, type Conditions } from './spl/read-parts.js';
import type { SearchResult } from './result.js';
import {
  checkRunOptions,
  EXPECT_RULES,
  SHOW_RULES,
  type CheckOptions,
  type ExpectOptions,
  type RunOptions
} from './run-options.js';
import { expectOfSearch, linkOfSearch, runSearch } from './run-search.js';
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
   * Searches in these indexes; replaces the profile's.
   *
   * @param names - At least one; `*` stands for any characters.
   * @throws {@link UsageError} for a name that no index can have.
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
   *
   * @param conditions - Fields and what they must be; at least one.
   * @throws {@link UsageError} with every fault of fields and values.
   * @example splunk.search().index('fleet').where({ level: 'ERROR', durationMs: { atLeast: 500 } }).toSpl()
   * // 'search index=fleet level="ERROR" durationMs>=500'
   */
  where(conditions: Conditions): Search {
    return this.#with({ kind: 'where', conditions: readConditions(conditions) });
  }

  /**
   * Keeps events that contain this text.
   *
   * @param phrase - Taken as it is, `*` too; not empty.
   * @throws {@link UsageError} for an empty text, or control characters in it.
   * @example splunk.search().index('fleet').contains('time out').toSpl() // 'search index=fleet "time out"'
   */
  contains(phrase: string): Search {
    refuseFaults('.contains()', faultsOfValue('The text', phrase, required(text)));
    quoteValue(phrase);
    return this.#with({ kind: 'contains', text: phrase });
  }

  /**
   * Sets the beginning of the time range, which is included. Without it a search begins 15 minutes ago.
   *
   * @param time - `'-15m'`, `'-1h@h'`, an ISO 8601 text with its zone, a `Date`, or seconds since 1970.
   * @throws {@link UsageError} for anything else.
   * @example
   * await splunk.search().index('fleet').earliest('-1h@h').run() // SearchResult { earliest: '-1h@h', … }
   */
  earliest(time: SearchTime): Search {
    return this.#change({ earliest: readSearchTime(time, 'earliest'), window: null });
  }

  /**
   * Sets the end of the time range, which is excluded. Without it a search ends now.
   *
   * @param time - `'now'`, `'-5m'`, an ISO 8601 text with its zone, a `Date`, or seconds since 1970.
   * @throws {@link UsageError} for anything else.
   * @example
   * await splunk.search().index('fleet').latest('2026-11-22T07:50:00Z').run() // SearchResult { latest: '1795333800.000', … }
   */
  latest(time: SearchTime): Search {
    return this.#change({ latest: readSearchTime(time, 'latest'), window: null });
  }

  /**
   * Searches exactly while a recorded step or phase ran: of a step its last attempt, of a phase from the beginning of its first
   * step to the end of its last; to now while it runs. Named by its heading, or the first line or id of its cell.
   * The times are looked up when the search is run. Clocks that differ between machines shift what is found.
   *
   * @param stepOrPhase - A heading, or the first line or id of a cell.
   * @throws {@link UsageError} for an empty name; the run of the search fails with `run.no_such_step`, `run.ambiguous_step` or
   * `run.not_started` when it has no recorded time.
   * @example
   * await splunk.search().where({ level: 'ERROR' }).window('First batch').expectNone() // SearchResult { count: 0, … }
   */
  window(stepOrPhase: string): Search {
    refuseFaults('.window()', faultsOfValue('The step or phase', stepOrPhase, required(text)));
    return this.#change({ window: stepOrPhase });
  }

  /**
   * The same search over two equal ranges: before a step or phase began, and after it ended.
   *
   * @param stepOrPhase - A heading, or the first line or id of a cell.
   * @throws {@link UsageError} for an empty name, a length that is no duration, or `wait` without a length.
   * @param options - `length` of each range. @default as long as it has been since the end
   * `wait`: when the range after it is not over, it is waited for, which everybody can see; recorded, so that a resume does not wait
   * again. @default false: it is refused
   * @example
   * const errors = await splunk.search().where({ level: 'ERROR' }).beforeAfter('First batch', { length: '10m', wait: true }).run()
   * errors.after.count <= errors.before.count // true
   */
  beforeAfter(
    stepOrPhase: string,
    options: { readonly length?: Duration; readonly wait?: boolean } = {}
  ): BeforeAfter<Search> {
    const { length, wait = false } = options;
    refuseFaults('.beforeAfter()', [
      ...faultsOfValue('The step or phase', stepOrPhase, required(text)),
      ...faultsOfOptions(options, { length: longDuration, wait: flag }),
      ...(wait === true && length === undefined
        ? ["'wait' is given without 'length': nobody knows until when."]
        : [])
    ]);
    return new BeforeAfter(
      (range, caption) => this.#change({ ...range, window: null, caption }),
      stepOrPhase,
      length === undefined ? null : parseDuration(length, 'length'),
      wait
    );
  }

  /**
   * The same search with the times of its `.window()` looked up, so that `.link()` can be asked for. Nothing is sent.
   * On resume the times are looked up again.
   *
   * @throws code `run.no_such_step`, `run.ambiguous_step` or `run.not_started` when the step or phase has no recorded time.
   * @example
   * (await errors.window('First batch').resolve()).link() // 'https://splunk…/search?q=…'
   */
  async resolve(): Promise<Search> {
    const { window } = this.#tree;
    return window === null ? this : this.#change({ ...(await windowOf(window)), window: null });
  }

  /**
   * Adds computed fields.
   *
   * @param fields - Names and expressions in SPL; use `splunk.quote()` for values inside them.
   * @throws {@link UsageError} with every fault of names and expressions.
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
   *
   * @param aggregations - Names and functions of Splunk, for example `{ errors: 'count()' }`.
   * @param options - `by` names the fields. @default over everything
   * @throws {@link UsageError} with every fault of names and functions.
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
   *
   * @param aggregations - Names and functions of Splunk, for example `{ errors: 'count()' }`.
   * @param options - `span` of one point such as `'1m'`, and the field `by` which lines are told apart. @default Splunk's span, one line
   * @throws {@link UsageError} with every fault of names, functions and options.
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
   * Sorts all rows.
   *
   * @param fields - At least one; a leading `-` means largest first.
   * @throws {@link UsageError} for names that no field can have.
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

  /**
   * Keeps the first rows.
   *
   * @param rows - How many, from 1. @default 10
   * @throws {@link UsageError} for anything but a whole number from 1.
   * @example
   * splunk.search().index('fleet').head(5).toSpl() // 'search index=fleet | head 5'
   */
  head(rows = 10): Search {
    refuseFaults('.head()', faultsOfValue('The number of rows', rows, count(1)));
    return this.#with({ kind: 'head', count: rows });
  }

  /**
   * Keeps these fields, in this order.
   *
   * @param fields - At least one.
   * @throws {@link UsageError} for names that no field can have.
   * @example
   * splunk.search().index('fleet').table('_time', 'service').toSpl() // 'search index=fleet | table _time service'
   */
  table(...fields: readonly string[]): Search {
    refuseFaults(
      '.table()',
      fields.length === 0 ? ['A field is missing.'] : faultsOfValue('The fields', fields, textList)
    );
    return this.#with({ kind: 'table', fields: checkFields(fields) });
  }

  /**
   * Adds SPL as it is: nothing is quoted or checked in it.
   *
   * @param spl - A command of Splunk, with or without `|` before it; not empty.
   * @throws {@link UsageError} for an empty text.
   * @example splunk.search().index('fleet').raw('top limit=3 service').toSpl() // 'search index=fleet | top limit=3 service'
   */
  raw(spl: string): Search {
    refuseFaults('.raw()', faultsOfValue('The SPL', spl, required(text)));
    return this.#with({ kind: 'raw', spl: spl.trim().replace(/^\|\s*/, '') });
  }

  /**
   * The text of the search. The time range travels beside it.
   *
   * @example
   * splunk.search().index('fleet').where({ level: 'ERROR' }).toSpl() // 'search index=fleet level="ERROR"'
   */
  toSpl(): string {
    return compileSearch(this.#tree);
  }

  /**
   * Address that opens this search with its time range in Splunk Web.
   *
   * @throws code `splunk.not_configured` without a profile, `splunk.window_open` while the times of a `.window()` are not looked up.
   * @example
   * splunk.search().index('fleet').link() // 'https://splunk…/search?q=search%20index%3Dfleet&earliest=-15m&latest=now'
   */
  link(): string {
    return linkOfSearch(this.#tree);
  }

  /**
   * Runs the search, shows its rows as a table, and gives them.
   *
   * Recorded: on resume a finished search gives back its recorded rows.
   * @param options - How long, how many rows, and over which endpoint.
   * @throws {@link SearchFailedError} when it could not be run to its end; with code `splunk.incomplete` when rows may be missing.
   * @throws {@link UsageError} with every fault of the options. Nothing is sent.
   * @example
   * await splunk.search().index('fleet').head(2).run() // SearchResult { count: 2, rows: [{ service: 'orders', … }, …], … }
   */
  async run(options: RunOptions = {}): Promise<SearchResult> {
    const run = checkRunOptions('.run()', options, SHOW_RULES);
    return runSearch((await this.resolve()).#tree, run);
  }

  /**
   * Runs the search and expects no rows. The rows are shown.
   * An aggregation over everything has a row whatever it finds, so it is refused: use `.expectBelow()` with a field.
   *
   * Recorded: on resume the recorded rows are checked, and nothing is searched.
   * @param options - How long, how many rows, and over which endpoint.
   * @throws {@link CheckFailedError} when there are any rows.
   * @throws {@link SearchFailedError} when it could not be run to its end; with code `splunk.incomplete` when rows may be missing, because
   * the answer was cut, Splunk says so, or the time range is not over: an unfinished search proves nothing.
   * @throws {@link UsageError} for an aggregation over everything, or faults of the options. Nothing is sent.
   * @example
   * await errors.window('First batch').expectNone() // SearchResult { count: 0, … }
   */
  async expectNone(options: CheckOptions = {}): Promise<SearchResult> {
    refuseFixedCounts('.expectNone()', this.#tree, 1);
    const run = checkRunOptions('.expectNone()', options);
    return expectOfSearch((await this.resolve()).#tree, 1, null, run);
  }

  /**
   * Runs the search and expects fewer rows than `limit`; with the option `field`, a number below `limit` in that field of every row.
   *
   * Recorded: on resume the recorded rows are checked, and nothing is searched.
   * @param options - Those of `.run()`, and the field to compare.
   * @throws {@link CheckFailedError} otherwise, also when a row has no number in that field.
   * @throws {@link SearchFailedError} when it could not be run to its end; with code `splunk.incomplete` when rows may be missing.
   * @throws {@link UsageError} when rows of an aggregation over everything are counted, or for faults of the call. Nothing is sent.
   * @example
   * await splunk.search().stats({ errors: 'count()' }).expectBelow(5, { field: 'errors' }) // SearchResult { count: 1, … }
   */
  async expectBelow(limit: number, options: ExpectOptions = {}): Promise<SearchResult> {
    const { field } = options;
    refuseFaults(
      '.expectBelow()',
      faultsOfValue('The limit', limit, required(field === undefined ? count(1) : finite))
    );
    const run = checkRunOptions('.expectBelow()', options, EXPECT_RULES);
    if (field === undefined) {
      refuseFixedCounts('.expectBelow()', this.#tree, limit);
    }
    return expectOfSearch((await this.resolve()).#tree, limit, field ?? null, run);
  }

  #change(part: Partial<SearchTree>): Search {
    return new Search(Object.freeze({ ...this.#tree, ...part }));
  }

  #with(node: SearchNode): Search {
    return new Search(withNode(this.#tree, node));
  }
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
