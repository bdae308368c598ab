// A line that a person carries, such as a signed token: it can be copied, and shared where the device shares.
import { make, makeButton, setText } from './element.js';

/** Hidden while there is no line. */
export class HandingOver {
  readonly node: HTMLElement;
  readonly #token: HTMLTextAreaElement;
  readonly #said = make('p', { role: 'status' });

  constructor(title = 'Your signed decision') {
    this.#token = make('textarea', { readonly: '', rows: '4', 'aria-label': title, spellcheck: 'false' });
    const canShare = 'share' in navigator;
    this.node = make(
      'section',
      { class: 'token', 'aria-label': title },
      this.#token,
      make(
        'p',
        { class: 'buttons' },
        makeButton({ text: 'Copy' }, () => void this.#copy()),
        ...(canShare ? [makeButton({ text: 'Share' }, () => void this.#share())] : [])
      ),
      this.#said
    );
    this.#token.addEventListener('focus', () => this.#token.select());
    this.show('');
  }

  show(token: string): void {
    if (this.#token.value !== token) {
      this.#token.value = token;
      setText(this.#said, '');
    }
    this.node.hidden = token === '';
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#token.value);
      setText(this.#said, 'Copied.');
    } catch {
      this.#token.select();
      setText(this.#said, 'Selected: copy it with the menu of your device.');
    }
  }

  async #share(): Promise<void> {
    try {
      await navigator.share({ text: this.#token.value });
    } catch {
      // Given up by the person; the text stays.
    }
  }
}
