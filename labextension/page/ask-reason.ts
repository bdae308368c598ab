// Asks for a reason before something that is recorded with it.
import { askArmed } from './armed-dialog.js';
import { ReasonField } from './reason-field.js';
import type { Words } from './words.js';

export interface ReasonQuestion {
  readonly title: string;
  /** What it means, in a sentence or two. */
  readonly about: string;
  /** The button's text. */
  readonly accept: string;
  readonly words: Words;
}

/** The reason, or null when the person cancelled. */
export async function askReason({ title, about, accept, words }: ReasonQuestion): Promise<string | null> {
  let field: ReasonField | null = null;
  return askArmed({
    title,
    accept,
    isWarning: true,
    body: changed => (field = new ReasonField(about, words, changed)).node,
    value: () => field?.reason ?? null
  });
}
