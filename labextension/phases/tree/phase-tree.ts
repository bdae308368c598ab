// The tree of phases and steps: one tab stop, arrow keys, Home and End, Enter to jump (WAI-ARIA tree pattern). All rows are
// siblings with a level, so that a phase is named and read by its own line alone.
// Rows are kept by id and only their changed parts are written, so that focus and scrolling survive every update.
import { makeElement } from '../../page/element.js';
import { STOPPED } from '../../page/status-look.js';
import type { ActionLook } from '../look/phase-actions.js';
import type { PhaseLook } from '../look/phases-look.js';
import type { RowLook } from '../look/tree-row-text.js';
import { makeStandingActions, neighbourOf, RowActions } from './row-actions.js';
import { syncChildren } from './sync-children.js';
import { drawRow, makeRow, place, type Row } from './draw-row.js';

/** What the tree asks of its owner. */
export interface PhaseTreePort {
  /** Brings a cell into view. */
  jump(id: string): void;
  /** The person opened or folded a phase; `update` has to be called then. */
  toggle(id: string, isOpen: boolean): void;
  /** The actions of a row; the first one is that of Shift+Enter. */
  actionsOf(on: 'phase' | 'step', look: RowLook): readonly ActionLook[];
  /** The person chose an action of a row. */
  act(command: string, id: string): void;
}

export class PhaseTree {
  /** The tree and the buttons of a row, which lie over it: inside of a row they would become part of its name. */
  readonly box: HTMLElement;
  readonly node: HTMLElement;

  private readonly actions: RowActions;
  /** By id: for a thousand rows a change, a text made of both would have to be hashed anew each time. */
  private readonly rows = { phase: new Map<string, Row>(), step: new Map<string, Row>() };
  private readonly rowOfItem = new WeakMap<HTMLElement, Row>();
  private items: readonly HTMLElement[] = [];
  /** The row that has the moving buttons. */
  private offeredTo: HTMLElement | null = null;

  constructor(
    label: string,
    private readonly port: PhaseTreePort
  ) {
    this.node = makeElement('ul', { class: 'lb-Tree', attributes: { role: 'tree', 'aria-label': label } });
    this.node.addEventListener('keydown', event => this.onKey(event));
    this.node.addEventListener('click', event => this.onClick(event));
    this.actions = new RowActions(port.act);
    this.box = makeElement('div', { class: 'lb-TreeBox' }, this.node, this.actions.node);
    this.node.addEventListener('pointerover', event => this.offer(rowAround(event.target)));
    this.node.addEventListener('focusin', event => this.offer(rowAround(event.target)));
    this.box.addEventListener('pointerleave', () => this.offer(this.focusedRow()));
    // Titles wrap when the panel is made narrower.
    new ResizeObserver(() => this.placeButtons()).observe(this.node);
    this.actions.node.addEventListener('keydown', event => this.onButtonKey(event, this.offeredTo));
  }

  /** Puts the focus where Tab would: for the command that shows the panel. */
  focusStop(): void {
    this.node.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  update(phases: readonly PhaseLook[]): void {
    const items: HTMLElement[] = [];
    phases.forEach((phase, index) => {
      const row = this.rowOf('phase', phase.id);
      this.drawRow(row, phase);
      place(row, index, phases.length, phase.isOpen);
      items.push(row.item);
      phase.steps.forEach((step, stepIndex) => {
        const stepRow = this.rowOf('step', step.id);
        this.drawRow(stepRow, step);
        place(stepRow, stepIndex, phase.steps.length, null);
        items.push(stepRow.item);
      });
    });
    if (items.length !== this.items.length || items.some((item, index) => item !== this.items[index])) {
      this.items = items;
      this.showItems();
    }
    this.placeButtons();
  }

  /** Rows came, went or moved. */
  private showItems(): void {
    const focused = this.box.contains(document.activeElement) ? this.focusedRow() : null;
    const phaseOfFocused = focused ? phaseAbove(focused) : null;
    syncChildren(this.node, this.items);
    // A phase that folds by itself when it has passed takes the focus of the step that was in it, or of that step's buttons.
    if (focused && (!focused.isConnected || !this.box.contains(document.activeElement))) {
      this.focus(phaseOfFocused);
    }
    if (this.offeredTo && !this.offeredTo.isConnected) {
      this.offer(this.focusedRow());
    }
    const kept = new Set(this.items);
    for (const rows of [this.rows.phase, this.rows.step]) {
      for (const [id, { item, standing }] of rows) {
        if (!kept.has(item)) {
          standing?.remove();
          rows.delete(id);
          this.rowOfItem.delete(item);
        }
      }
    }
    this.keepOneTabStop();
  }

  private rowOf(kind: 'phase' | 'step', id: string): Row {
    const known = this.rows[kind].get(id);
    if (known) {
      return known;
    }
    const row = makeRow(`${kind}:${id}`, kind === 'phase' ? 1 : 2);
    this.rows[kind].set(id, row);
    this.rowOfItem.set(row.item, row);
    return row;
  }

  private drawRow(row: Row, look: RowLook): void {
    if (drawRow(row, look)) {
      this.drawStanding(row, look);
      if (this.offeredTo === row.item) {
        this.offer(row.item);
      }
    }
  }

  /** Room for the buttons is in the row, the buttons are over it: in it they would be part of its name. */
  private drawStanding(row: Row, look: RowLook): void {
    const { item } = row;
    // A person has to choose what to do: the choices are there without a pointer over them.
    const isTrouble =
      item.getAttribute('aria-level') === '2' && STOPPED.has(look.acts) && look.offers !== 'nothing';
    const hadFocus = row.standing?.contains(document.activeElement) === true;
    row.standing?.remove();
    row.standing = isTrouble
      ? makeStandingActions(idOf(item), look.title, this.offered(item, look), this.port.act)
      : null;
    item.classList.toggle('lb-mod-trouble', isTrouble);
    if (row.standing) {
      row.standing.addEventListener('keydown', event => this.onButtonKey(event, item));
      this.box.append(row.standing);
    }
    if (hadFocus) {
      this.focus(item);
    }
  }

  /** Rows above may have come, gone or changed their height. */
  private placeButtons(): void {
    if (this.offeredTo) {
      this.actions.placeIn(this.offeredTo);
    }
    for (const { item, standing } of this.rows.step.values()) {
      if (standing) {
        standing.style.top = `${item.offsetTop + item.offsetHeight}px`;
      }
    }
  }

  /** Only the row under the pointer, else the one with the focus, has its buttons: a long run has a thousand rows. */
  private offer(item: HTMLElement | null): void {
    const row = item && this.rowOfItem.get(item);
    this.offeredTo = item;
    if (item && row?.drawn && !row.standing) {
      this.actions.showIn(item, idOf(item), this.offered(item, row.drawn));
    } else {
      this.actions.hide();
    }
  }

  private offered(item: HTMLElement, look: RowLook): readonly ActionLook[] {
    return this.port.actionsOf(item.getAttribute('aria-level') === '1' ? 'phase' : 'step', look);
  }

  private runFirstAction(item: HTMLElement): void {
    const look = this.rowOfItem.get(item)?.drawn;
    const [first] = look ? this.offered(item, look) : [];
    if (first) {
      this.port.act(first.command, idOf(item));
    }
  }

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const item = rowAround(target);
    if (!item) {
      return;
    }
    this.focus(item);
    if (target.closest('.lb-Tree-twist')) {
      this.port.toggle(idOf(item), item.getAttribute('aria-expanded') !== 'true');
    } else {
      this.port.jump(idOf(item));
    }
  }

