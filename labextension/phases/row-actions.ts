// The buttons of one row of the tree. There is one set of them in the tree; it moves to the row that has the pointer or the focus.
// They are no tab stops: the keyboard has Shift+Enter, and the commands are in the palette.
import { makeElement } from '../element.js';
import type { ActionLook } from './phase-actions.js';

export class RowActions {
  constructor(private readonly act: (command: string, id: string) => void) {}

  showIn(item: HTMLElement, id: string, actions: readonly ActionLook[]): void {
    const drawn = JSON.stringify([id, actions]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.node.replaceChildren(...actions.map(action => this.makeButton(action, id)));
    }
    if (this.node.parentElement !== item) {
      item.append(this.node);
    }
  }

  hide(): void {
    this.node.remove();
  }

  private readonly node = makeElement('span', { class: 'lb-Tree-actions' });
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
