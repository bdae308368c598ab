// Whether the fields of a record are as its kind has them: a line that somebody changed is JSON still, and every reader would stumble.
import { RECORD_SHAPES, RECORD_TYPES } from './record-shapes.js';

/**
 * What is wrong with the fields of a record, or null. A kind that is not known, and fields that are not, are of a later version.
 *
 * @example
 * faultOfRecord({ kind: 'checkpoint', name: 7, step: 'a' }) // 'name is a number, expected a text'
 */
export function faultOfRecord(record: { readonly kind: string }): string | null {
  const type = Object.hasOwn(RECORD_TYPES, record.kind) ? RECORD_TYPES[record.kind] : undefined;
  return type === undefined || checkOf([`@${type}`])(record) ? null : faultOf(record, `@${type}`, '');
}

type Check = (value: unknown) => boolean;

const checks = new Map<string, Check>();

/** The quick answer, which nearly every record gets: that one of the types fits. */
function checkOf(types: readonly string[]): Check {
  const key = types.join('|');
  const known =
    checks.get(key) ?? (types.length === 1 ? makeCheck(key) : anyOf(types.map(type => checkOf([type]))));
  checks.set(key, known);
  return known;
}

function anyOf(all: readonly Check[]): Check {
  return value => all.some(check => check(value));
}

function makeCheck(type: string): Check {
  if (type.startsWith('[]')) {
    const isItem = checkOf([type.slice(2)]);
    return value => Array.isArray(value) && value.every(item => isItem(item));
  }
  if (!type.startsWith('@')) {
    return value => faultOf(value, type, '') === null;
  }
  let fields: readonly (Field & { readonly check: Check })[] | null = null;
  return value => {
    fields ??= fieldsOf(type.slice(1)).map(field => ({ ...field, check: checkOf(field.types) }));
    return isObject(value) && fields.every(field => hasField(value, field));
  };
}

function hasField(
  value: { readonly [name: string]: unknown },
  field: Field & { readonly check: Check }
): boolean {
  const { name, isOptional, types, check } = field;
  const isAbsent = !Object.hasOwn(value, name) || value[name] === undefined;
  return isAbsent ? isOptional || types.includes('any') : check(value[name]);
}

interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly types: readonly string[];
}

const fieldsByType = new Map<string, readonly Field[]>();

function fieldsOf(type: string): readonly Field[] {
  const known = fieldsByType.get(type);
  if (known) {
    return known;
  }
  const fields = (RECORD_SHAPES[type] ?? '').split(' ').map(text => {
    const [name = '', types = ''] = text.split(':');
    return { name: name.replace('?', ''), isOptional: name.endsWith('?'), types: types.split('|') };
  });
  fieldsByType.set(type, fields);
  return fields;
}

/** `type` without alternatives. What JSON makes of NaN is a number, and so is one that earlier versions have masked. */
function faultOf(value: unknown, type: string, place: string): string | null {
  if (type.startsWith('[]')) {
    return Array.isArray(value)
      ? firstFault(value, (item, index) => faultOfAny(item, [type.slice(2)], `${place}[${index}]`))
      : wrong(value, 'a list', place);
  }
  if (type.startsWith('@')) {
    return isObject(value)
      ? firstFault(fieldsOf(type.slice(1)), field => faultOfField(value, field, place))
      : wrong(value, 'an object', place);
  }
  if (type === 'object') {
    return isObject(value) ? null : wrong(value, 'an object', place);
  }
  const isNumber =
    type === 'number' && (value === null || (typeof value === 'string' && value.startsWith('«secret ')));
  const isRight = type === 'any' || isNumber || (type === 'null' ? value === null : typeof value === type);
  return isRight ? null : wrong(value, WORDS[type] ?? type, place);
}

function faultOfField(
  value: { readonly [name: string]: unknown },
  { name, isOptional, types }: Field,
  place: string
): string | null {
  const at = place === '' ? name : `${place}.${name}`;
  if (!Object.hasOwn(value, name) || value[name] === undefined) {
    return isOptional || types.includes('any') ? null : `${at} is missing`;
  }
  return faultOfAny(value[name], types, at);
}

/** The fault of the last alternative, when none of them fits. */
function faultOfAny(value: unknown, types: readonly string[], place: string): string | null {
  let fault: string | null = null;
  for (const type of types) {
    fault = faultOf(value, type, place);
    if (fault === null) {
      return null;
    }
  }
  return fault;
}

function firstFault<T>(items: readonly T[], look: (item: T, index: number) => string | null): string | null {
  for (const [index, item] of items.entries()) {
    const fault = look(item, index);
    if (fault !== null) {
      return fault;
    }
  }
  return null;
}

function wrong(value: unknown, expected: string, place: string): string {
  const seen =
    value === null ? 'nothing' : Array.isArray(value) ? 'a list' : (WORDS[typeof value] ?? 'an object');
  return `${place} is ${seen}, expected ${expected}`;
}

const WORDS: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing'
};

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
