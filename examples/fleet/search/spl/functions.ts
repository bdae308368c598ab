// The functions of where and eval, a table: name, how many arguments, what it gives. `if`, `case` and `coalesce`
// look at their arguments one after the other; all others get values.
import { toNumber, toText, toTexts, type Expression, type Value } from './row.ts';
import { formatTime } from './time.ts';
import type { TokenReader } from './token-reader.ts';

interface EvalFunction {
  readonly least: number;
  readonly most: number;
  readonly apply: (...values: Value[]) => Value;
}

const FUNCTIONS: Readonly<Record<string, EvalFunction>> = {
  abs: numeric(Math.abs),
  ceil: numeric(Math.ceil),
  ceiling: numeric(Math.ceil),
  floor: numeric(Math.floor),
  sqrt: numeric(Math.sqrt),
  round: { least: 1, most: 2, apply: (value, digits = 0) => round(value, digits) },
  len: textual(text => text.length),
  lower: textual(text => text.toLowerCase()),
  upper: textual(text => text.toUpperCase()),
  trim: textual(text => text.trim()),
  substr: { least: 2, most: 3, apply: substring },
  replace: {
    least: 3,
    most: 3,
    apply: (text, pattern, by) =>
      toText(text).replace(new RegExp(toText(pattern), 'g'), toText(by).replaceAll(/\\(\d)/g, '$$$1'))
  },
  match: {
    least: 2,
    most: 2,
    apply: (text, pattern) => text !== null && new RegExp(toText(pattern)).test(toText(text))
  },
  like: {
    least: 2,
    most: 2,
    apply: (text, pattern) => text !== null && likeToRegExp(toText(pattern)).test(toText(text))
  },
  tostring: { least: 1, most: 1, apply: value => (value === null ? null : toText(value)) },
  tonumber: { least: 1, most: 1, apply: value => toNumber(value) ?? null },
  isnull: { least: 1, most: 1, apply: value => value === null },
  isnotnull: { least: 1, most: 1, apply: value => value !== null },
  isnum: { least: 1, most: 1, apply: value => toNumber(value) !== undefined },
  mvcount: { least: 1, most: 1, apply: value => toTexts(value).length || null },
  max: { least: 1, most: 99, apply: (...values) => extreme(values, Math.max) },
  min: { least: 1, most: 99, apply: (...values) => extreme(values, Math.min) },
  null: { least: 0, most: 0, apply: () => null },
  true: { least: 0, most: 0, apply: () => true },
  false: { least: 0, most: 0, apply: () => false },
  now: { least: 0, most: 0, apply: () => Math.floor(Date.now() / 1000) },
  strftime: { least: 2, most: 2, apply: formatMoment }
};

const LAZY: Readonly<Record<string, (list: readonly Expression[]) => Expression>> = {
  if:
    ([condition, then, otherwise]) =>
    row =>
      (condition?.(row) === true ? then?.(row) : otherwise?.(row)) ?? null,
  case: list => row => {
    for (let at = 0; at < list.length; at += 2)
      if (list[at]?.(row) === true) return list[at + 1]?.(row) ?? null;
    return null;
  },
  coalesce: list => row => {
    for (const expression of list) {
      const value = expression(row);
      if (value !== null) return value;
    }
    return null;
  }
};

export function callFunction(name: string, list: readonly Expression[], reader: TokenReader): Expression {
  if (Object.hasOwn(LAZY, name)) {
    if (name === 'if' && list.length !== 3)
      reader.fail(`The arguments to the 'if' function are invalid: expected 3, found ${list.length}`);
    if (name === 'case' && list.length % 2 !== 0)
      reader.fail("The arguments to the 'case' function are invalid: expected pairs");
    return LAZY[name]?.(list) ?? (() => null);
  }
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known === undefined) reader.fail(`The '${name}' function is unsupported or undefined`);
  if (list.length < known.least || list.length > known.most) {
    reader.fail(
      `The arguments to the '${name}' function are invalid: expected ${known.least} to ${known.most}, found ${list.length}`
    );
  }
  return row => known.apply(...list.map(expression => expression(row)));
}

/** SQL's pattern: `%` is any text, `_` one character, and a backslash takes the next character as it is. */
export function likeToRegExp(pattern: string): RegExp {
  const source = pattern.replaceAll(/\\[\s\S]|%|_|[\s\S]/g, part => {
    if (part === '%') return '[\\s\\S]*';
    return part === '_' ? '[\\s\\S]' : RegExp.escape(part.length > 1 ? part.slice(1) : part);
  });
  return new RegExp(`^${source}$`);
}

function numeric(apply: (number: number) => number): EvalFunction {
  return { least: 1, most: 1, apply: value => mapDefined(toNumber(value), apply) };
}

function textual(apply: (text: string) => Value): EvalFunction {
  return { least: 1, most: 1, apply: value => (value === null ? null : apply(toText(value))) };
}

function mapDefined(number: number | undefined, apply: (number: number) => number): number | null {
  return number === undefined ? null : apply(number);
}

function round(value: Value, digits: Value): number | null {
  const places = toNumber(digits) ?? 0;
  return mapDefined(toNumber(value), number => Number(number.toFixed(Math.min(Math.max(places, 0), 15))));
}

// Counts from 1, and from the end when negative, as SPL does.
function substring(text: Value, from: Value, length: Value = null): string {
  const letters = toText(text);
  const start = toNumber(from) ?? 1;
  const begin = start > 0 ? start - 1 : Math.max(letters.length + start, 0);
  return letters.slice(begin, length === null ? undefined : begin + (toNumber(length) ?? 0));
}

function extreme(values: readonly Value[], choose: (...numbers: number[]) => number): number | null {
  const numbers = values.map(toNumber).filter(number => number !== undefined);
  return numbers.length === 0 ? null : choose(...numbers);
}

function formatMoment(time: Value, format: Value): string | null {
  const seconds = toNumber(time);
  if (seconds === undefined) return null;
  const iso = formatTime(seconds);
  const parts: Record<string, string> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    s: String(Math.floor(seconds)),
    '3N': iso.slice(20, 23),
    '%': '%'
  };
  return toText(format).replaceAll(/%(3N|[A-Za-z%])/g, (whole, letter: string) => parts[letter] ?? whole);
}
