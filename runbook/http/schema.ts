// Checks JSON against any schema that follows Standard Schema 1 (https://standardschema.dev): Zod, Valibot, ArkType and others.
// The interface is written out here, so that checking the types of a cell reads no library.
import { parseJsonText } from '../parsed-json.js';

/** A schema of any library that follows Standard Schema 1. */
export interface StandardSchema<Output = unknown> {
  /** What the standard asks of a schema: its version, the library's name, and the function that checks. */
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): StandardVerdict<Output> | PromiseLike<StandardVerdict<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** What a schema says of a value. */
export type StandardVerdict<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** One fault of a value and the keys that lead to it. */
export interface StandardIssue {
  /** What is wrong, in the library's words. */
  readonly message: string;
  /** Keys from the outermost to the one that is wrong; absent for the value itself. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a text is under a schema: its value, or every fault in words. */
export interface ReadBody {
  readonly value: unknown;
  readonly issues: readonly string[];
}

/** Reads JSON and checks it. Never rejects: text that is not JSON and a schema that throws are faults too. */
export async function readWithSchema(body: string, schema: StandardSchema): Promise<ReadBody> {
  try {
    const verdict = await schema['~standard'].validate(parseJsonText(body));
    return verdict.issues === undefined
      ? { value: verdict.value, issues: [] }
      : { value: undefined, issues: wordIssues(verdict.issues) };
  } catch (error) {
    return { value: undefined, issues: [`It cannot be checked: ${(error as Error).message}.`] };
  }
}

/** True for what can be given as the option `schema`. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  const isHolder = (typeof value === 'object' && value !== null) || typeof value === 'function';
  const standard: unknown = isHolder ? (value as Partial<StandardSchema>)['~standard'] : undefined;
  return (
    typeof standard === 'object' &&
    standard !== null &&
    typeof (standard as { validate?: unknown }).validate === 'function'
  );
}

function wordIssues(issues: readonly StandardIssue[]): string[] {
  const words = issues.map(issue => {
    const path = (issue.path ?? []).map(part => String(typeof part === 'object' ? part.key : part)).join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
  return words.length === 0 ? ['The schema refuses it without saying why.'] : words;
}
