// Draws the evidence of an approval. Facts of one short line stand beside their labels; output of commands stands below
// its label, with its columns as they were printed, and scrolls inside itself so that the decision stays in sight.
import type { Evidence } from '../../contract/holds/hold.js';
import { makeElement } from '../page/element.js';
import { makeScrollArea } from '../page/scroll-area.js';
import type { Words } from '../page/words.js';

const SHORT = 80;

export class EvidenceView {
  readonly node: HTMLDetailsElement;

  private readonly list = makeElement('dl', { class: 'lb-Evidence' });
  private drawn = '';
  private wasOpen: boolean | null = null;

  constructor(private readonly words: Words) {
    const summary = makeElement('summary', { text: words.__('Evidence') });
    this.node = makeElement('details', { class: 'lb-Evidence-details' }, summary, this.list);
  }

  /** Unfolded while it is asked, folded once it is decided; in between a person may do as they like. */
  update(evidence: readonly Evidence[], isOpen: boolean): void {
    const drawn = JSON.stringify(evidence);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.list.replaceChildren(...evidence.map(item => this.makeItem(item)));
    }
    if (isOpen !== this.wasOpen) {
      this.wasOpen = isOpen;
      this.node.open = isOpen;
    }
    this.node.hidden = evidence.length === 0;
  }

  private makeItem({ label, text }: Evidence): HTMLElement {
    const shown = text.replace(/\s+$/, '');
    const isShort = shown.length <= SHORT && !shown.includes('\n');
    const body = isShort
      ? makeElement('dd', { text: shown })
      : makeElement(
          'dd',
          {},
          makeScrollArea(
            'lb-Evidence-output',
            this.words.__('Evidence: %1', label),
            makeElement('pre', { text: shown })
          )
        );
    return makeElement(
      'div',
      { class: isShort ? 'lb-Evidence-fact' : 'lb-Evidence-block' },
      makeElement('dt', { text: label }),
      body
    );
  }
}
