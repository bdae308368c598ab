// The buttons of one row of the tree. There is one set of them in the tree; it moves to the row that has the pointer or the focus.
// They are no tab stops: the keyboard has Shift+Enter, and the commands are in the palette.
import { makeElement } from '../element.js';
import type { ActionLook } from './phase-actions.js';

export class RowActions {
  readonly node = makeElement('div', { class: 'lb-Tree-actions' });

  constructor(private readonly act: (command: string, id: string) => void) {
    this.hide();
  }

  showIn(item: HTMLElement, id: string, actions: readonly ActionLook[]): void {
    const drawn = JSON.stringify([id, actions]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.node.replaceChildren(...actions.map(action => this.makeButton(action, id)));
    }
    // On the last line of the row, which is short; the first is the title.
    this.node.style.top = `${item.offsetTop + item.offsetHeight}px`;
    this.node.hidden = actions.length === 0;
  }

  hide(): void {
    this.node.hidden = true;
  }

  private drawn = '';

  private makeButton({ command, label, caption }: ActionLook, id: string): HTMLElement {
    const button = makeElement('button', {
      class: 'lb-Button lb-mod-small',
      text: label,
      title: caption,
      attributes: { type: 'button', tabindex: '-1', 'data-command': command }
    });
    button.addEventListener('click', () => this.act(command, id));
    return button;
  }
}
