// The buttons of rows. One set of them moves to the row that has the pointer or the focus; a row whose step has stopped always has its
// own, below its text. They are no tab stops: the right arrow goes from a row to its buttons, the left one and Escape go back.
import { makeButton, makeElement } from '../../page/element.js';
import { makeStatusGlyph } from '../../page/status-glyph.js';
import type { ActionLook } from '../look/phase-actions.js';

type Act = (command: string, id: string) => void;

export class RowActions {
  readonly node = makeElement('div', { class: 'lb-Tree-actions' });

  constructor(private readonly act: Act) {
    this.hide();
  }

  showIn(item: HTMLElement, id: string, actions: readonly ActionLook[]): void {
    const drawn = JSON.stringify([id, actions]);
    if (drawn !== this.drawn) {
      const hadFocus = this.node.contains(document.activeElement);
      this.drawn = drawn;
      // The first one by its word, the others by their glyphs: they must not lie under a click at the middle of the row.
      this.node.replaceChildren(
        ...actions.map((action, index) => makeActionButton(action, id, this.act, index > 0))
      );
      if (hadFocus) {
        // The button with the focus is gone: the focus goes to its row.
        item.focus();
      }
    }
    this.placeIn(item);
    this.node.hidden = actions.length === 0;
  }

  /** On the last line of the row, which is short; the first is the title. */
  placeIn(item: HTMLElement): void {
    this.node.style.top = `${item.offsetTop + item.offsetHeight}px`;
  }

  hide(): void {
    this.node.hidden = true;
  }

  private drawn = '';
}

/** The buttons that stay in a row. */
export function makeStandingActions(
  id: string,
  title: string,
  actions: readonly ActionLook[],
  act: Act
): HTMLElement {
  const buttons = actions.map(action => {
    const button = makeActionButton(action, id, act, false);
    button.setAttribute('aria-label', `${action.label} ${title}`);
    return button;
  });
  return makeElement('div', { class: 'lb-Tree-standing' }, ...buttons);
}

/** The button before (-1) or behind (1) `button` in its row, or null. */
export function neighbourOf(button: Element, step: 1 | -1): HTMLElement | null {
  const next = step === 1 ? button.nextElementSibling : button.previousElementSibling;
  return next instanceof HTMLElement ? next : null;
}

function makeActionButton(
  { command, label, caption, glyph }: ActionLook,
  id: string,
  act: Act,
  isSmall: boolean
): HTMLElement {
  const isGlyph = isSmall && glyph !== null;
  return makeButton(
    {
      class: isGlyph ? 'lb-Button lb-mod-small lb-mod-glyph' : 'lb-Button lb-mod-small',
      ...(isGlyph ? {} : { text: label }),
      title: isGlyph ? `${label} ${caption}` : caption,
      attributes: { tabindex: '-1', 'data-command': command, 'aria-label': isGlyph ? label : null }
    },
    () => act(command, id),
    ...(isGlyph ? [makeStatusGlyph(glyph)] : [])
  );
}
