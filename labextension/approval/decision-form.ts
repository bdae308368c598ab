// The form by which a person decides: a checkbox, a comment, two buttons. Enter in the comment approves when the box is ticked.
// The buttons can always be pressed: where something is missing, the form says what, and puts the focus there.
import type { FormField } from '../../contract/holds/hold-rules.js';
import type { JsonObject } from '../../contract/base/json.js';
import { makeButton, makeElement, makeElementId } from '../page/element.js';
import { refusalText } from '../page/refusal-text.js';
import type { Words } from '../page/words.js';
import { FormFields } from './form-fields.js';

type Decide = (decision: 'approved' | 'rejected', comment: string, values: JsonObject) => Promise<void>;

export class DecisionForm {
  readonly node: HTMLFormElement;

  private readonly box = makeElement('input', {
    class: 'lb-Decision-box',
    attributes: { type: 'checkbox', id: makeElementId('approve') }
  });
  private readonly boxText = makeElement('span');
  private readonly comment = makeElement('textarea', {
    class: 'lb-Decision-comment',
    attributes: { rows: '1', id: makeElementId('comment') }
  });
  private readonly error = makeElement('p', {
    class: 'lb-Decision-error',
    attributes: { role: 'alert', id: makeElementId('error') }
  });
  private readonly fields = makeElement('fieldset', { class: 'lb-Decision-fields' });
  private readonly approve: HTMLButtonElement;
  private readonly answers: FormFields;
  private needsComment = false;

  constructor(
    private readonly words: Words,
    private readonly decide: Decide
  ) {
    this.answers = new FormFields(words);
    this.approve = makeElement('button', {
      class: 'lb-Button lb-mod-approve',
      text: words.__('Approve'),
      attributes: { type: 'submit' }
    });
    const reject = makeButton({ class: 'lb-Button lb-mod-reject', text: words.__('Reject') }, () => {
      void this.sendRejection();
    });
    const commentLabel = makeElement('label', {
      class: 'lb-Decision-label',
      text: words.__('Comment'),
      attributes: { for: this.comment.id }
    });
    this.comment.placeholder = words.__('What you checked; a rejection needs its reason');
    this.fields.append(
      makeElement('legend', { class: 'lb-Decision-legend', text: words.__('Your decision') }),
      makeElement(
        'label',
        { class: 'lb-Decision-tick', attributes: { for: this.box.id } },
        this.box,
        this.boxText
      ),
      this.answers.node,
      makeElement('div', { class: 'lb-Decision-row' }, commentLabel, this.comment, this.error),
      makeElement('div', { class: 'lb-Decision-buttons' }, this.approve, reject)
    );
    this.node = makeElement('form', { class: 'lb-Decision', attributes: { novalidate: '' } }, this.fields);
    this.node.addEventListener('submit', event => {
      event.preventDefault();
      void this.sendApproval();
    });
    this.box.addEventListener('change', () => this.onTick());
    this.comment.addEventListener('keydown', event => this.onKey(event));
    this.comment.addEventListener('input', () => this.clearError());
    this.error.hidden = true;
  }

  /** Names what is approved; a form that is being sent cannot be changed. */
  update(name: string, isSending: boolean, fields: readonly FormField[], needsComment: boolean): void {
    this.answers.update(fields);
    this.needsComment = needsComment;
    this.boxText.textContent = this.words.__('I approve “%1”', name);
    this.fields.disabled = isSending;
  }

  private async sendApproval(): Promise<void> {
    if (!this.box.checked) {
      this.showError(this.words.__('Tick the box to say that you approve, then press Approve.'), this.box);
      return;
    }
    if (this.needsComment && this.comment.value.trim() === '') {
      this.showError(this.words.__('This approval needs a comment: write what you checked.'), this.comment);
      return;
    }
    const missing = this.answers.firstMissing();
    if (missing) {
      this.showError(this.words.__('Answer “%1” before you approve.', missing.label), missing.field);
      return;
    }
    await this.send('approved');
  }

  private async sendRejection(): Promise<void> {
    if (this.comment.value.trim() === '') {
      this.showError(this.words.__('A rejection needs its reason: write it in the comment.'), this.comment);
      return;
    }
    await this.send('rejected');
  }

  private async send(decision: 'approved' | 'rejected'): Promise<void> {
    this.clearError();
    try {
      await this.decide(decision, this.comment.value.trim(), this.answers.values());
    } catch (error) {
      this.fields.disabled = false;
      this.showError(refusalText(error), this.comment);
    }
  }

  private onTick(): void {
    this.clearError();
    this.approve.classList.toggle('lb-mod-armed', this.box.checked);
    // Who ticks with the pointer goes on typing; with the keyboard the focus stays where the person has it.
    if (this.box.checked && !this.box.matches(':focus-visible')) {
      this.firstMissing()?.focus();
    }
  }

  /** What still has to be filled in before the approval is sent. */
  private firstMissing(): HTMLElement | undefined {
    const isCommentMissing = this.needsComment && this.comment.value.trim() === '';
    return this.answers.firstMissing()?.field ?? (isCommentMissing ? this.comment : undefined);
  }

  /** Enter sends, Shift+Enter makes a new line. While an input method composes a character, Enter belongs to it. */
  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.node.requestSubmit();
    }
  }

  private showError(text: string, field: HTMLElement): void {
    this.error.textContent = text;
    this.error.hidden = false;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', this.error.id);
    field.focus();
  }

  private clearError(): void {
    this.error.hidden = true;
    this.error.textContent = '';
    for (const field of [this.box, this.comment]) {
      field.removeAttribute('aria-invalid');
      field.removeAttribute('aria-describedby');
    }
  }
}
