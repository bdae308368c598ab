// The tree of phases and steps: one tab stop, arrow keys, Home and End, Enter to jump (WAI-ARIA tree pattern).
// Rows are kept by id and only their changed parts are written, so that focus and scrolling survive every update.
import { makeElement } from '../element.js';
import { makeStatusGlyph } from '../status-glyph.js';
import { toneOf } from '../status-look.js';
import type { PhaseLook, RowLook } from './phases-look.js';

/** The changing parts of one row. */
interface Row {
  readonly item: HTMLElement;
  readonly line: HTMLElement;
  readonly group: HTMLElement | null;
  drawn: RowLook | null;
}

export class PhaseTree {
  readonly node: HTMLElement;

  private readonly rows = new Map<string, Row>();

  /** `toggle` is told when the person opens or folds a phase, and has to call `update` then. */
  constructor(
    label: string,
    private readonly jump: (id: string) => void,
    private readonly toggle: (id: string, isOpen: boolean) => void
  ) {
    this.node = makeElement('ul', { class: 'lb-Tree', attributes: { role: 'tree', 'aria-label': label } });
    this.node.addEventListener('keydown', event => this.onKey(event));
    this.node.addEventListener('click', event => this.onClick(event));
  }

  /** Puts the focus where Tab would: for the command that shows the panel. */
  focusStop(): void {
    this.node.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  update(phases: readonly PhaseLook[]): void {
    const kept = new Set<string>();
    const items = phases.map(phase => {
      const row = this.rowOf(`phase:${phase.id}`, kept, 1);
      this.drawRow(row, phase);
      this.drawSteps(row, phase, kept);
      return row.item;
    });
    syncChildren(this.node, items);
    for (const id of this.rows.keys()) {
      if (!kept.has(id)) {
        this.rows.delete(id);
      }
    }
    this.keepOneTabStop();
  }

  /** A folded phase costs nothing: it has neither a group nor rows. */
  private drawSteps(row: Row, phase: PhaseLook, kept: Set<string>): void {
    const group = row.group!;
    if (phase.isOpen === null) {
      row.item.removeAttribute('aria-expanded');
    } else if (row.item.getAttribute('aria-expanded') !== String(phase.isOpen)) {
      row.item.setAttribute('aria-expanded', String(phase.isOpen));
    }
    if (!phase.isOpen) {
      if (group.parentElement) {
        const hadFocus = group.contains(document.activeElement);
        group.remove();
        group.replaceChildren();
        if (hadFocus) {
          this.focus(row.item);
        }
      }
      return;
    }
    const steps = phase.steps.map(step => {
      const stepRow = this.rowOf(`step:${step.id}`, kept, 2);
      this.drawRow(stepRow, step);
      return stepRow.item;
    });
    syncChildren(group, steps);
    if (!group.parentElement) {
      row.item.append(group);
    }
  }

  private rowOf(key: string, kept: Set<string>, level: number): Row {
    kept.add(key);
    const known = this.rows.get(key);
    if (known) {
      return known;
    }
    const line = makeElement('div', { class: 'lb-Tree-line' });
    const item = makeElement(
      'li',
      {
        class: 'lb-Tree-item',
        attributes: {
          role: 'treeitem',
          'aria-level': String(level),
          'aria-selected': 'false',
          tabindex: '-1'
        }
      },
      line
    );
    item.dataset['key'] = key;
    const group =
      level === 1 ? makeElement('ul', { class: 'lb-Tree-group', attributes: { role: 'group' } }) : null;
    const row: Row = { item, line, group, drawn: null };
    this.rows.set(key, row);
    return row;
  }

  private drawRow(row: Row, look: RowLook): void {
    const { title, status, word, detail, tooltip } = look;
    if (row.drawn && isSameRow(row.drawn, look)) {
      return;
    }
    row.drawn = look;
    row.item.dataset['status'] = status;
    row.item.dataset['tone'] = toneOf(status);
    row.item.setAttribute('aria-label', [title, word, detail].filter(Boolean).join(', '));
    row.line.title = tooltip || title;
    const words = makeElement(
      'span',
      { class: 'lb-Tree-state' },
      makeElement('span', { class: 'lb-Tree-word', text: word })
    );
    if (detail) {
      words.append(makeElement('span', { class: 'lb-Tree-detail', text: detail }));
    }
    const twist = row.group
      ? [makeElement('span', { class: 'lb-Tree-twist', attributes: { 'aria-hidden': 'true' } })]
      : [];
    row.line.replaceChildren(
      ...twist,
      makeStatusGlyph(status),
      makeElement(
        'span',
        { class: 'lb-Tree-text' },
        makeElement('span', { class: 'lb-Tree-title', text: title }),
        words
      )
    );
  }

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const item = target.closest<HTMLElement>('[role="treeitem"]');
    if (!item) {
      return;
    }
    this.focus(item);
    if (target.closest('.lb-Tree-twist')) {
      this.toggle(idOf(item), item.getAttribute('aria-expanded') !== 'true');
    } else {
      this.jump(idOf(item));
    }
  }

  private onKey(event: KeyboardEvent): void {
    const item = (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
    if (!item || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const act = this.keys(item)[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
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
          ? this.toggle(idOf(item), true)
          : this.focus(isPhase ? visible[index + 1] : undefined),
      ArrowLeft: () =>
        isPhase && isOpen
          ? this.toggle(idOf(item), false)
          : this.focus(item.parentElement?.closest<HTMLElement>('[role="treeitem"]')),
      Enter: () => this.jump(idOf(item)),
      ' ': () => (isPhase ? this.toggle(idOf(item), !isOpen) : this.jump(idOf(item)))
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

function isSameRow(a: RowLook, b: RowLook): boolean {
  return (
    a.title === b.title &&
    a.status === b.status &&
    a.word === b.word &&
    a.detail === b.detail &&
    a.tooltip === b.tooltip
  );
}

function idOf(item: HTMLElement): string {
  return (item.dataset['key'] ?? '').replace(/^(phase|step):/, '');
}

/** Puts `children` into `parent` in order and touches nothing that is in place already. */
function syncChildren(parent: HTMLElement, children: readonly HTMLElement[]): void {
  children.forEach((child, index) => {
    if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] ?? null);
    }
  });
  while (parent.children.length > children.length) {
    parent.lastElementChild?.remove();
  }
}
