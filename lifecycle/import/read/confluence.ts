// A page of Confluence in its storage format: XML with macros. Code is taken from its CDATA sections, boxes and callouts keep their meaning,
// what has none here is named. https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
import type { Element, ElementContent } from 'hast';
import { textOfDocument, type ImportedFile } from '../document/file-text.js';
import type { ImportedSource, ReaderNote } from '../document/source.js';
import { boxItem, callout, codeBlock, element, folded, textNode } from './hast-to-markdown.js';
import { pageOf } from './html.js';
import { parameter, textsOfPages } from './macro-values.js';
import { textOfXml, xmlChild, xmlDescendant, xmlTree, type XmlElement } from './xml-tree.js';

/** Reads a page. */
export function readConfluence(file: ImportedFile, format: string): ImportedSource {
  const text = textOfDocument(file).replace(/^\s*<\?xml[^>]*\?>/, '');
  const root = xmlTree(`<page>${text}</page>`, `Importing ${file.name}`);
  const page = new StoragePage();
  const blocks = withoutLayout(root).flatMap(child =>
    page
      .read(child)
      .map(node => ({ node, place: typeof child === 'string' ? 'line 1' : `line ${child.line}` }))
  );
  const read = pageOf(
    blocks.map(({ node }) => node),
    file.name,
    { root: null, places: blocks.map(({ place }) => place), text }
  );
  const words = [...page.words, shownWords(root)].join(' ');
  return { ...read, format, words, notes: [...page.notes, ...read.notes] };
}

/** Every text that a page shows, read apart from its meaning. */
function shownWords(node: XmlElement | string): string {
  if (typeof node === 'string') {
    return node;
  }
  return /^ac:(?:parameter|task-(?:id|uuid|status)|adf-attribute)$/.test(node.name)
    ? ''
    : shownIn(node).map(shownWords).join(' ');
}

/** An extension has the same twice: for readers of today, and for all others. */
function shownIn(node: XmlElement): XmlElement['children'] {
  return node.name === 'ac:adf-extension'
    ? ((xmlDescendant(node, 'ac:adf-fallback') ?? xmlDescendant(node, 'ac:adf-content'))?.children ?? [])
    : node.children;
}

/** What stands in the columns of a page, each with its own line. */
function withoutLayout(node: XmlElement): readonly (XmlElement | string)[] {
  return node.children.flatMap(child =>
    typeof child !== 'string' && /^ac:layout/.test(child.name) ? withoutLayout(child) : [child]
  );
}

const CALLOUTS: { readonly [macro: string]: Parameters<typeof callout>[0] } = {
  info: 'NOTE',
  note: 'WARNING',
  tip: 'TIP',
  warning: 'CAUTION',
  panel: 'NOTE'
};
const PLAIN_CONTAINERS = /^(?:excerpt|section|column|details|page-properties|div|span|ui-tabs?)$/;
const DROPPED_MACROS = /^(?:toc|anchor|children|recently-updated|contentbylabel|pagetree)$/;

class StoragePage {
  readonly notes: ReaderNote[] = [];
  /** Every text that must be somewhere. */
  readonly words: string[] = [];

  read(node: XmlElement | string): ElementContent[] {
    if (typeof node === 'string') {
      this.words.push(node);
      return [textNode(node)];
    }
    switch (node.name) {
      case 'ac:structured-macro':
      case 'ac:macro':
        return this.macro(node);
      case 'ac:task-list':
        return [element('ul', this.all(node))];
      case 'ac:task': {
        const body = xmlChild(node, 'ac:task-body');
        const status = xmlChild(node, 'ac:task-status');
        return [
          boxItem(
            status !== null && textOfXml(status).trim() === 'complete',
            body === null ? [] : this.all(body)
          )
        ];
      }
      case 'ac:link':
        return this.link(node);
      case 'ac:image':
        return this.image(node);
      case 'ri:user':
        return [
          textNode(
            `@${node.attributes['ri:username'] ?? node.attributes['ri:account-id'] ?? node.attributes['ri:userkey'] ?? 'user'}`
          )
        ];
      case 'time':
        return [this.text(node.attributes['datetime'] ?? '')];
      case 'ac:emoticon':
        return [
          this.text(node.attributes['ac:emoji-fallback'] ?? `(${node.attributes['ac:name'] ?? 'emoticon'})`)
        ];
      case 'ac:parameter':
        return [];
      default:
        return node.name.includes(':')
          ? this.all(node)
          : [element(node.name, this.all(node), this.propertiesOf(node))];
    }
  }

