// XML as a tree. CDATA sections are texts as they are written, which no HTML parser does: that is where Confluence keeps its code.
import { SaxesParser } from 'saxes';
import { fromHtml } from 'hast-util-from-html';
import { refuse } from '../../refused-error.js';

/** An element with its attributes, children and line. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: (XmlElement | string)[];
  readonly line: number;
}

/** Parses a text that has one element around it. No entity of the document's own is expanded. @throws RefusedError */
export function xmlTree(text: string, doing: string): XmlElement {
  const parser = new SaxesParser({ fragment: false });
  const root: XmlElement = { name: '', attributes: {}, children: [], line: 1 };
  const open: XmlElement[] = [root];
  const add = (value: string): unknown => open.at(-1)!.children.push(value);
  parser.on('error', error => {
    refuse(
      'import.no_xml',
      doing,
      `it is not whole XML: ${error.message}`,
      'From Confluence: take the page menu, View Storage Format, and save all of it.'
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MOST_LEVELS) {
      refuse('import.too_large', doing, `its elements are nested more than ${MOST_LEVELS} levels deep`);
    }
    const made: XmlElement = {
      name,
      attributes: attributes as XmlElement['attributes'],
      children: [],
      line: parser.line
    };
    open.at(-1)!.children.push(made);
    open.push(made);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(withKnownEntities(text)).close();
  return root.children.find(child => typeof child !== 'string') ?? root;
}

const MOST_LEVELS = 300;

/** XML has five entities, HTML and wiki pages two thousand. */
function withKnownEntities(text: string): string {
  const known = new Map<string, string>();
  return text.replace(/<!\[CDATA\[[^]*?]]>|&([A-Za-z]\w*);/g, (whole, name?: string) => {
    if (name === undefined || /^(?:lt|gt|amp|quot|apos)$/.test(name)) {
      return whole;
    }
    if (!known.has(name)) {
      const [child] = fromHtml(`&${name};`, { fragment: true }).children;
      known.set(
        name,
        child?.type === 'text' ? child.value.replace(/[&<]/g, sign => `&#${sign.charCodeAt(0)};`) : whole
      );
    }
    return known.get(name)!;
  });
}

/** All text in an element. */
export function textOfXml(node: XmlElement | string): string {
  return typeof node === 'string' ? node : node.children.map(textOfXml).join('');
}

/** The first element of a name below another, or null. */
export function xmlChild(node: XmlElement, name: string): XmlElement | null {
  return (
    (node.children.find(child => typeof child !== 'string' && child.name === name) as
      XmlElement | undefined) ?? null
  );
}

/** The first element of a name anywhere in another, or null. */
export function xmlDescendant(node: XmlElement, name: string): XmlElement | null {
  for (const child of node.children.filter(each => typeof each !== 'string')) {
    const found = child.name === name ? child : xmlDescendant(child, name);
    if (found !== null) {
      return found;
    }
  }
  return null;
}
