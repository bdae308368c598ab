// What can be done with an approval besides deciding in its form: bring a signed decision, take it back, release against the policy.
// Folded, because the form is the normal way. Each needs a text, and says what it does.
import { makeElement, makeElementId } from '../page/element.js';
import { refusalText } from '../page/refusal-text.js';
import type { Words } from '../page/words.js';
import type { OtherWay } from './approval-look.js';

/** Has the kernel do it; rejects with what was wrong. */
type Act = (way: OtherWay, text: string) => Promise<void>;

interface WayWords {
  readonly title: string;
  readonly about: string;
  readonly label: string;
  readonly button: string;
}

export class OtherWays {
  readonly node = makeElement('details', { class: 'lb-Other' });
  private readonly summary = makeElement('summary');
  private drawn = '';

  constructor(
    private readonly words: Words,
    private readonly act: Act
  ) {
    this.node.hidden = true;
  }

  update(ways: readonly OtherWay[]): void {
    const drawn = ways.join();
    if (drawn === this.drawn) {
      return;
    }
    this.drawn = drawn;
    this.node.hidden = ways.length === 0;
    this.node.open = false;
    this.summary.textContent = ways.includes('revoke')
      ? this.words.__('Take it back')
      : this.words.__('Other ways to decide');
    this.node.replaceChildren(this.summary, ...ways.map(way => this.makeForm(way)));
  }

  private makeForm(way: OtherWay): HTMLElement {
    const { title, about, label, button } = wordsOf(way, this.words);
    const field = makeElement('input', {
      class: 'lb-Decision-answer lb-mod-text',
      attributes: { type: 'text', id: makeElementId('way'), autocomplete: 'off' }
    });
    const error = makeElement('p', {
      class: 'lb-Decision-error',
      attributes: { role: 'alert', id: makeElementId('error') }
    });
    error.hidden = true;
    const submit = makeElement('button', {
      class: way === 'signed' ? 'lb-Button' : 'lb-Button lb-mod-reject',
      text: button,
      attributes: { type: 'submit' }
    });
    const form = makeElement(
      'form',
      { class: 'lb-Other-form', attributes: { novalidate: '' } },
      makeElement('p', {}, makeElement('b', { text: title }), document.createTextNode(` ${about}`)),
      makeElement('label', { class: 'lb-Decision-label', text: label, attributes: { for: field.id } }),
      makeElement('div', { class: 'lb-Other-row' }, field, submit),
      error
    );
    form.addEventListener('submit', event => {
      event.preventDefault();
      void this.send(way, field, submit, error, label);
    });
    return form;
  }

  private async send(
    way: OtherWay,
    field: HTMLInputElement,
    submit: HTMLButtonElement,
    error: HTMLElement,
    label: string
  ): Promise<void> {
    const text = field.value.trim();
    const show = (message: string): void => {
      error.textContent = message;
      error.hidden = message === '';
      field.setAttribute('aria-invalid', String(message !== ''));
      field.setAttribute('aria-describedby', error.id);
    };
    if (text === '') {
      show(this.words.__('%1 is missing.', label));
      field.focus();
      return;
    }
    show('');
    submit.disabled = true;
    try {
      await this.act(way, text);
      field.value = '';
    } catch (thrown) {
      show(refusalText(thrown));
      field.focus();
    } finally {
      submit.disabled = false;
    }
  }
}

function wordsOf(way: OtherWay, words: Words): WayWords {
  const table: { readonly [W in OtherWay]: WayWords } = {
    signed: {
      title: words.__('A signed decision.'),
      about: words.__('The approver runs launchbook approve on their own machine and sends you the token.'),
      label: words.__('Token'),
      button: words.__('Use the token')
    },
    'break-glass': {
      title: words.__('Release against the policy.'),
      about: words.__(
        'The hold point is released without the approval that the policy asks for. From then on the whole run is shown in amber, and its archive says so first.'
      ),
      label: words.__('Reason'),
      button: words.__('Release against the policy')
    },
    revoke: {
      title: words.__('Revoke.'),
      about: words.__(
        'Everything after this hold point is locked again. Who revoked it and why is recorded.'
      ),
      label: words.__('Reason'),
      button: words.__('Revoke the approval')
    }
  };
  return table[way];
}
