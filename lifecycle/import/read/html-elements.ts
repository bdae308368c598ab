// What is asked of elements of a page.
import type { Element, ElementContent, RootContent } from 'hast';

/** The classes, in one line. */
export function classesOf({ properties }: Element): string {
  return Array.isArray(properties['className']) ? properties['className'].join(' ') : '';
}

/** All elements in one, in the order of the page. */
export function elementsIn({ children }: Element): Element[] {
  return children.flatMap(child => (child.type === 'element' ? [child, ...elementsIn(child)] : []));
}

/** The first element that fits, in the order of the page; or null. */
export function find(
  root: { readonly children: readonly (RootContent | ElementContent)[] },
  is: (node: Element) => boolean
): Element | null {
  for (const child of root.children) {
    if (child.type === 'element') {
      const found = is(child) ? child : find(child, is);
      if (found !== null) {
        return found;
      }
    }
  }
  return null;
}
