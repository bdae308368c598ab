// Draws the cheat sheet: one list a section, in as many columns as there is room for.
import { Widget } from '@lumino/widgets';
import { makeElement } from '../page/element.js';
import { makeScrollArea } from '../page/scroll-area.js';
import type { Words } from '../page/words.js';
import type { SheetEntry, SheetSection } from './cheat-sheet.js';

/** The body of the dialog. */
export function makeCheatSheetView(sections: readonly SheetSection[], words: Words): Widget {
  const view = new Widget();
  view.addClass('lb-Sheet');
  const columns = makeElement('div', { class: 'lb-Sheet-sections' }, ...sections.map(drawSection));
  view.node.append(makeScrollArea('lb-Sheet-area', words.__('Keys'), columns));
  return view;
}

function drawSection({ title, note, entries }: SheetSection): HTMLElement {
  return makeElement(
    'section',
    { class: 'lb-Sheet-section' },
    makeElement(
      'h3',
      { class: 'lb-Sheet-title', text: title },
      makeElement('span', { class: 'lb-Sheet-note', text: note })
    ),
    makeElement('dl', { class: 'lb-Sheet-entries' }, ...entries.flatMap(drawEntry))
  );
}

function drawEntry({ keys, text }: SheetEntry): HTMLElement[] {
  return [
    makeElement(
      'dt',
      {},
      ...keys.slice(0, MOST_KEYS).map(key => makeElement('kbd', { class: 'lb-Key', text: key }))
    ),
    makeElement('dd', { text })
  ];
}

/** Enough to remember one. */
const MOST_KEYS = 2;
