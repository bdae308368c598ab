// The parameters of a template: the constants with a plain value in its cells tagged `parameters`.
// Their values are set in place, so that a reader of the run sees one value and not a default that something overrides.
import type { JsonObject } from '../../contract/base/json.js';
import { isParametersCell, textOf, type OutlineCell } from '../../contract/notebook/outline.js';
import { didYouMean } from '../../contract/base/did-you-mean.js';

type Value = string | number | boolean;

/** A declaration such as `const release = '2.4.0'`; the value must be a text, a number, true or false. */
const DECLARATION =
  /^(?<head>[ \t]*(?:export\s+)?(?:const|let|var)\s+(?<name>[\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=\n]+)?=\s*)(?<value>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\$\n])*`|-?\d[\d_]*(?:\.\d+)?|true|false)(?=\s*(?:;|\/\/|$))/gmu;

/** The declared parameters with their defaults, in document order. */
export function parametersOf(cells: readonly OutlineCell[]): { readonly [name: string]: Value } {
  const found: { [name: string]: Value } = {};
  for (const cell of cells.filter(isParametersCell)) {
    for (const match of textOf(cell.source).matchAll(DECLARATION)) {
      found[match.groups!['name']!] = valueOf(match.groups!['value']!);
    }
  }
  return found;
}

/**
 * Reads `name=text` pairs against the declared parameters; the type of the default decides how the text is read.
 * Every fault is listed.
 */
export function readParameters(
  pairs: readonly string[],
  declared: { readonly [name: string]: Value }
): { readonly values: { readonly [name: string]: Value }; readonly faults: readonly string[] } {
  const values: { [name: string]: Value } = {};
  const faults: string[] = [];
  for (const pair of pairs) {
    const [, name = '', text = ''] = /^([^=]+)=([\s\S]*)$/.exec(pair) ?? [];
    if (name === '') {
      faults.push(`the parameter "${pair}" has no "=": expected name=value`);
    } else if (!Object.hasOwn(declared, name)) {
      const known = Object.keys(declared);
      const list =
        known.length > 0 ? `the template declares ${known.join(', ')}` : 'the template declares none';
      faults.push(`the template has no parameter "${name}": ${list}.${didYouMean(name, known)}`);
    } else {
      readValue(name, text, declared[name]!, values, faults);
    }
  }
  return { values, faults };
}

/** The cells with `values` written over the defaults in the cells tagged `parameters`. */
export function withParameters(cells: readonly OutlineCell[], values: JsonObject): OutlineCell[] {
  return cells.map(cell => {
    if (!isParametersCell(cell)) {
      return cell;
    }
    const source = textOf(cell.source).replaceAll(DECLARATION, (...match) => {
      const { head, name, value } = match.at(-1) as { head: string; name: string; value: string };
      return head + (Object.hasOwn(values, name) ? literalOf(values[name] as Value, value) : value);
    });
    return { ...cell, source: typeof cell.source === 'string' ? source : linesOf(source) };
  });
}

/** The text of a cell tagged `parameters` with a mark in the place of each value: what two runs of one runbook share. */
export function withoutValues(source: string): string {
  return source.replaceAll(DECLARATION, (...match) => `${(match.at(-1) as { head: string }).head}\u2026`);
}

function readValue(
  name: string,
  text: string,
  fallback: Value,
  values: { [name: string]: Value },
  faults: string[]
): void {
  if (typeof fallback === 'string') {
    values[name] = text;
  } else if (typeof fallback === 'boolean') {
    if (text === 'true' || text === 'false') {
      values[name] = text === 'true';
    } else {
      faults.push(`parameter "${name}" is "${text}": expected true or false`);
    }
  } else if (text.trim() !== '' && Number.isFinite(Number(text))) {
    values[name] = Number(text);
  } else {
    faults.push(`parameter "${name}" is "${text}": expected a number`);
  }
}

function valueOf(literal: string): Value {
  if (literal === 'true' || literal === 'false') {
    return literal === 'true';
  }
  if (/^[-\d]/.test(literal)) {
    return Number(literal.replaceAll('_', ''));
  }
  return literal.slice(1, -1).replace(/\\(u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[\s\S])/gi, unescaped);
}

const SINGLE_ESCAPES: { readonly [letter: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0'
};

function unescaped(_: string, escape: string): string {
  const hex = /^(?:u\{?|x)([\da-f]+)\}?$/i.exec(escape)?.[1];
  return hex && escape.length > 1
    ? String.fromCodePoint(Number.parseInt(hex, 16))
    : (SINGLE_ESCAPES[escape] ?? escape);
}

/** A literal of `value`; a text keeps the quotes of the default it replaces, except a template's. */
function literalOf(value: Value, replaced: string): string {
  if (typeof value !== 'string') {
    return String(value);
  }
  const json = JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return replaced.startsWith('"')
    ? json
    : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function linesOf(source: string): string[] {
  return source.split(/(?<=\n)/).filter(line => line !== '');
}
