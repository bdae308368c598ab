// The small form that a decision carries: one labelled field each. Fields are kept over updates, so that answers are not lost.
import type { FormField } from '../../contract/holds/hold-rules.js';
import type { Json, JsonObject } from '../../contract/base/json.js';
import { makeElement, makeElementId } from '../page/element.js';
import type { Words } from '../page/words.js';

interface Shown {
  readonly field: FormField;
  readonly input: HTMLInputElement | HTMLSelectElement;
}

export class FormFields {
  readonly node = makeElement('div', { class: 'lb-Decision-answers' });
  private shown: readonly Shown[] = [];
  private drawn = '';

  constructor(private readonly words: Words) {
    this.node.hidden = true;
  }

  update(fields: readonly FormField[]): void {
    const drawn = JSON.stringify(fields);
    if (drawn === this.drawn) {
      return;
    }
    this.drawn = drawn;
    this.shown = fields.map(field => ({ field, input: this.makeInput(field) }));
    this.node.hidden = fields.length === 0;
    this.node.replaceChildren(
      ...this.shown.map(({ field, input }) => {
        const text = field.required ? field.label : this.words.__('%1 (optional)', field.label);
        const label = makeElement('label', {
          class: 'lb-Decision-label',
          text,
          attributes: { for: input.id }
        });
        return makeElement('div', { class: 'lb-Decision-row' }, label, input);
      })
    );
  }

  /** The answers that were given, by field name. */
  values(): JsonObject {
    return Object.fromEntries(
      this.shown.flatMap(({ field, input }) => {
        const value = valueOf(field, input);
        return value === null ? [] : [[field.name, value]];
      })
    );
  }

  /** The first required field without an answer. */
  firstMissing(): { readonly label: string; readonly field: HTMLElement } | null {
    const missing = this.shown.find(({ field, input }) => field.required && valueOf(field, input) === null);
    return missing ? { label: missing.field.label, field: missing.input } : null;
  }

  private makeInput(field: FormField): HTMLInputElement | HTMLSelectElement {
    const id = makeElementId('answer');
    if (field.type !== 'choice') {
      const type = { text: 'text', number: 'number', boolean: 'checkbox' }[field.type];
      const step = field.type === 'number' ? 'any' : null;
      return makeElement('input', {
        class: `lb-Decision-answer lb-mod-${type}`,
        attributes: { id, type, step }
      });
    }
    // Nothing is chosen beforehand: a default would be an answer that nobody gave.
    return makeElement(
      'select',
      { class: 'lb-Decision-answer', attributes: { id } },
      makeElement('option', { text: this.words.__('Choose …'), attributes: { value: '' } }),
      ...field.choices.map(choice => makeElement('option', { text: choice, attributes: { value: choice } }))
    );
  }
}

/** Null without an answer. An empty box of a yes-or-no question is a no. */
function valueOf(field: FormField, input: HTMLInputElement | HTMLSelectElement): Json {
  if (field.type === 'boolean') {
    return (input as HTMLInputElement).checked;
  }
  const text = input.value.trim();
  if (text === '') {
    return null;
  }
  return field.type === 'number' ? Number(text) : text;
}
