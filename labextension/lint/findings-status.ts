// The number of findings in the status bar; a click lists them. Absent while there are none: a finding stops nobody.
import { Widget } from '@lumino/widgets';
import { makeElement } from '../element.js';
import type { Words } from '../words.js';

export class FindingsStatus extends Widget {
  constructor(
    private readonly words: Words,
    list: () => void
  ) {
    super();
    this.addClass('lb-FindingsStatus');
    this.button.title = words.__('List the findings of this runbook');
    this.button.addEventListener('click', list);
    this.node.append(this.button);
  }

  get count(): number {
    return this.shown;
  }

  draw(count: number): void {
    this.shown = count;
    this.button.textContent = this.words._n('%1 finding', '%1 findings', count);
  }

  private shown = 0;
  private readonly button = makeElement('button', {
    class: 'lb-FindingsStatus-button',
    attributes: { type: 'button' }
  });
}
