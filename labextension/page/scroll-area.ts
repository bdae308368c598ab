// A box whose content may be larger than it. Only while it is, it takes the focus, so that arrow keys scroll it, and has a
// name for screen readers: a box that shows everything would only be one more stop for the Tab key.
import { makeElement } from './element.js';

/** A box with the class `name` around `content`; `label` is what a screen reader calls it. */
export function makeScrollArea(name: string, label: string, ...content: readonly Node[]): HTMLElement {
  const area = makeElement('div', { class: `lb-ScrollArea ${name}` }, ...content);
  const observer = new ResizeObserver(() => {
    const isLarger = area.scrollHeight > area.clientHeight || area.scrollWidth > area.clientWidth;
    setOrRemove(area, 'tabindex', isLarger ? '0' : null);
    setOrRemove(area, 'role', isLarger ? 'region' : null);
    setOrRemove(area, 'aria-label', isLarger ? label : null);
  });
  observer.observe(area);
  return area;
}

function setOrRemove(node: HTMLElement, name: string, value: string | null): void {
  if (value === null) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, value);
  }
}
