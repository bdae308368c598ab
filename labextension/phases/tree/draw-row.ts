// Draws one row of the tree: its element, its text, its place among the others. Only what has changed is written, so that a screen
// reader that is reading the row keeps its elements.
import { makeElement, makeElementId } from '../../page/element.js';
import { makeStatusGlyph } from '../../page/status-glyph.js';
import { toneOf } from '../../page/status-look.js';
import type { RowLook } from '../look/tree-row-text.js';
import { describeRow } from './row-description.js';

/** The changing parts of one row. */
export interface Row {
  readonly item: HTMLElement;
  readonly line: HTMLElement;
  /** Buttons that stay while the step of the row has stopped. */
  standing: HTMLElement | null;
  drawn: RowLook | null;
  /** `aria-expanded`, `aria-posinset` and `aria-setsize` as they were written last. */
  placed: { readonly index: number; readonly count: number; readonly isOpen: boolean | null } | null;
}

/** A row that nothing is written on. Level 1 is a phase, level 2 a step. */
export function makeRow(key: string, level: number): Row {
  const line = makeElement('div', { class: 'lb-Tree-line', attributes: { id: makeElementId('row') } });
  const item = makeElement(
    'li',
    {
      class: 'lb-Tree-item',
      attributes: {
        role: 'treeitem',
        'aria-labelledby': line.id,
        'aria-level': String(level),
        'aria-selected': 'false',
        tabindex: '-1'
      }
    },
    line
  );
  item.dataset['key'] = key;
  return { item, line, standing: null, drawn: null, placed: null };
}

/** Writes the look on the row. True when more than the elapsed time was written. */
export function drawRow(row: Row, look: RowLook): boolean {
  const { title, status, word, detail, tooltip } = look;
  if (row.drawn === look || (row.drawn && isSameRow(row.drawn, look))) {
    return false;
  }
  const before = row.drawn;
  row.drawn = look;
  if (look.isCurrent) {
    row.item.setAttribute('aria-current', 'true');
  } else {
    row.item.removeAttribute('aria-current');
  }
  row.item.dataset['status'] = status;
  row.item.dataset['tone'] = toneOf(status);
  row.line.title = [tooltip || title, look.about].filter(Boolean).join('\n');
  describeRow(row.item, look);
  const ticking = before && isSameButDetail(before, look) ? detailNode(row.line) : null;
  if (ticking) {
    // Every second while a step runs: a screen reader that is reading the row keeps its elements.
    ticking.data = detail;
    return false;
  }
  const words = makeElement(
    'span',
    { class: 'lb-Tree-state' },
    makeElement('span', { class: 'lb-Tree-word', text: word })
  );
  if (detail) {
    // As texts, not by the style sheet: the line is also the name that a screen reader reads out.
    const isBelow = status === 'waiting' && row.item.getAttribute('aria-level') === '1';
    words.append(
      makeElement('span', { class: 'lb-Tree-dot', text: isBelow ? ' ' : ' · ' }),
      makeElement('span', { class: 'lb-Tree-detail', text: detail })
    );
  }
  const twist =
    row.item.getAttribute('aria-level') === '1'
      ? [makeElement('span', { class: 'lb-Tree-twist', attributes: { 'aria-hidden': 'true' } })]
      : [];
  row.line.replaceChildren(
    ...twist,
    makeStatusGlyph(status),
    makeElement(
      'span',
      { class: 'lb-Tree-text' },
      makeElement('span', { class: 'lb-Tree-title', text: title }),
      document.createTextNode(' '),
      words
    )
  );
  return true;
}

/** Tells where a row stands among its siblings, and whether its steps are shown (null: it has none). */
export function place(row: Row, index: number, count: number, isOpen: boolean | null): void {
  const { placed } = row;
  if (placed?.index === index && placed.count === count && placed.isOpen === isOpen) {
    return;
  }
  row.placed = { index, count, isOpen };
  row.item.setAttribute('aria-posinset', String(index + 1));
  row.item.setAttribute('aria-setsize', String(count));
  if (isOpen === null) {
    row.item.removeAttribute('aria-expanded');
  } else {
    row.item.setAttribute('aria-expanded', String(isOpen));
  }
}

/** Only the elapsed time is another one. */
function isSameButDetail(a: RowLook, b: RowLook): boolean {
  return (
    a.title === b.title &&
    a.status === b.status &&
    a.acts === b.acts &&
    a.word === b.word &&
    a.offers === b.offers &&
    a.detail !== '' &&
    b.detail !== ''
  );
}

function detailNode(line: HTMLElement): Text | null {
  const node = line.querySelector('.lb-Tree-detail')?.firstChild;
  return node instanceof Text ? node : null;
}

function isSameRow(a: RowLook, b: RowLook): boolean {
  return (
    a.title === b.title &&
    a.status === b.status &&
    a.acts === b.acts &&
    a.word === b.word &&
    a.detail === b.detail &&
    a.isCurrent === b.isCurrent &&
    a.tooltip === b.tooltip &&
    a.about === b.about &&
    a.isUnrehearsed === b.isUnrehearsed &&
    a.offers === b.offers &&
    a.isHold === b.isHold
  );
}
