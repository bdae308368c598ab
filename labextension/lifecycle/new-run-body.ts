// The body of the dialog for a new run: labelled fields, and above them what was wrong with the last try.
import type { Dialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { TemplateDescription } from '../../contract/comms/lifecycle-comm.js';
import type { RunMode } from '../../contract/base/run.js';
import { makeElement, makeElementId } from '../page/element.js';
import type { Words } from '../page/words.js';
import type { FaultList } from './fault-list.js';
import type { NewRunValues } from './new-run-form.js';
import { makeFaultBox } from './fault-box.js';

export interface NewRunBodyParts {
  readonly template: string;
  readonly description: TemplateDescription;
  readonly values: NewRunValues;
  readonly faults: FaultList | null;
  readonly words: Words;
}

export class NewRunBody extends Widget implements Dialog.IBodyWidget<NewRunValues> {
  constructor({ template, description, values, faults, words }: NewRunBodyParts) {
    super();
    this.addClass('lb-Form');
    const { environments } = description;
    this.release = this.addText(words.__('Release'), values.release, '2.4.0');
    this.environment =
      environments.length > 0
        ? this.addChoice(
            words.__('Environment'),
            values.environment,
            environments.map(({ name, isProduction }) => ({
              value: name,
              text: isProduction ? words.__('%1 (production)', name) : name
            }))
          )
        : this.addText(words.__('Environment'), values.environment, '');
    this.mode = this.addChoice(words.__('Mode'), values.mode, [
      { value: '', text: words.__('as the environment needs: live in production, else a rehearsal') },
      { value: 'live', text: words.__('live: the real release') },
      { value: 'rehearsal', text: words.__('rehearsal: real effects, before the day') },
      { value: 'dry-run', text: words.__('dry run: nothing is changed') }
    ]);
    this.parameters = new Map(
      description.parameters.map(({ name, text }) => [
        name,
        this.addText(name, values.parameters[name] ?? text, text)
      ])
    );
    this.guesses =
      description.guesses === 0
        ? null
        : this.addText(
            words._n(
              'Why a live run in production may begin with %1 guess of the import',
              'Why a live run in production may begin with %1 guesses of the import',
              description.guesses
            ),
            values.guesses,
            ''
          );
    this.branch = this.addBox(words.__('Make a branch for it and switch to it'), values.branch);
    this.uncommitted = this.addBox(
      words.__('Accept a runbook with changes that are not committed'),
      values.uncommitted
    );
    this.node.prepend(
      makeElement('p', { class: 'lb-Form-about', text: words.__('A fresh copy of %1', template) }),
      ...(faults ? [makeFaultBox(faults)] : [])
    );
  }

  getValue(): NewRunValues {
    return {
      release: this.release.value,
      environment: this.environment.value,
      mode: this.mode.value as RunMode | '',
      parameters: Object.fromEntries([...this.parameters].map(([name, input]) => [name, input.value])),
      branch: this.branch.checked,
      uncommitted: this.uncommitted.checked,
      guesses: this.guesses?.value ?? ''
    };
  }

  private readonly release: HTMLInputElement;
  private readonly environment: HTMLInputElement | HTMLSelectElement;
  private readonly mode: HTMLSelectElement;
  private readonly parameters: ReadonlyMap<string, HTMLInputElement>;
  /** Null for a runbook without guesses. */
  private readonly guesses: HTMLInputElement | null;
  private readonly branch: HTMLInputElement;
  private readonly uncommitted: HTMLInputElement;

  private addText(label: string, value: string, example: string): HTMLInputElement {
    const input = makeElement('input', {
      class: 'jp-mod-styled',
      attributes: { type: 'text', autocomplete: 'off', placeholder: example || null }
    });
    input.value = value;
    this.addField(label, input);
    return input;
  }

  private addChoice(
    label: string,
    value: string,
    choices: readonly { readonly value: string; readonly text: string }[]
  ): HTMLSelectElement {
    const select = makeElement(
      'select',
      { class: 'jp-mod-styled' },
      ...choices.map(choice =>
        makeElement('option', { text: choice.text, attributes: { value: choice.value } })
      )
    );
    select.value = value;
    this.addField(label, select);
    return select;
  }

  private addBox(label: string, isChecked: boolean): HTMLInputElement {
    const input = makeElement('input', { attributes: { type: 'checkbox' } });
    input.checked = isChecked;
    this.node.append(
      makeElement('label', { class: 'lb-Form-box' }, input, makeElement('span', { text: label }))
    );
    return input;
  }

  private addField(label: string, input: HTMLElement): void {
    input.id = makeElementId('field');
    this.node.append(
      makeElement('label', { class: 'lb-Form-label', text: label, attributes: { for: input.id } }),
      input
    );
  }
}
