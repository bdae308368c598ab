// Code as pages show it: the language where one is named, line breaks where editors make paragraphs of lines.
import type { Element, ElementContent, Root, RootContent } from 'hast';
import { codeBlock, wordsOfTree } from './hast-to-markdown.js';
import { classesOf, find } from './html-elements.js';

/** Paragraphs of code that follow each other are one block. */
export function joinedCode(blocks: readonly { readonly node: RootContent; readonly place: string }[]) {
  const joined: { node: RootContent; place: string }[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (isOfLines(block.node) && last !== undefined && isOfLines(last.node)) {
      const text = `${textIn(last.node as Element)}\n${textIn(block.node as Element)}`;
      last.node = codeOfLines(text);
    } else if (block.node.type !== 'text' || block.node.value.trim() !== '') {
      joined.push({ ...block });
    }
  }
  return joined;
}

/** A block of code that was a paragraph: editors make one of each line. */
export function codeOfLines(text: string): Element {
  return { ...codeBlock(text, null), properties: { dataOfLines: true } };
}

/** True for one. */
export function isOfLines(node: RootContent): boolean {
  return node.type === 'element' && node.properties['dataOfLines'] === true;
}

/** The text of a block of code, with its line breaks. */
export function textIn(node: ElementContent | Element): string {
  if (node.type !== 'element') {
    return node.type === 'text' ? node.value : '';
  }
  return node.tagName === 'br'
    ? '\n'
    : node.children.map(textIn).join('') + (/^(?:p|div|li)$/.test(node.tagName) ? '\n' : '');
}

/** `language-bash`, `brush: bash`. */
export function languageOf(node: Element): string | null {
  const inner = node.children.find(child => child.type === 'element' && child.tagName === 'code') as
    Element | undefined;
  const parameters = String(
    node.properties['dataSyntaxhighlighterParams'] ??
      node.properties['dataLanguage'] ??
      node.properties['lang'] ??
      ''
  );
  const classes = `${classesOf(node)} ${inner === undefined ? '' : classesOf(inner)}`;
  const named =
    /brush:\s*([\w+-]+)/.exec(parameters)?.[1] ??
    (parameters !== '' && !parameters.includes(':') ? parameters : undefined) ??
    /\b(?:language|lang)-([\w+-]+)/.exec(classes)?.[1];
  return named === undefined || /^(?:none|plain)$/.test(named) ? null : named;
}

/** Classes whose text is in a monospaced font: that is how Google Docs shows code. */
export function monospaced(root: Root): ReadonlySet<string> {
  const style = find(root, ({ tagName }) => tagName === 'style');
  const rules = (style === null ? '' : wordsOfTree(style))
    .slice(0, 200_000)
    .matchAll(/\.([\w-]+)\s*\{([^{}]*)\}/g);
  return new Set(
    [...rules]
      .filter(([, , body]) => /font-family:[^;]*(?:courier|consolas|mono|menlo)/i.test(body!))
      .map(([, name]) => name!)
  );
}

/** True for what a paragraph of code is made of. */
export function isCodeOrSpace(node: ElementContent): boolean {
  return node.type === 'element'
    ? node.tagName === 'code' || node.tagName === 'br'
    : node.type === 'text' && node.value.trim() === '';
}
