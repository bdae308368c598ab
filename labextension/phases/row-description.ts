// What a row is described by, for whoever hears the tree: beside the row's line, so that it is no part of its name.
import { makeElement, makeElementId } from '../element.js';

/** Describes the row; an empty text takes the description away. */
export function describeRow(item: HTMLElement, text: string): void {
  let node = item.querySelector<HTMLElement>(':scope > .lb-Tree-about');
  if (text === '') {
    node?.remove();
    item.removeAttribute('aria-describedby');
    return;
  }
  if (!node) {
    node = makeElement('span', {
      class: 'lb-Tree-about',
      attributes: { id: makeElementId('about'), hidden: '' }
    });
    item.append(node);
    item.setAttribute('aria-describedby', node.id);
  }
  node.textContent = text;
}