  all(node: XmlElement): ElementContent[] {
    return shownIn(node).flatMap(child => this.read(child));
  }

  macro(node: XmlElement): ElementContent[] {
    const name = node.attributes['ac:name'] ?? '';
    const title = parameter(node, 'title');
    if (name === 'expand' && xmlChild(node, 'ac:rich-text-body') !== null) {
      this.words.push(title ?? '');
      return folded(title || 'Details', this.all(xmlChild(node, 'ac:rich-text-body')!));
    }
    const head = title === null ? [] : [element('p', [element('strong', [this.text(title)])])];
    const plain = xmlChild(node, 'ac:plain-text-body');
    const rich = xmlChild(node, 'ac:rich-text-body');
    const place = `line ${node.line}`;
    if (plain !== null) {
      const text = textOfXml(plain);
      this.words.push(text);
      return [...head, codeBlock(text, name === 'code' ? (parameter(node, 'language') ?? null) : 'text')];
    }
    if (name === 'status') {
      this.notes.push({ place, text: `the colour of the badge “${title ?? ''}”` });
      return [this.text(title ?? '')];
    }
    if (name === 'jira') {
      return [this.text(parameter(node, 'key') ?? parameter(node, 'jqlQuery') ?? '')];
    }
    if (/^(?:include|excerpt-include)$/.test(name)) {
      const pages = textsOfPages(node);
      this.notes.push({ place, text: `the page “${pages}” that is included here: import it too` });
      return [element('p', [element('strong', [this.text(`Included page: ${pages}`)])])];
    }
    if (DROPPED_MACROS.test(name) || rich === null) {
      const files = textsOfPages(node);
      this.notes.push({ place, text: `the macro ${name}${files === '' ? '' : ` (${files})`}` });
      return [];
    }
    const kind = CALLOUTS[name];
    if (kind !== undefined) {
      return [callout(kind, [...head, ...this.all(rich)])];
    }
    if (!PLAIN_CONTAINERS.test(name)) {
      this.notes.push({ place, text: `the macro ${name}; what it holds is kept` });
    }
    return [...head, ...this.all(rich)];
  }

  link(node: XmlElement): ElementContent[] {
    const body = xmlChild(node, 'ac:link-body') ?? xmlChild(node, 'ac:plain-text-link-body');
    const user = xmlChild(node, 'ri:user');
    const target = textsOfPages(node);
    const shown = body === null ? (user === null ? [this.text(target)] : this.read(user)) : this.all(body);
    return target === '' || body === null ? shown : [...shown, this.text(` (page “${target}”)`)];
  }

  image(node: XmlElement): ElementContent[] {
    const attachment = xmlChild(node, 'ri:attachment')?.attributes['ri:filename'];
    const src = attachment ?? xmlChild(node, 'ri:url')?.attributes['ri:value'] ?? '';
    const picture = element('img', [], {
      src: encodeURI(src),
      alt: node.attributes['ac:alt'] ?? attachment ?? ''
    });
    const caption = xmlChild(node, 'ac:caption');
    return caption === null
      ? [picture]
      : [picture, textNode(' '), element('em', this.all(caption).flatMap(textsOf))];
  }

  text(value: string): ElementContent {
    this.words.push(value);
    return textNode(value);
  }

  propertiesOf({ attributes }: XmlElement): Element['properties'] {
    const { href, src, alt, start } = attributes;
    return Object.fromEntries(
      Object.entries({ href, src, alt, start }).filter(([, value]) => value !== undefined)
    );
  }
}

/** A caption is a line. */
function textsOf(node: ElementContent): readonly ElementContent[] {
  return node.type === 'element' && node.tagName === 'p' ? node.children : [node];
}
