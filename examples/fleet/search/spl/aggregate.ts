// The aggregate functions of stats and timechart: parsing of `avg(durationMs) as mean`, and what each one gives.
import { parseWholeExpression } from './expression.ts';
import { compareValues, toNumber, toTexts, type Expression, type Row, type Value } from './row.ts';
import type { TokenReader } from './token-reader.ts';

export interface Aggregate {
  readonly name: string;
  apply(rows: readonly Row[]): Value;
}

type Fold = (values: readonly Value[]) => Value;

const FOLDS: Readonly<Record<string, Fold>> = {
  count: values => values.length,
  c: values => values.length,
  sum: values => foldNumbers(values, numbers => numbers.reduce((sum, number) => sum + number, 0)),
  avg: values => foldNumbers(values, mean),
  mean: values => foldNumbers(values, mean),
  median: values => foldNumbers(values, numbers => percentile(numbers, 50)),
  range: values => foldNumbers(values, numbers => Math.max(...numbers) - Math.min(...numbers)),
  max: values => values.toSorted(compareValues).at(-1) ?? null,
  min: values => values.toSorted(compareValues)[0] ?? null,
  dc: values => new Set(values.map(String)).size,
  distinct_count: values => new Set(values.map(String)).size,
  values: values => [...new Set(values.map(String))].sort(),
  list: values => values.slice(0, 100).map(String),
  // Rows are newest first, so the first one is the latest.
  first: values => values[0] ?? null,
  last: values => values.at(-1) ?? null,
  latest: values => values[0] ?? null,
  earliest: values => values.at(-1) ?? null
};

/** Aggregates up to `by` or the end; `source` is the text that the reader's tokens were cut from. */
export function parseAggregates(reader: TokenReader, source: string): Aggregate[] {
  const aggregates: Aggregate[] = [];
  while (!reader.isAtEnd && reader.peek().text.toLowerCase() !== 'by') {
    aggregates.push(parseAggregate(reader, source));
    reader.takeSymbol(',');
  }
  if (aggregates.length === 0) reader.fail('expected at least one aggregate, such as count');
  return aggregates;
}

function parseAggregate(reader: TokenReader, source: string): Aggregate {
  const word = reader.next();
  const fold = foldOf(word.text.toLowerCase());
  if (word.kind !== 'word' || fold === undefined)
    reader.fail(`The aggregation specifier '${word.text}' is invalid`);
  let argument = '';
  let end = word.end;
  if (reader.takeSymbol('(') !== undefined) ({ argument, end } = readArgument(reader, source));
  else if (!isCount(word.text)) reader.fail(`'${word.text}' needs a field, as in ${word.text}(field)`);
  if (argument === '' && !isCount(word.text))
    reader.fail(`'${word.text}' needs a field, as in ${word.text}(field)`);

  const spelled = argument === '' ? word.text : source.slice(word.start, end);
  const name = reader.takeWord('as') === undefined ? spelled : reader.expectText('a name after "as"');
  const valuesOf = argument === '' ? undefined : readValues(argument);
  return { name, apply: rows => fold(valuesOf === undefined ? rows.map(() => 1) : rows.flatMap(valuesOf)) };
}

function readArgument(reader: TokenReader, source: string): { argument: string; end: number } {
  const start = reader.peek().start;
  for (let depth = 1; ;) {
    const token = reader.next();
    if (token.kind === 'end') reader.fail('a closing bracket is missing');
    if (token.kind === 'symbol' && token.text === '(') depth += 1;
    if (token.kind === 'symbol' && token.text === ')') depth -= 1;
    if (depth === 0) return { argument: source.slice(start, token.start).trim(), end: token.end };
  }
}

// `eval(...)` counts the rows for which it is true and passes other values on; anything else is a field name.
function readValues(argument: string): (row: Row) => readonly Value[] {
  const inner = /^eval\(([\s\S]*)\)$/i.exec(argument)?.[1];
  if (inner === undefined) {
    const field = argument.replace(/^["']([\s\S]*)["']$/, '$1');
    return row => (typeof row.get(field) === 'number' ? [row.get(field) as number] : toTexts(row.get(field)));
  }
  const expression: Expression = parseWholeExpression(inner, 'eval');
  return row => {
    const value = expression(row);
    return value === null || value === false ? [] : [value];
  };
}

function foldOf(name: string): Fold | undefined {
  const share = /^(?:p|perc)(\d{1,2})$/.exec(name)?.[1];
  if (share !== undefined)
    return values => foldNumbers(values, numbers => percentile(numbers, Number(share)));
  return Object.hasOwn(FOLDS, name) ? FOLDS[name] : undefined;
}

function isCount(name: string): boolean {
  return name.toLowerCase() === 'count' || name.toLowerCase() === 'c';
}

function foldNumbers(values: readonly Value[], fold: (numbers: readonly number[]) => number): number | null {
  const numbers = values.map(toNumber).filter(number => number !== undefined);
  return numbers.length === 0 ? null : fold(numbers);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const position = ((sorted.length - 1) * share) / 100;
  const [below = 0, above = below] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return below + (above - below) * (position - Math.floor(position));
}
