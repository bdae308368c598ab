// The children of an element in their order, with as few moves as can be.

/**
 * Puts `children` into `parent` in order and touches nothing that is in place already: a row that is moved loses the focus.
 * So what is gone is taken out first.
 */
export function syncChildren(parent: HTMLElement, children: readonly HTMLElement[]): void {
  if (parent.childElementCount > 0) {
    const wanted = new Set<Element>(children);
    [...parent.children].filter(child => !wanted.has(child)).forEach(child => child.remove());
  }
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(child, next);
    }
  }
}
