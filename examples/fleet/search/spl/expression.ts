// Expressions of where and eval, parsed into functions over a row. Binding from loose to tight: OR, XOR, AND, NOT,
// comparison, + - and . (joins text), * / %, sign. A missing field makes the value of a comparison missing, not false.
import { callFunction, likeToRegExp } from './functions.ts';
import { toNumber, toText, type Expression, type Value } from './row.ts';
import { TokenReader } from './token-reader.ts';
import { tokenize, type Lexicon } from './tokens.ts';

const EXPRESSION_LEXICON: Lexicon = {
  word: /[A-Za-z_][\w:]*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  symbols: ['==', '!=', '>=', '<=', '(', ')', ',', '=', '<', '>', '+', '-', '*', '/', '%', '.'],
  hasNames: true
};

const COMPARE: Readonly<Record<string, (order: number) => boolean>> = {
  '=': order => order === 0,
  '==': order => order === 0,
  '!=': order => order !== 0,
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0
};

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number | null>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? null : a / b),
  '%': (a, b) => (b === 0 ? null : a % b)
};

export function expressionReader(text: string, command: string): TokenReader {
  return new TokenReader(tokenize(text, EXPRESSION_LEXICON), command);
}

export function parseWholeExpression(text: string, command: string): Expression {
  const reader = expressionReader(text, command);
  const expression = parseExpression(reader);
  reader.expectEnd();
  return expression;
}

export function parseExpression(reader: TokenReader): Expression {
  let left = parseXor(reader);
  while (reader.takeWord('or') !== undefined) left = either(left, parseXor(reader));
  return left;
}

function either(left: Expression, right: Expression): Expression {
  return row => left(row) === true || right(row) === true;
}

function parseXor(reader: TokenReader): Expression {
  let left = parseAnd(reader);
  while (reader.takeWord('xor') !== undefined) {
    const [first, second] = [left, parseAnd(reader)];
    left = row => (first(row) === true) !== (second(row) === true);
  }
  return left;
}

function parseAnd(reader: TokenReader): Expression {
  let left = parseNot(reader);
  while (reader.takeWord('and') !== undefined) {
    const [first, second] = [left, parseNot(reader)];
    left = row => first(row) === true && second(row) === true;
  }
  return left;
}

function parseNot(reader: TokenReader): Expression {
  if (reader.takeWord('not') === undefined) return parseComparison(reader);
  const operand = parseNot(reader);
  return row => {
    const value = operand(row);
    return typeof value === 'boolean' ? !value : null;
  };
}

function parseComparison(reader: TokenReader): Expression {
  const left = parseSum(reader);
  const symbol = reader.takeSymbol(...Object.keys(COMPARE));
  if (symbol !== undefined) {
    const right = parseSum(reader);
    return row => compare(left(row), right(row), symbol);
  }
  if (reader.takeWord('like') !== undefined) {
    const pattern = parseSum(reader);
    return row => likeToRegExp(toText(pattern(row))).test(toText(left(row)));
  }
  if (reader.takeWord('in') === undefined) return left;
  reader.expectSymbol('(');
  const list = parseArguments(reader);
  return row => list.some(item => compare(left(row), item(row), '=') === true);
}

function compare(left: Value, right: Value, symbol: string): boolean | null {
  if (left === null || right === null) return null;
  const [a, b] = [toNumber(left), toNumber(right)];
  const [textA, textB] = [toText(left), toText(right)];
  const order = a !== undefined && b !== undefined ? a - b : textA < textB ? -1 : textA > textB ? 1 : 0;
  return COMPARE[symbol]?.(order) ?? null;
}

function parseSum(reader: TokenReader): Expression {
  let left = parseProduct(reader);
  for (
    let symbol = reader.takeSymbol('+', '-', '.');
    symbol !== undefined;
    symbol = reader.takeSymbol('+', '-', '.')
  ) {
    left = combine(left, parseProduct(reader), symbol);
  }
  return left;
}

function parseProduct(reader: TokenReader): Expression {
  let left = parseSign(reader);
  for (
    let symbol = reader.takeSymbol('*', '/', '%');
    symbol !== undefined;
    symbol = reader.takeSymbol('*', '/', '%')
  ) {
    left = combine(left, parseSign(reader), symbol);
  }
  return left;
}

function combine(left: Expression, right: Expression, symbol: string): Expression {
  return row => {
    const [a, b] = [left(row), right(row)];
    if (a === null || b === null) return null;
    const [x, y] = [toNumber(a), toNumber(b)];
    if (symbol !== '.' && x !== undefined && y !== undefined) return ARITHMETIC[symbol]?.(x, y) ?? null;
    return symbol === '.' || symbol === '+' ? toText(a) + toText(b) : null;
  };
}

function parseSign(reader: TokenReader): Expression {
  if (reader.takeSymbol('-') === undefined) return parsePrimary(reader);
  const operand = parseSign(reader);
  return row => {
    const number = toNumber(operand(row));
    return number === undefined ? null : -number;
  };
}

function parsePrimary(reader: TokenReader): Expression {
  if (reader.takeSymbol('(') !== undefined) {
    const inner = parseExpression(reader);
    reader.expectSymbol(')');
    return inner;
  }
  const { kind, text } = reader.next();
  if (kind === 'string') return () => text;
  if (kind === 'name') return row => row.get(text) ?? null;
  if (kind !== 'word') reader.fail(`the expression is malformed at ${text === '' ? 'its end' : `"${text}"`}`);
  if (/^\d/.test(text)) return () => Number(text);
  if (reader.takeSymbol('(') !== undefined)
    return callFunction(text.toLowerCase(), parseArguments(reader), reader);
  if (text.toLowerCase() === 'true' || text.toLowerCase() === 'false')
    return () => text.toLowerCase() === 'true';
  return row => row.get(text) ?? null;
}

function parseArguments(reader: TokenReader): Expression[] {
  const list: Expression[] = [];
  if (reader.takeSymbol(')') !== undefined) return list;
  do list.push(parseExpression(reader));
  while (reader.takeSymbol(',') !== undefined);
  reader.expectSymbol(')');
  return list;
}
