// What both kinds of hold, approvals and checklists, draw in the same way: the card, its head, its notes.
import { makeElement, makeElementId, setText } from '../page/element.js';
import { makeStatusGlyph } from '../page/status-glyph.js';
import { toneOf, type StatusName } from '../page/status-look.js';
import type { HoldAccess } from './hold-access.js';

/** Draws one hold; `H` is its state. */
export interface HoldView<H> {
  readonly node: HTMLElement;
  update(hold: H, access: HoldAccess): void;
}

/**
 * The card around a hold. Shortcuts of the notebook are off in its body, so that typing a comment does not run or delete
 * cells; on the card itself, which has the focus after a decision, they work.
 */
export class HoldCard {
  readonly node: HTMLElement;
  private readonly title = makeElement('span', {
    class: 'lb-Hold-name',
    attributes: { id: makeElementId('hold') }
  });
  readonly body = makeElement('div', {
    class: 'lb-Hold-body',
    attributes: { 'data-lm-suppress-shortcuts': 'true' }
  });
  /** Read out when it changes. */
  private readonly note = makeElement('p', {
    class: 'lb-Hold-note',
    attributes: { role: 'status', 'aria-live': 'polite' }
  });

  private readonly glyph = makeElement('span', { class: 'lb-Hold-glyph' });
  private readonly word = makeElement('span', { class: 'lb-Hold-word' });

  constructor(kind: string) {
    this.node = makeElement(
      'section',
      {
        class: `lb-Hold ${kind}`,
        attributes: { 'aria-labelledby': this.title.id, tabindex: '-1' }
      },
      makeElement('header', { class: 'lb-Hold-head' }, this.glyph, this.title, this.word),
      this.body,
      this.note
    );
    this.body.addEventListener('keydown', event => event.stopPropagation());
  }

  /** Shows where the hold stands. */
  setHead(status: StatusName, word: string, name: string): void {
    this.node.dataset['tone'] = toneOf(status);
    this.glyph.replaceChildren(makeStatusGlyph(status));
    this.title.textContent = name;
    this.word.textContent = word;
  }

  setNote(text: string): void {
    setText(this.note, text);
  }
}

/** A time as an element: UTC to read, local time in the tooltip. */
export function makeTime(iso: string, text: string, title: string): HTMLTimeElement {
  return makeElement('time', { text, title, attributes: { datetime: iso } });
}
