// An error of the kernel as a list for people: every fault in one line, and what to do.
import { isLaunchbookError } from '../../contract/base/error.js';
import type { Words } from '../page/words.js';

export interface FaultList {
  readonly faults: readonly string[];
  /** What to do, or ''. */
  readonly hint: string;
}

/** Every fault of a refusal with the name of its field in the form; another error is one fault. */
export function faultListOf(error: unknown, words: Words): FaultList {
  if (!isLaunchbookError(error)) {
    return { faults: [error instanceof Error ? error.message : String(error)], hint: '' };
  }
  const listed = error.fields?.['faults'];
  const faults = (Array.isArray(listed) ? listed : []).flatMap(fault => {
    const { field, text } = (fault ?? {}) as { field?: unknown; text?: unknown };
    return typeof text === 'string' ? [faultText(typeof field === 'string' ? field : null, text, words)] : [];
  });
  return { faults: faults.length > 0 ? faults : [error.message], hint: error.hint ?? '' };
}

function faultText(field: string | null, text: string, words: Words): string {
  const names: { readonly [field: string]: string } = {
    release: words.__('Release'),
    environment: words.__('Environment'),
    mode: words.__('Mode'),
    folder: words.__('Folder'),
    guesses: words.__('The reason for the guesses')
  };
  return field === null ? text : `${names[field] ?? field} ${text}`;
}
