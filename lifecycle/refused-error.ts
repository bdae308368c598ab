// What a person asked for cannot be done as asked: nothing has been changed, and every fault is listed at once.
import { LaunchbookError } from '../contract/base/error.js';

/** One thing that is wrong with a request. */
export interface Fault {
  /** The field of the request that is wrong, for example `environment`; null when it is not about one field. */
  readonly field: string | null;
  /** What was seen and expected; continues the field's name when there is one. */
  readonly text: string;
}

/** Words for the fields of a request, as its reader knows them: `{ environment: '--env' }`. */
export type FieldWords = { readonly [field: string]: string };

/** Refuses with every fault. The command ends with exit code 2, a dialog stays open and shows them. */
export class RefusedError extends LaunchbookError {
  readonly doing: string;
  readonly faults: readonly Fault[];

  constructor(code: string, doing: string, faults: readonly Fault[], hint?: string) {
    super(describeFaults(doing, faults), {
      code,
      ...(hint === undefined ? {} : { hint }),
      fields: { doing, faults: faults.map(({ field, text }) => ({ field, text })) }
    });
    this.doing = doing;
    this.faults = faults;
  }
}

/** Throws one error for all `faults`; nothing when there are none. */
export function refuseFaults(code: string, doing: string, faults: readonly Fault[], hint?: string): void {
  if (faults.length > 0) {
    throw new RefusedError(code, doing, faults, hint);
  }
}

/** Throws for one thing that is wrong with the whole request. */
export function refuse(code: string, doing: string, text: string, hint?: string): never {
  throw new RefusedError(code, doing, [{ field: null, text }], hint);
}

/**
 * All faults as text: one in the line that says what was being done, several as a list.
 *
 * @example
 * describeFaults('Making a run', [{ field: 'environment', text: 'is "x"' }], { environment: '--env' })
 * // 'Making a run: --env is "x"'
 */
export function describeFaults(doing: string, faults: readonly Fault[], words: FieldWords = {}): string {
  const lines = faults.map(({ field, text }) =>
    field === null ? text : `${words[field] ?? `the ${field}`} ${text}`
  );
  return lines.length === 1
    ? `${doing}: ${lines[0]}`
    : `${doing}: ${lines.length} faults\n${lines.map(line => `  - ${line}`).join('\n')}`;
}
