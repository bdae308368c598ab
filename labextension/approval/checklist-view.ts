// Draws a checklist: one checkbox a line, with who ticked it and when. The lines stay over updates, so the focus does too.
import type { ChecklistState } from '../../contract/holds/hold.js';
import { makeElement, makeElementId } from '../page/element.js';
import { makeStatusGlyph } from '../page/status-glyph.js';
import type { IRunModel } from '../tokens.js';
import type { Words } from '../page/words.js';
import { checklistLook, type ChecklistLook } from './checklist-look.js';
import type { HoldAccess } from './hold-access.js';
import { HoldCard, type HoldView } from './hold-view.js';

/** The parts of one line that change. */
interface Line {
  readonly box: HTMLInputElement;
  /** Shown in place of the box where nothing can be ticked. */
  readonly mark: HTMLElement;
  readonly text: HTMLElement;
  readonly detail: HTMLElement;
}

export class ChecklistView implements HoldView<ChecklistState> {
  readonly node: HTMLElement;

  private readonly card = new HoldCard('lb-Checklist');
  private readonly list = makeElement('ul', { class: 'lb-Checklist-items' });
  private readonly progress = makeElement('p', { class: 'lb-Hold-meta' });
  private lines: Line[] = [];
  private checklist: ChecklistState | null = null;
  private drawn = '';

  constructor(
    private readonly words: Words,
    private readonly runOf: () => IRunModel | null
  ) {
    this.node = this.card.node;
    this.card.body.append(this.list, this.progress);
  }

  update(checklist: ChecklistState, access: HoldAccess): void {
    this.checklist = checklist;
    const run = this.runOf();
    const look = checklistLook(
      checklist,
      access,
      item => run?.sentTick(checklist.id, item) ?? null,
      this.words
    );
    const drawn = JSON.stringify(look);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.draw(look);
    }
  }

  private draw(look: ChecklistLook): void {
    const hadFocus = this.list.contains(document.activeElement);
    this.card.setHead(look.glyph, look.word, look.name);
    if (this.lines.length !== look.items.length) {
      this.lines = look.items.map((_item, index) => this.makeLine(index));
    }
    look.items.forEach((item, index) => {
      const line = this.lines[index];
      if (line) {
        line.box.checked = item.isTicked;
        line.box.hidden = !look.canTick;
        line.mark.hidden = look.canTick;
        line.mark.setAttribute('aria-label', item.isTicked ? this.words.__('ticked') : this.words.__('open'));
        line.mark.dataset['tone'] = item.isTicked ? 'good' : 'quiet';
        line.mark.replaceChildren(makeStatusGlyph(item.isTicked ? 'passed' : 'not-started'));
        line.box.classList.toggle('lb-mod-sending', item.isSending);
        line.text.textContent = item.text;
        line.detail.textContent = item.detail;
        line.detail.title = item.detailTitle;
      }
    });
    if (!look.canTick && hadFocus) {
      this.node.focus({ preventScroll: true });
    }
    this.progress.textContent = look.progress;
    this.card.setNote(look.note);
  }

  private makeLine(index: number): Line {
    const box = makeElement('input', {
      class: 'lb-Decision-box',
      attributes: { type: 'checkbox', id: makeElementId('item') }
    });
    const mark = makeElement('span', { class: 'lb-Checklist-mark', attributes: { role: 'img' } });
    const text = makeElement('span', { class: 'lb-Checklist-text' });
    const detail = makeElement('span', { class: 'lb-Checklist-detail' });
    if (index === 0) {
      this.list.replaceChildren();
    }
    this.list.append(
      makeElement(
        'li',
        {},
        makeElement(
          'label',
          { class: 'lb-Checklist-item', attributes: { for: box.id } },
          box,
          mark,
          text,
          detail
        )
      )
    );
    box.addEventListener('change', () => void this.tick(index, box));
    return { box, mark, text, detail };
  }

  private async tick(index: number, box: HTMLInputElement): Promise<void> {
    const run = this.runOf();
    if (!this.checklist || !run) {
      return;
    }
    const isTicked = box.checked;
    try {
      await run.ask({ type: 'tick', checklist: this.checklist.id, item: index, ticked: isTicked });
    } catch (error) {
      box.checked = !isTicked;
      this.card.setNote((error as Error).message);
    }
  }
}
