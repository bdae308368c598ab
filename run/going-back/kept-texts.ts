// The values that an undo step has kept, as they are recorded and shown: few, short, and masked before they are cut, so that no part of a
// secret is left.
import type { KeptText } from '../../contract/base/kept-text.js';
import type { Masking } from '../masking/masking.js';

const MOST_VALUES = 6;
const MOST_CHARACTERS = 80;

/** The first of them, for the record. */
export function keptTexts(values: readonly KeptText[], masking: Pick<Masking, 'text'>): readonly KeptText[] {
  return values
    .slice(0, MOST_VALUES)
    .map(({ name, text }) => ({ name, text: shorten(masking.text(text).replace(/\s+/g, ' ')) }));
}

/** True when both say the same. */
export function areSameTexts(one: readonly KeptText[], other: readonly KeptText[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…` : text;
}
