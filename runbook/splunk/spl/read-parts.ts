// Reads what an author gives to the builder's methods into nodes, with every fault at once.
import { UsageError } from '../../errors/usage-error.js';
import { describeValue } from '../../usage/describe-value.js';
import { readEach, readInside } from '../../usage/read-each.js';
import { isPlainObject } from '../../usage/rules.js';
import type { Aggregation, Comparison, Condition } from './nodes.js';
import { quoteField, quoteValue, type SplValue } from './quote.js';

/** Comparisons by word: `{ durationMs: { atLeast: 500 } }`. */
export interface Comparisons {
  /** Another value than this one, or than all of these. */
  readonly not?: SplValue | readonly SplValue[];
  /** A number greater than this. */
  readonly above?: number;
  /** This number or a greater one. */
  readonly atLeast?: number;
  /** A number smaller than this. */
  readonly below?: number;
  /** This number or a smaller one. */
  readonly atMost?: number;
  /** A text of this form, in which `*` stands for any characters, or of one of these. */
  readonly like?: string | readonly string[];
}

/** Fields and what they must be: a value, a list of which one must hold, or comparisons. */
export type Conditions = { readonly [field: string]: SplValue | readonly SplValue[] | Comparisons };

const COMPARISONS: { readonly [K in keyof Required<Comparisons>]: Comparison } = {
  not: '!=',
  above: '>',
  atLeast: '>=',
  below: '<',
  atMost: '<=',
  like: 'like'
};

/** Functions of `stats` and `timechart` that are passed on; anything else needs `.raw()`. */
const FUNCTIONS =
  /^(count|c|dc|distinct_count|sum|avg|mean|median|min|max|range|stdev|var|mode|first|last|earliest|latest|list|values|p(erc)?\d{1,2}|rate)$/;

/** @throws {@link UsageError} for fields or values that no search can have. */
export function readConditions(conditions: unknown): Condition[] {
  if (!isPlainObject(conditions) || Object.keys(conditions).length === 0) {
    throw new UsageError(
      `.where() got ${describeValue(conditions)}, expected fields and their values, for example { level: 'ERROR' }.`
    );
  }
  return readEach('.where()', Object.entries(conditions), ([field, wanted]) => {
    quoteField(field);
    refuseTimeModifier(field);
    return isPlainObject(wanted) ? readComparisons(field, wanted) : [conditionOf(field, '=', wanted)];
  });
}

/** @throws {@link UsageError} for text that is not `function()` or `function(field)`. */
export function readAggregations(method: string, aggregations: unknown): Aggregation[] {
  if (!isPlainObject(aggregations) || Object.keys(aggregations).length === 0) {
    throw new UsageError(
      `${method} got ${describeValue(aggregations)}, expected names and functions, for example { errors: 'count()' }.`
    );
  }
  return readEach(method, Object.entries(aggregations), ([name, text]) => {
    quoteField(name);
    const [, called, field] =
      /^\s*(\w+)\s*\(\s*([^()]*?)\s*\)\s*$/.exec(typeof text === 'string' ? text : '') ?? [];
    if (
      called === undefined ||
      field === undefined ||
      !FUNCTIONS.test(called) ||
      (field === '' && !/^(count|c)$/.test(called))
    ) {
      throw new UsageError(
        `'${name}' is ${describeValue(text)}, expected a function over a field such as 'count()', 'max(durationMs)', 'p95(durationMs)'.`,
        {
          hint: 'Functions that are not known here can be written with .raw().'
        }
      );
    }
    if (field !== '') {
      quoteField(field);
    }
    return [{ name, function: called, field: field === '' ? null : field }];
  });
}

/**
 * An `eval` expression is SPL and passed on as it is, but it can neither end the command nor open a subsearch or a macro.
 *
 * @throws {@link UsageError} for a pipe, a bracket or a backtick outside quotes, and for open quotes or parentheses.
 */
export function checkExpression(name: string, expression: unknown): string {
  if (typeof expression !== 'string' || expression.trim() === '') {
    throw new UsageError(
      `'${name}' is ${describeValue(expression)}, expected an expression such as 'durationMs / 1000'.`
    );
  }
  const outside = expression.replace(/"(?:\\[\s\S]|[^"\\])*"|'[^']*'/g, '');
  const bad = /[|[\]`"'\\]/.exec(outside)?.[0];
  const depth = [...outside].reduce(
    (open, sign) => (open < 0 ? open : open + (sign === '(' ? 1 : sign === ')' ? -1 : 0)),
    0
  );
  if (bad !== undefined || depth !== 0) {
    const what = bad === undefined ? 'parentheses that do not match' : `the character ${bad} outside quotes`;
    throw new UsageError(`'${name}' has ${what}: ${expression}`, {
      hint: 'Put texts in double quotes. Further commands are methods of their own, or .raw().'
    });
  }
  return expression.trim();
}

/** In a search these two are no fields but the time range. */
function refuseTimeModifier(field: string): void {
  if (/^(_index_)?(earliest|latest)$/i.test(field)) {
    throw new UsageError(`The field '${field}' sets the time range of a search.`, {
      hint: 'Use .earliest() and .latest().'
    });
  }
}

function readComparisons(field: string, wanted: Record<string, unknown>): Condition[] {
  const entries = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const unknown = entries.map(([word]) => word).filter(word => !Object.hasOwn(COMPARISONS, word));
  if (unknown.length > 0 || entries.length === 0) {
    throw new UsageError(
      `'${field}' is compared by ${unknown.map(word => `'${word}'`).join(', ') || 'nothing'}, expected ${Object.keys(COMPARISONS).join(', ')}; it is ${describeValue(wanted)}.`
    );
  }
  return readInside(field, entries, ([word, value]) => [
    conditionOf(field, COMPARISONS[word as keyof Comparisons], value)
  ]);
}

function conditionOf(field: string, comparison: Comparison, wanted: unknown): Condition {
  const values = (Array.isArray(wanted) ? wanted : [wanted]) as SplValue[];
  if (values.length === 0) {
    throw new UsageError(`'${field}' has an empty list, which nothing can match.`);
  }
  readInside(field, values, value => [quoteValue(value)]);
  return { field, comparison, values };
}
