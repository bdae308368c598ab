// A bar above a notebook that takes as much room as its words need. JupyterLab places what is above a notebook by its least height
// and knows nothing of lines that wrap, so the bar says its height whenever that changes.
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { makeElement } from './element.js';

export class HeaderBar extends Widget {
  /** What the bar shows goes in here. */
  protected readonly content = makeElement('div', { class: 'lb-HeaderBar-content' });

  /** @param label - Names the bar for screen readers. */
  constructor(label: string) {
    super();
    this.addClass('lb-HeaderBar');
    this.node.append(this.content);
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', label);
    this.hide();
  }

  override dispose(): void {
    this.sizes.disconnect();
    super.dispose();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.sizes.observe(this.content);
  }

  /** To be called after the content was drawn. */
  protected takeRoom(): void {
    const height = `${this.content.offsetHeight}px`;
    if (this.node.style.minHeight !== height && this.isVisible) {
      this.node.style.minHeight = height;
      this.parent?.fit();
    }
  }

  private readonly sizes = new ResizeObserver(() => this.takeRoom());
}