  private onKey(event: KeyboardEvent): void {
    const item = (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
    if (!item || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const act = event.shiftKey
      ? { Enter: () => this.runFirstAction(item) }[event.key]
      : this.keys(item)[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }

  /** Enter and space press the button: the tree must not take them for its own. */
  private onButtonKey(event: KeyboardEvent, item: HTMLElement | null): void {
    const button = event.target as Element;
    const goals: { readonly [key: string]: () => void } = {
      ArrowRight: () => neighbourOf(button, 1)?.focus(),
      ArrowLeft: () => (neighbourOf(button, -1) ?? item)?.focus(),
      Escape: () => item?.focus()
    };
    const go = goals[event.key];
    if (go) {
      event.preventDefault();
      event.stopPropagation();
      go();
    }
  }

  private focusButton(item: HTMLElement): void {
    this.offer(item);
    const standing = this.rowOfItem.get(item)?.standing;
    (standing ?? this.actions.node).querySelector('button')?.focus();
  }

  private focusedRow(): HTMLElement | null {
    const { activeElement } = document;
    return this.actions.node.contains(activeElement) ? this.offeredTo : rowAround(activeElement);
  }

  private keys(item: HTMLElement): { readonly [key: string]: () => void } {
    const visible = this.visibleItems();
    const index = visible.indexOf(item);
    const isOpen = item.getAttribute('aria-expanded') === 'true';
    const isPhase = item.hasAttribute('aria-expanded');
    return {
      ArrowDown: () => this.focus(visible[index + 1]),
      ArrowUp: () => this.focus(visible[index - 1]),
      Home: () => this.focus(visible[0]),
      End: () => this.focus(visible.at(-1)),
      ArrowRight: () =>
        isPhase && !isOpen
          ? this.port.toggle(idOf(item), true)
          : isPhase
            ? this.focus(visible[index + 1])
            : this.focusButton(item),
      ArrowLeft: () =>
        isPhase && isOpen
          ? this.port.toggle(idOf(item), false)
          : this.focus(isPhase ? null : phaseAbove(item)),
      Enter: () => this.port.jump(idOf(item)),
      ' ': () => (isPhase ? this.port.toggle(idOf(item), !isOpen) : this.port.jump(idOf(item)))
    };
  }

  private visibleItems(): HTMLElement[] {
    return [...this.node.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  }

  private focus(item: HTMLElement | null | undefined): void {
    if (item) {
      this.node.querySelectorAll('[tabindex="0"]').forEach(other => other.setAttribute('tabindex', '-1'));
      item.setAttribute('tabindex', '0');
      item.focus();
    }
  }

  private keepOneTabStop(): void {
    if (!this.node.querySelector('[tabindex="0"]')) {
      this.node.querySelector('[role="treeitem"]')?.setAttribute('tabindex', '0');
    }
  }
}

function rowAround(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[role="treeitem"]') : null;
}

/** The row of the phase that a step belongs to. */
function phaseAbove(item: HTMLElement): HTMLElement | null {
  let above = item.previousElementSibling;
  while (above && above.getAttribute('aria-level') !== '1') {
    above = above.previousElementSibling;
  }
  return above instanceof HTMLElement ? above : null;
}

function idOf(item: HTMLElement): string {
  return (item.dataset['key'] ?? '').replace(/^(phase|step):/, '');
}
