// The line below a cell's input. A widget of the cell's own layout, so that windowed notebooks attach and detach it rightly.
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { makeElement } from '../page/element.js';
import { makeStatusGlyph } from '../page/status-glyph.js';
import { toneOf } from '../page/status-look.js';
import type { TimingLine } from './timing-line.js';

export class TimingFooter extends Widget {
  /** `titleNow` is called when the pointer comes over the line: nobody sees the title before. */
  constructor(private readonly titleNow: () => string) {
    super();
    this.addClass('lb-Timing');
  }

  /** Whether a person can see it: what is far away is not drawn by the browser and need not tick. */
  get canBeSeen(): boolean {
    return this.isAttached && this.node.checkVisibility({ contentVisibilityAuto: true });
  }

  draw(line: TimingLine, position: 'left' | 'right' | 'hover'): void {
    const { status, word, parts } = line;
    const { dataset } = this.node;
    if (dataset['position'] !== position) {
      dataset['position'] = position;
    }
    if (this.status !== status) {
      this.status = status;
      dataset['tone'] = toneOf(status);
      dataset['status'] = status;
      this.node.replaceChildren(
        makeStatusGlyph(status),
        makeElement('span', { class: 'lb-Timing-word', text: word }),
        this.text
      );
    }
    const text = parts.join(' · ');
    if (this.text.data !== text) {
      this.text.data = text;
    }
  }

  /** Lights up once. */
  flash(): void {
    this.node.classList.add('lb-mod-fresh');
  }

  handleEvent(event: Event): void {
    if (event.type === 'pointerenter') {
      this.node.title = this.titleNow();
    } else {
      this.node.classList.remove('lb-mod-fresh');
    }
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.node.addEventListener('pointerenter', this);
    this.node.addEventListener('animationend', this);
  }

  protected override onBeforeDetach(message: Message): void {
    this.node.removeEventListener('pointerenter', this);
    this.node.removeEventListener('animationend', this);
    super.onBeforeDetach(message);
  }

  private readonly text = document.createTextNode('');
  private status = '';
}
