// The buttons of rows. One set of them moves to the row that has the pointer or the focus; a row in trouble has its own
// below its text, always there. They are no tab stops: Right goes from a row to its buttons, Left and Escape back.
import { makeElement } from '../element.js';
import { makeStatusGlyph } from '../status-glyph.js';
import type { ActionLook } from './phase-actions.js';

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
        ...actions.map((action, index) => makeButton(action, id, this.act, index > 0))
      );
      if (hadFocus) {
        // What the button offered is done or gone; the row is where its keys go on.
        item.focus();
      }
    }
    // On the last line of the row, which is short; the first is the title.
    this.node.style.top = `${item.offsetTop + item.offsetHeight}px`;
    this.node.hidden = actions.length === 0;
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
    const button = makeButton(action, id, act, false);
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

function makeButton(
  { command, label, caption, glyph }: ActionLook,
  id: string,
  act: Act,
  isSmall: boolean
): HTMLElement {
  const isGlyph = isSmall && glyph !== null;
  const button = makeElement('button', {
    class: isGlyph ? 'lb-Button lb-mod-small lb-mod-glyph' : 'lb-Button lb-mod-small',
    ...(isGlyph ? {} : { text: label }),
    title: isGlyph ? `${label} ${caption}` : caption,
    attributes: {
      type: 'button',
      tabindex: '-1',
      'data-command': command,
      'aria-label': isGlyph ? label : null
    }
  });
  if (isGlyph) {
    button.append(makeStatusGlyph(glyph));
  }
  button.addEventListener('click', () => act(command, id));
  return button;
}
