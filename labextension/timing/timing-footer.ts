// The line below a cell's input. A widget of the cell's own layout, so that windowed notebooks attach and detach it rightly.
import { Widget } from '@lumino/widgets';
import { makeElement } from '../element.js';
import { makeStatusGlyph } from '../status-glyph.js';
import { toneOf } from '../status-look.js';
import type { TimingLine } from './timing-line.js';

export class TimingFooter extends Widget {
  constructor() {
    super();
    this.addClass('lb-Timing');
  }

  draw(line: TimingLine, position: 'left' | 'right'): void {
    const drawn = JSON.stringify([line, position]);
    if (drawn === this.drawn) {
      return;
    }
    this.drawn = drawn;
    this.node.dataset['tone'] = toneOf(line.status);
    this.node.dataset['status'] = line.status;
    this.node.dataset['position'] = position;
    this.node.title = line.title;
    this.node.replaceChildren(
      makeStatusGlyph(line.status),
      makeElement('span', { class: 'lb-Timing-word', text: line.word }),
      ...line.parts.map(part => makeElement('span', { class: 'lb-Timing-part', text: part }))
    );
  }

  private drawn = '';
}
