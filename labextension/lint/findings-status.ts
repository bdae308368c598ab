// The number of findings in the status bar; a click lists them. Not shown while there are none.
import { Widget } from '@lumino/widgets';
import { makeButton } from '../page/element.js';
import type { Words } from '../page/words.js';

export class FindingsStatus extends Widget {
  constructor(
    private readonly words: Words,
    list: () => void
  ) {
    super();
    this.addClass('lb-FindingsStatus');
    const title = words.__('List the findings of this runbook');
    this.button = makeButton({ class: 'lb-FindingsStatus-button', title }, list);
    this.node.append(this.button);
  }

  count = 0;

  draw(count: number): void {
    this.count = count;
    this.button.textContent = this.words._n('%1 finding', '%1 findings', count);
  }

  private readonly button: HTMLButtonElement;
}
