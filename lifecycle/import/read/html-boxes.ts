// Boxes as pages show them: roles, inputs, and the classes of Confluence and Notion.
import type { Element } from 'hast';
import { classesOf } from './html-elements.js';

/** True for an item with a box. */
export function isBox(node: Element): boolean {
  const own = `${classesOf(node)} ${node.children.map(child => (child.type === 'element' ? `${child.tagName === 'input' && child.properties['type'] === 'checkbox' ? 'checkbox' : ''} ${classesOf(child)}` : '')).join(' ')}`;
  return (
    node.properties['role'] === 'checkbox' ||
    node.properties['dataInlineTaskId'] !== undefined ||
    /\bcheckbox\b|\bchecked\b|\bunchecked\b/.test(own)
  );
}

/** True for an item that is ticked. */
export function isTicked(node: Element): boolean {
  const isOn = (each: Element): boolean =>
    each.properties['ariaChecked'] === 'true' ||
    each.properties['checked'] === true ||
    /(?:^|\s)(?:checked|checkbox-on)(?:\s|$)/.test(classesOf(each));
  return isOn(node) || node.children.some(child => child.type === 'element' && isOn(child));
}
