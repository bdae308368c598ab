// What a macro of Confluence is given.
import { textOfXml, type XmlElement } from './xml-tree.js';

/** The text of a parameter, or null. */
export function parameter(node: XmlElement, name: string): string | null {
  const found = node.children.find(
    child =>
      typeof child !== 'string' && child.name === 'ac:parameter' && child.attributes['ac:name'] === name
  );
  return found === undefined ? null : textOfXml(found).trim();
}

/** The titles of the pages and files that an element names. */
export function textsOfPages(node: XmlElement): string {
  const titles: string[] = [];
  const visit = (each: XmlElement): void => {
    const title =
      each.attributes['ri:content-title'] ??
      (each.name === 'ri:attachment' ? each.attributes['ri:filename'] : undefined);
    titles.push(...(title === undefined ? [] : [title]));
    each.children.forEach(child => typeof child !== 'string' && visit(child));
  };
  visit(node);
  return titles.join(', ');
}
