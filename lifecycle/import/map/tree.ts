// Markdown as a tree (mdast, with GitHub's tables, boxes and footnotes): every node has its offsets in the text.
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** The tree of a text. */
export function treeOf(markdown: string): Root {
  const root = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  endBefore(root, markdown.length);
  return root;
}

/** A block of code that nothing ends in its item reaches into the next one for the parser: each node ends where the next begins. */
function endBefore(node: Nodes, most: number): void {
  const end = node.position?.end; // Addresses in a text have none.
  if (end === undefined) {
    return;
  }
  end.offset = Math.min(end.offset!, most);
  if ('children' in node) {
    node.children.forEach((child, index) =>
      endBefore(child, node.children[index + 1]?.position?.start.offset ?? end.offset!)
    );
  }
}

/** Where a node begins, where it ends, its line and column (1-based). */
export function placeOf(node: Nodes): { start: number; end: number; line: number; column: number } {
  const { start, end } = node.position!;
  return { start: start.offset!, end: end.offset!, line: start.line, column: start.column };
}

/** What a reader sees of a node. */
export function plainTextOf(node: Nodes): string {
  // The mark of a callout of GitHub is none of its words.
  if (node.type === 'blockquote') {
    return node.children
      .map(plainTextOf)
      .join('')
      .replace(/^\[![A-Z]+]\s*/, '');
  }
  return 'value' in node
    ? node.value
    : 'alt' in node
      ? (node.alt ?? '')
      : 'children' in node
        ? node.children.map(plainTextOf).join('')
        : '';
}
