// The description of a row for screen readers: beside the row's line, so that it is no part of its name.
import { makeElement, makeElementId } from '../../page/element.js';

/** Describes the row; an empty text takes the description away. A phase that can be released has room for the button beside its words. */
export function describeRow(
  item: HTMLElement,
  { about: text, isUnrehearsed }: { readonly about: string; readonly isUnrehearsed: boolean }
): void {
  item.classList.toggle('lb-mod-unrehearsed', isUnrehearsed);
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
