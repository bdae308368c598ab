// What the styles and lists of a Word document say about its paragraphs.
import { childrenOf, isMono, valueOf } from './word-elements.js';
import { xmlChild, type XmlElement } from './xml-tree.js';

export class WordStyles {
  readonly #names = new Map<string, string>();
  /** Styles in a monospaced font. */
  readonly mono = new Set<string>();
  /** The numbering that a style gives to its paragraphs. */
  readonly numberings = new Map<string, XmlElement>();
  /** Numberings with numbers. */
  readonly ordered = new Set<string>();

  constructor(styles: XmlElement | null, numbering: XmlElement | null) {
    for (const style of childrenOf(styles, 'w:style')) {
      const id = style.attributes['w:styleId'] ?? '';
      this.#names.set(id, valueOf(style, 'w:name').toLowerCase());
      const properties = xmlChild(style, 'w:pPr');
      const numbering = properties === null ? null : xmlChild(properties, 'w:numPr');
      if (numbering !== null) {
        this.numberings.set(id, numbering);
      }
      if (
        isMono(xmlChild(style, 'w:rPr')) ||
        /\b(?:code|preformatted|source|console)\b/.test(valueOf(style, 'w:name').toLowerCase())
      ) {
        this.mono.add(id);
      }
    }
    const abstract = new Map(
      childrenOf(numbering, 'w:abstractNum').map(each => [
        each.attributes['w:abstractNumId'] ?? '',
        valueOf(childrenOf(each, 'w:lvl')[0] ?? null, 'w:numFmt')
      ])
    );
    for (const num of childrenOf(numbering, 'w:num')) {
      if (!/^(?:bullet|none|)$/.test(abstract.get(valueOf(num, 'w:abstractNumId')) ?? '')) {
        this.ordered.add(num.attributes['w:numId'] ?? '');
      }
    }
  }

  /** As it is called, or as its identifier says: `Heading1`, `TOC2`. */
  nameOf(id: string): string {
    return this.#names.get(id) ?? id.toLowerCase().replace(/(?<=[a-z])(?=\d)/, ' ');
  }
}
