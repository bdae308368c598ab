// One base class for every error of ours, branded so that a second copy of the library, another realm or a
// structured clone does not break the test (`instanceof` fails in all three), and its plain-data form.
import type { JsonObject } from './json.js';

const BRAND = Symbol.for('launchbook.error');

/** An error as plain data: the only form that crosses a process boundary or enters the journal. */
export interface ErrorRecord {
  /** Class name, for example `CommandFailedError`. */
  readonly name: string;
  /** Stable dotted word, for example `shell.failed`. Tests and tools match this, never the message. */
  readonly code: string;
  /** What we were doing, what was seen, what was expected, with numbers and units. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  /** Lines of the stack that belong to cells, nearest first. */
  readonly frames?: readonly string[];
  /** Fields of the particular error, for example `exitCode`. */
  readonly fields?: JsonObject;
}

/** What an error of ours is built from. */
export interface ErrorDetails {
  readonly code: string;
  readonly hint?: string;
  readonly cause?: unknown;
  readonly fields?: JsonObject;
}

/**
 * Base of every error that Launchbook throws on purpose. Its `code` is a stable dotted word such as `shell.failed`.
 *
 * @example
 * throw new LaunchbookError('Journal is open in another kernel (pid 4711)', { code: 'journal.locked', hint: 'Shut that kernel down.' })
 */
export class LaunchbookError extends Error {
  /** Stable dotted word, for example `shell.failed`. Compare this, never the message. */
  readonly code: string;
  /** What to do next, in one or two sentences. */
  readonly hint: string | undefined;
  /** Facts of this error as plain data, for example `exitCode`. The journal keeps them. */
  readonly fields: JsonObject | undefined;

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.hint = details.hint;
    this.fields = details.fields;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/**
 * True when `value` is an error of Launchbook, also one from another realm or from a second copy of the library.
 *
 * @example
 * isLaunchbookError(new Error('mine')) // false
 */
export function isLaunchbookError(value: unknown): value is LaunchbookError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/**
 * The last line below an error of ours: its code, and where it is explained.
 *
 * @example
 * moreAbout('hold.locked') // 'More: launchbook explain hold.locked'
 */
export function moreAbout(code: string): string {
  return `More: launchbook explain ${code}`;
}

/** Any thrown value as plain data. A thrown non-error becomes code `foreign.thrown`, a foreign error `foreign.error`. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (isLaunchbookError(thrown)) {
    return {
      name: thrown.name,
      code: thrown.code,
      message: thrown.message,
      ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
      ...(thrown.fields === undefined ? {} : { fields: thrown.fields })
    };
  }
  if (looksLikeError(thrown)) {
    return { name: thrown.name, code: 'foreign.error', message: thrown.message };
  }
  return {
    name: 'NonError',
    code: 'foreign.thrown',
    message: `A value that is not an error was thrown: ${String(thrown)}`
  };
}

/** An error that arrived as plain data, made throwable again under its own name and code. */
export function fromErrorRecord(record: ErrorRecord): LaunchbookError {
  const error = new LaunchbookError(record.message, {
    code: record.code,
    ...(record.hint === undefined ? {} : { hint: record.hint }),
    ...(record.fields === undefined ? {} : { fields: record.fields })
  });
  error.name = record.name;
  return error;
}

function looksLikeError(value: unknown): value is Error {
  return Object.prototype.toString.call(value) === '[object Error]' || value instanceof Error;
}
