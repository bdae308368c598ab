// Checks a parsed launchbook.yml against its schema and words every fault for the person who wrote the file.
import { createRequire } from 'node:module';
import type { Ajv as AjvClass, ErrorObject, ValidateFunction } from 'ajv';
import { didYouMean } from '../../contract/base/did-you-mean.js';
import { DURATION_PATTERN } from './policy-schema.js';
import { faultsOfDecide } from './check-decide.js';
import { faultsOfRehearsals } from './check-rehearsals.js';
import { LAB_SCHEMA, SLACK_ID_PATTERN, VARIABLE_PATTERN } from './slack-schema.js';
import { PROFILE_SCHEMA, type ProfileFile } from './profile-schema.js';
import type { PlacedFault } from './placed-fault.js';

/** Every fault of `content`; none when it is a `ProfileFile`. */
export function validateProfile(content: unknown): PlacedFault[] {
  check ??= compileCheck();
  return check(content)
    ? [...faultsOfRehearsals(content as ProfileFile), ...faultsOfDecide(content as ProfileFile)]
    : (check.errors ?? []).flatMap(wordFault);
}

/** Compiled at the first use and then kept: that takes longer than reading and checking the file. */
let check: ValidateFunction | undefined;

function compileCheck(): ValidateFunction {
  const { Ajv } = createRequire(import.meta.url)('ajv') as { Ajv: typeof AjvClass };
  const options = { allErrors: true, allowUnionTypes: true, verbose: true };
  return new Ajv({ ...options, formats: { regex: isPattern } }).compile(PROFILE_SCHEMA);
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(`^(?:${text})$`, 'u'));
  } catch {
    return false;
  }
}

function wordFault(error: ErrorObject): PlacedFault[] {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  if (error.schemaPath.includes('/oneOf/')) {
    // The parts of a choice; the choice itself has its own words.
    return [];
  }
  const word = WORDS[error.keyword];
  return word ? [word(error, path)] : [];
}

type Word = (error: ErrorObject, path: readonly string[]) => PlacedFault;

const WORDS: { readonly [keyword: string]: Word } = {
  additionalProperties: (error, path) => {
    const key = String(error.params['additionalProperty']);
    const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
    return {
      path: [...path, key],
      message: `'${[...path, key].join('.')}' is not a known key.${didYouMean(key, known)} Known here: ${known.join(', ')}.`
    };
  },
  required: (error, path) => {
    const key = String(error.params['missingProperty']);
    return { path, message: `'${[...path, key].join('.')}' is missing.` };
  },
  type: (error, path) => ({
    path,
    message: `${nameOf(path)} is ${describe(error.data)}, expected ${listOf(error.params['type'])}.`
  }),
  enum: (error, path) => {
    const allowed = (error.params['allowedValues'] as unknown[]).map(String);
    return {
      path,
      message: `${nameOf(path)} is ${describe(error.data)}, expected one of ${allowed.join(', ')}.${didYouMean(String(error.data), allowed)}`
    };
  },
  format: (error, path) => ({
    path,
    message: `${nameOf(path)} is ${describe(error.data)}, expected a regular expression.`
  }),
  oneOf: (_, path) => ({
    path,
    message: `${nameOf(path)} has neither or both of token and webhook, expected one of them.`
  }),
  minLength: (_, path) => ({ path, message: `${nameOf(path)} is empty, expected a text.` }),
  minProperties: (_, path) => ({
    path,
    message: `${nameOf(path)} is empty, expected ${path.includes('secrets') ? ONE_SOURCE : 'at least one environment'}.`
  }),
  maxProperties: (_, path) => ({
    path,
    message: `${nameOf(path)} names several sources, expected ${ONE_SOURCE}.`
  }),
  minimum: (error, path) => ({
    path,
    message: `${nameOf(path)} is ${describe(error.data)}, expected at least ${String(error.params['limit'])}.`
  }),
  minItems: (_, path) => ({
    path,
    message: `${nameOf(path)} is empty, expected ${LEAST_ITEMS[path.at(-1) ?? ''] ?? 'a program and its arguments'}.`
  }),
  pattern: (error, path) =>
    error.propertyName === undefined
      ? {
          path,
          message: wordPattern(error, nameOf(path))
        }
      : {
          path: [...path, error.propertyName],
          message: `'${error.propertyName}' under ${nameOf(path)} is not a valid name, expected ${NAME_RULES[path.length === 1 && path[0] === 'environments' ? 'environment' : 'variable']}.`
        }
};

function wordPattern({ schema, data }: ErrorObject, name: string): string {
  // What stands there may be the secret itself.
  return schema === VARIABLE_PATTERN
    ? `${name} is not the name of an environment variable, expected ${'${NAME}'}: a secret does not belong into the file.`
    : `${name} is ${describe(data)}, expected ${PATTERN_WORDS[String(schema)] ?? "a size such as '512 KiB' or '4 MiB'"}.`;
}

const PATTERN_WORDS: { readonly [pattern: string]: string } = {
  [DURATION_PATTERN]: "a duration such as '30m' or '1h30m'",
  [SLACK_ID_PATTERN]: 'an id that Slack gives to a person (U…) or a user group (S…)',
  [LAB_SCHEMA.pattern]: 'an address that begins with http:// or https://'
};

const LEAST_ITEMS: { readonly [key: string]: string } = {
  enum: 'at least one value',
  in: 'at least one environment',
  means: 'at least one of key and passkey',
  origins: 'at least one address'
};

const ONE_SOURCE = 'one of env, file and command';

const NAME_RULES = {
  environment: 'lower-case letters, digits and hyphens, beginning with a letter',
  variable: 'letters, digits and underscores, not beginning with a digit'
} as const;

function nameOf(path: readonly string[]): string {
  return path.length === 0 ? 'The file' : `'${path.join('.')}'`;
}

function listOf(type: unknown): string {
  return Array.isArray(type) ? type.join(' or ') : (TYPE_WORDS[String(type)] ?? `a ${String(type)}`);
}

const TYPE_WORDS: { readonly [type: string]: string } = {
  object: 'a mapping',
  array: 'a list',
  integer: 'a whole number'
};

function describe(value: unknown): string {
  if (value === null || value === undefined) {
    return 'empty';
  }
  return Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'a mapping'
      : `${JSON.stringify(value)} (a ${typeof value})`;
}

function unescapePointer(part: string): string {
  return part.replace(/~1/g, '/').replace(/~0/g, '~');
}
