// Who decides: chosen among those who may with one touch, or written where anybody may. Who decided on this device before is chosen already.
import { make } from './element.js';

export class NameChoice {
  readonly node: HTMLElement;
  readonly #inputs: readonly HTMLInputElement[];

  /**
   * @param names - Who may; null: anybody.
   * @param known - Who did before; '' when nobody did.
   * @param changed - Called when somebody says who they are.
   */
  constructor(names: readonly string[] | null, known: string, changed: () => void = () => undefined) {
    if (names === null) {
      const input = make('input', {
        id: 'name',
        type: 'text',
        autocomplete: 'username',
        autocapitalize: 'none',
        spellcheck: 'false'
      });
      input.value = known;
      this.#inputs = [input];
      input.addEventListener('input', changed);
      this.node = make('p', { class: 'row' }, make('label', { for: 'name', text: 'You are' }), input);
      return;
    }
    this.#inputs = names.map((name, index) => {
      const input = make('input', { type: 'radio', name: 'by', id: `by-${index}`, value: name });
      input.checked = name === known || names.length === 1;
      input.addEventListener('change', changed);
      return input;
    });
    this.node = make(
      'div',
      { class: 'row names', role: 'radiogroup', 'aria-labelledby': 'by' },
      make('span', { id: 'by', text: 'You are' }),
      ...this.#inputs.map(input =>
        make('label', { for: input.id }, input, document.createTextNode(input.value))
      )
    );
  }

  /** '' when nobody is chosen. */
  value(): string {
    const [first] = this.#inputs;
    return first?.type === 'text'
      ? first.value.trim()
      : (this.#inputs.find(({ checked }) => checked)?.value ?? '');
  }

  /** What to put the focus on. */
  field(): HTMLElement | undefined {
    return this.#inputs[0];
  }
}
