// The form: who decides, the answers that are asked for, a comment, two buttons. They can always be pressed: where something is missing,
// the form says what, and puts the focus there.
import type { FormField } from '../../../../contract/holds/hold-rules.js';
import type { Json, JsonObject } from '../../../../contract/base/json.js';
import { make, makeButton, setText } from '../parts/element.js';
import { NameChoice } from '../parts/name-choice.js';
import type { Answer } from './statement.js';

/** What the form asks for. */
export interface FormParts {
  /** Who may decide; null: anybody. */
  readonly names: readonly string[] | null;
  /** Who decided on this device before; '' when nobody did. */
  readonly name: string;
  readonly fields: readonly FormField[];
  readonly needsComment: boolean;
  readonly decide: (answer: Answer) => void;
}

export class DecisionForm {
  readonly node: HTMLFormElement;
  readonly #parts: FormParts;
  readonly #name: NameChoice;
  readonly #fields: HTMLFieldSetElement;
  readonly #comment = make('textarea', { id: 'comment', rows: '2' });
  readonly #error = make('p', { id: 'error', class: 'error', role: 'alert' });
  readonly #answers: readonly (readonly [FormField, HTMLInputElement | HTMLSelectElement])[];

  constructor(parts: FormParts) {
    this.#parts = parts;
    this.#name = new NameChoice(parts.names, parts.name);
    this.#answers = parts.fields.map((field, index) => [field, inputOf(field, `answer-${index}`)]);
    this.#error.hidden = true;
    const commentText = parts.needsComment ? 'Comment' : 'Comment (a rejection needs its reason)';
    this.#fields = make(
      'fieldset',
      {},
      make('legend', { text: 'Your decision' }),
      this.#name.node,
      ...this.#answers.map(([field, input]) =>
        make(
          'p',
          { class: field.type === 'boolean' ? 'row tick' : 'row' },
          make('label', { for: input.id, text: field.required ? field.label : `${field.label} (optional)` }),
          input
        )
      ),
      make('p', { class: 'row' }, make('label', { for: 'comment', text: commentText }), this.#comment),
      this.#error,
      make(
        'p',
        { class: 'buttons' },
        make('button', { type: 'submit', class: 'approve', text: 'Approve' }),
        makeButton({ class: 'reject', text: 'Reject' }, () => this.#send('rejected'))
      )
    );
    this.node = make('form', { novalidate: '', 'aria-label': 'Your decision' }, this.#fields);
    this.node.addEventListener('submit', event => {
      event.preventDefault();
      this.#send('approved');
    });
    this.node.addEventListener('input', () => this.#clear());
  }

  /** A form that is not open is not shown; one that signs cannot be changed. */
  show(isOpen: boolean, isSigning: boolean): void {
    this.node.hidden = !isOpen && !isSigning;
    this.#fields.disabled = isSigning;
  }

  /** Says what is wrong. */
  tell(text: string, field?: HTMLElement): void {
    setText(this.#error, text);
    field?.setAttribute('aria-invalid', 'true');
    field?.setAttribute('aria-describedby', 'error');
    field?.focus();
    this.#error.scrollIntoView({ block: 'nearest' });
  }

  #send(decision: Answer['decision']): void {
    this.#clear();
    const by = this.#name.value();
    const comment = this.#comment.value.trim();
    const missing = this.#answers.find(([field, input]) => field.required && valueOf(field, input) === null);
    if (by === '') {
      this.tell('Say who you are.', this.#name.field());
    } else if (comment === '' && decision === 'rejected') {
      this.tell('A rejection needs its reason: write it in the comment.', this.#comment);
    } else if (comment === '' && this.#parts.needsComment) {
      this.tell('This needs a comment: write what you checked.', this.#comment);
    } else if (missing && decision === 'approved') {
      this.tell(`Answer “${missing[0].label}” before you approve.`, missing[1]);
    } else {
      this.#parts.decide({ decision, comment, values: this.#values(), by });
    }
  }

  #values(): JsonObject {
    return Object.fromEntries(
      this.#answers.flatMap(([field, input]) => {
        const value = valueOf(field, input);
        return value === null ? [] : [[field.name, value]];
      })
    );
  }

  #clear(): void {
    setText(this.#error, '');
    for (const field of this.node.querySelectorAll('[aria-invalid]')) {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    }
  }
}

function inputOf(field: FormField, id: string): HTMLInputElement | HTMLSelectElement {
  if (field.type !== 'choice') {
    const [type, mode] = {
      text: ['text', null] as const,
      number: ['number', 'decimal'] as const,
      boolean: ['checkbox', null] as const
    }[field.type];
    return make('input', { id, type, inputmode: mode, step: field.type === 'number' ? 'any' : null });
  }
  // Nothing is chosen beforehand: a default would be an answer that nobody gave.
  return make(
    'select',
    { id },
    make('option', { value: '', text: 'Choose …' }),
    ...field.choices.map(choice => make('option', { value: choice, text: choice }))
  );
}

/** Null without an answer. An empty box of a yes-or-no question is a no. */
function valueOf(field: FormField, input: HTMLInputElement | HTMLSelectElement): Json {
  if (field.type === 'boolean') {
    return (input as HTMLInputElement).checked;
  }
  const text = input.value.trim();
  return text === '' ? null : field.type === 'number' ? Number(text) : text;
}
