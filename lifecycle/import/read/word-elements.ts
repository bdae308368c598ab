// What is asked of elements of a Word document.
import type { ElementContent } from 'hast';
import { textNode } from './hast-to-markdown.js';
import { textIn } from './html-code.js';
import { xmlChild, type XmlElement } from './xml-tree.js';

const MONOSPACED = /courier|consolas|mono|menlo|lucida console|terminal/i;

/** True for the properties of a run in a monospaced font. */
export function isMono(properties: XmlElement | null): boolean {
  const fonts = properties === null ? null : xmlChild(properties, 'w:rFonts');
  return MONOSPACED.test(fonts?.attributes['w:ascii'] ?? '');
}

/** The text of a paragraph, with its line breaks. */
export function textOf(content: readonly ElementContent[]): string {
  return content.map(textIn).join('');
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

/** The sign of a note or of a reference to it, which becomes `[^1]`. No document has the letters around it. */
export function footnoteSign({ name, attributes }: XmlElement): string {
  return `\u{E012}${name.startsWith('w:end') ? 'e' : ''}${attributes['w:id'] ?? ''}\u{E013}`;
}

/** The texts of a paragraph without what was deleted. */
export function writtenIn(node: XmlElement): string {
  return node.children
    .map(child =>
      typeof child === 'string' || /^(?:w:del|w:moveFrom|mc:Fallback)$/.test(child.name)
        ? ''
        : child.name === 'w:t'
          ? child.children.filter(part => typeof part === 'string').join('')
          : writtenIn(child)
    )
    .join(' ');
}

/** What a sign of a font for symbols shows; null when nobody knows. */
export function signOf({ attributes }: XmlElement): string | null {
  return SIGNS[(attributes['w:char'] ?? '').toUpperCase().replace(/^F0/, '')] ?? null;
}

/** Boxes of Wingdings, and its arrow. */
const SIGNS: { readonly [code: string]: string } = {
  2610: '☐',
  2611: '☑',
  2612: '☒',
  '6F': '☐',
  '71': '☐',
  '72': '☐',
  A8: '☐',
  FD: '☒',
  78: '☒',
  53: '☒',
  FE: '☑',
  52: '☑',
  FC: '✓',
  E0: '→',
  A7: '▪',
  B7: '•'
};
