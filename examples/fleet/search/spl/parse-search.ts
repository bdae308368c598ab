// The terms of the search command as a test over rows. Binding from tight to loose: NOT, OR, AND (written or by blank),
// which is the search command's own order and differs from where and eval.
import { compareValues, toNumber, toTexts, type Row } from './row.ts';
import { TokenReader } from './token-reader.ts';
import { ARGUMENT_LEXICON, tokenize } from './tokens.ts';
import { termToRegExp, wildcardToRegExp } from './wildcard.ts';

export type Test = (row: Row) => boolean;

export interface ParsedSearch {
  readonly matches: Test;
  /** Time limits written into the search itself; they win over those of the request. */
  readonly earliest: string | undefined;
  readonly latest: string | undefined;
}

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;

export function parseSearch(text: string): ParsedSearch {
  const reader = new TokenReader(tokenize(text, ARGUMENT_LEXICON), 'search');
  const limits: { earliest?: string; latest?: string } = {};
  const matches = reader.isAtEnd ? () => true : parseAnd(reader, limits);
  reader.expectEnd();
  return { matches, earliest: limits.earliest, latest: limits.latest };
}

type Limits = { earliest?: string; latest?: string };

function parseAnd(reader: TokenReader, limits: Limits): Test {
  const tests = [parseOr(reader, limits)];
  while (!reader.isAtEnd && !(reader.peek().kind === 'symbol' && reader.peek().text === ')')) {
    takeKeyword(reader, 'AND');
    tests.push(parseOr(reader, limits));
  }
  return row => tests.every(test => test(row));
}

function parseOr(reader: TokenReader, limits: Limits): Test {
  const tests = [parseNot(reader, limits)];
  while (takeKeyword(reader, 'OR')) tests.push(parseNot(reader, limits));
  return row => tests.some(test => test(row));
}

function parseNot(reader: TokenReader, limits: Limits): Test {
  if (!takeKeyword(reader, 'NOT')) return parsePrimary(reader, limits);
  const test = parseNot(reader, limits);
  return row => !test(row);
}

function parsePrimary(reader: TokenReader, limits: Limits): Test {
  if (reader.takeSymbol('(') !== undefined) {
    const test = parseAnd(reader, limits);
    reader.expectSymbol(')');
    return test;
  }
  const token = reader.next();
  if (token.kind === 'symbol' || token.kind === 'end')
    reader.fail(`expected a term, found ${token.text === '' ? 'the end' : `"${token.text}"`}`);
  const comparison = reader.takeSymbol(...COMPARISONS);
  if (comparison !== undefined) return parseComparison(reader, limits, token.text, comparison);
  if (token.kind === 'word' && reader.peek(1).text === '(' && takeKeyword(reader, 'IN'))
    return parseList(reader, token.text);
  if (token.kind === 'word' && ['AND', 'OR'].includes(token.text))
    reader.fail(`expected a term, found "${token.text}"`);
  const term = termToRegExp(token.text);
  return row => term.test(toTexts(row.get('_raw')).join(' '));
}

function parseComparison(reader: TokenReader, limits: Limits, field: string, comparison: string): Test {
  const value = reader.expectText(`a value for ${field}`);
  if (field === 'earliest' || field === 'latest') {
    if (comparison !== '=') reader.fail(`${field} takes "=" and a time`);
    limits[field] = value;
    return () => true;
  }
  if (comparison === '=') return matchField(field, value);
  if (comparison === '!=') {
    const equals = matchField(field, value);
    return row => toTexts(row.get(field)).length > 0 && !equals(row);
  }
  return row => toTexts(row.get(field)).some(seen => holds(compareValues(seen, value), comparison));
}

function parseList(reader: TokenReader, field: string): Test {
  reader.expectSymbol('(');
  const tests: Test[] = [];
  do tests.push(matchField(field, reader.expectText(`a value for ${field}`)));
  while (reader.takeSymbol(',') !== undefined);
  reader.expectSymbol(')');
  return row => tests.some(test => test(row));
}

function matchField(field: string, value: string): Test {
  const pattern = wildcardToRegExp(value, 'i');
  const number = toNumber(value);
  return row =>
    toTexts(row.get(field)).some(
      seen => pattern.test(seen) || (number !== undefined && toNumber(seen) === number)
    );
}

function holds(order: number, comparison: string): boolean {
  if (comparison === '<') return order < 0;
  if (comparison === '<=') return order <= 0;
  return comparison === '>' ? order > 0 : order >= 0;
}

// Only in capitals: `or` in small letters is a term to look for.
function takeKeyword(reader: TokenReader, keyword: string): boolean {
  const token = reader.peek();
  if (token.kind !== 'word' || token.text !== keyword) return false;
  reader.next();
  return true;
}
