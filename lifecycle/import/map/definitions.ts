// A reference such as [board][1] has its address elsewhere in the document, and each cell is a document of its own: cells that use one get it.
import type { Nodes, Root } from 'mdast';
import type { CellList } from './cell-list.js';
import { placeOf, treeOf } from './tree.js';

/** Adds the definitions to the cells that refer to them. */
export function withDefinitions({ cells }: CellList, root: Root, source: string): void {
  const definitions = new Map<string, string>();
  visit(root, node => {
    if (node.type === 'definition' || node.type === 'footnoteDefinition') {
      const { start, end } = placeOf(node);
      definitions.set(`${node.type[0]} ${node.identifier}`, source.slice(start, end));
    }
  });
  if (definitions.size === 0) {
    return;
  }
  for (const cell of cells.filter(({ kind }) => kind === 'markdown')) {
    // Without its definition a reference is plain text, so all are given to the parser, and those that are used are kept.
    const used = new Set<string>();
    visit(treeOf(`${cell.source}\n\n${[...definitions.values()].join('\n\n')}`), node => {
      if (node.type === 'linkReference' || node.type === 'imageReference') {
        used.add(`d ${node.identifier}`);
      } else if (node.type === 'footnoteReference') {
        used.add(`f ${node.identifier}`);
      }
    });
    const missing = [...used]
      .map(key => definitions.get(key) ?? '')
      .filter(text => text !== '' && !cell.source.includes(text));
    if (missing.length > 0) {
      cell.source += `\n\n${missing.join('\n')}`;
    }
  }
}

function visit(node: Nodes, look: (node: Nodes) => void): void {
  look(node);
  if ('children' in node) {
    node.children.forEach(child => visit(child, look));
  }
}
