// A question that needs a reason in words: the body of the skip and the run-again dialogs.
import { makeElement, makeElementId } from './element.js';
import type { Words } from './words.js';

export class ReasonField {
  readonly node: HTMLElement;
  private readonly field = makeElement('input', {
    class: 'lb-Field',
    attributes: { type: 'text', id: makeElementId('reason') }
  });

  /** @param about - What it means; empty when the dialog says that elsewhere. */
  constructor(about: string, words: Words, changed: () => void) {
    this.node = makeElement(
      'div',
      { class: 'lb-Reason' },
      ...(about === '' ? [] : [makeElement('p', { class: 'lb-Plan-about', text: about })]),
      makeElement('label', {
        class: 'lb-FieldLabel',
        text: words.__('Reason'),
        attributes: { for: this.field.id }
      }),
      this.field
    );
    this.field.addEventListener('input', changed);
  }

  /** Null while there is none. */
  get reason(): string | null {
    return this.field.value.trim() || null;
  }
}
