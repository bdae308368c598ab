// Draws what comes after the last step: a numbered list, each act with what it will do and how it goes. Kept while it is the same, so that
// a button with the focus keeps it and a screen reader says a result once.
import { makeButton, makeElement, setText } from '../page/element.js';
import { makeStatusGlyph } from '../page/status-glyph.js';
import { toneOf } from '../page/status-look.js';
import type { Words } from '../page/words.js';
import type { EndActLook, RunEndLook } from './look/run-end-look.js';

interface Item {
  readonly node: HTMLElement;
  update(look: EndActLook, isBusy: boolean): void;
}

export class RunEndView {
  readonly node: HTMLElement;

  constructor(
    words: Words,
    private readonly act: (command: string) => void
  ) {
    this.list.setAttribute('aria-label', words.__('After the last step'));
    this.node = makeElement('section', { class: 'lb-RunEnd' }, this.title, this.list);
    this.node.hidden = true;
  }

  update(look: RunEndLook | null): void {
    this.node.hidden = look === null;
    setText(this.title, look?.title ?? '');
    for (const act of look?.acts ?? []) {
      let item = this.items.get(act.command);
      if (!item) {
        item = this.makeItem(act);
        this.items.set(act.command, item);
        this.list.append(item.node);
      }
      item.update(act, look?.isBusy ?? false);
    }
  }

  private readonly title = makeElement('h3', { class: 'lb-RunEnd-title' });
  private readonly list = makeElement('ol', { class: 'lb-RunEnd-acts' });
  private readonly items = new Map<string, Item>();

  private makeItem({ command, label }: EndActLook): Item {
    const button = makeButton({ class: 'lb-Button', text: label }, () => this.act(command));
    const glyph = makeElement('span', { class: 'lb-RunEnd-glyph' });
    const text = makeElement('span', {});
    const result = makeElement(
      'p',
      { class: 'lb-RunEnd-result', attributes: { role: 'status' } },
      glyph,
      text
    );
    const promise = makeElement('p', { class: 'lb-RunEnd-about' });
    const node = makeElement('li', {}, button, promise, result);
    return {
      node,
      update: ({ about, status, text: told }, isBusy) => {
        button.disabled = isBusy;
        button.hidden = about === '';
        promise.hidden = about === '';
        setText(promise, about);
        setText(text, told);
        result.hidden = told === '';
        if (node.dataset['status'] !== status) {
          node.dataset['status'] = status;
          node.dataset['tone'] = toneOf(status);
          glyph.replaceChildren(makeStatusGlyph(status));
        }
      }
    };
  }
}
