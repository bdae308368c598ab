// What is asked of elements of a Word document.
import type { ElementContent } from 'hast';
import { textNode } from './hast-to-markdown.js';
import { xmlChild, type XmlElement } from './xml-tree.js';

const MONOSPACED = /courier|consolas|mono|menlo|lucida console|terminal/i;

/** True for the properties of a run in a monospaced font. */
export function isMono(properties: XmlElement | null): boolean {
  const fonts = properties === null ? null : xmlChild(properties, 'w:rFonts');
  return MONOSPACED.test(fonts?.attributes['w:ascii'] ?? '');
}

/** The text of a paragraph, with its line breaks. */
export function textOf(content: readonly ElementContent[]): string {
  return content
    .map(node =>
      node.type === 'text'
        ? node.value
        : node.type !== 'element'
          ? ''
          : node.tagName === 'br'
            ? '\n'
            : textOf(node.children)
    )
    .join('');
}

/** The children of a name. */
export function childrenOf(node: XmlElement | null, name: string): XmlElement[] {
  return (node?.children.filter(child => typeof child !== 'string' && child.name === name) ??
    []) as XmlElement[];
}

/** The value of a property; empty when there is none. */
export function valueOf(node: XmlElement | null, name: string): string {
  return (node === null ? null : xmlChild(node, name))?.attributes['w:val'] ?? '';
}
/** The first sign that says something is the box. */
export function withoutGlyph(content: readonly ElementContent[]): ElementContent[] {
  const [first, ...rest] = content;
  return first?.type === 'text'
    ? [textNode(first.value.replace(/^\s*[☐☑☒]\s*/u, '')), ...rest]
    : [...content];
}
