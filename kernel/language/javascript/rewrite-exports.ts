// A cell exports nothing at run time, since every name is visible to later cells anyway: `export` is dropped. A re-export
// still loads its module, and `export default` still evaluates its expression.
import type { Edits } from './edits.js';
import { sourceOf } from '../source/imported-names.js';
import { childOf, type Node } from '../../../record/source/parse.js';
import { importStatement } from './rewrite-imports.js';

/** Rewrites every export statement of a cell. */
export function rewriteExports(edits: Edits, body: readonly Node[], text: string): void {
  for (const statement of body) {
    if (statement['exportKind'] !== 'type') {
      REWRITES[statement.type]?.(edits, statement, text);
    }
  }
}

const REWRITES: Readonly<Record<string, (edits: Edits, statement: Node, text: string) => void>> = {
  ExportNamedDeclaration(edits, statement) {
    const declaration = childOf(statement, 'declaration');
    if (declaration !== null) {
      edits.blank(statement.start, declaration.start);
    } else if (childOf(statement, 'source') !== null) {
      edits.replace(statement.start, statement.end, importStatement(sourceOf(statement), [], new Map()));
    } else {
      edits.blank(statement.start, statement.end, ';');
    }
  },
  ExportAllDeclaration(edits, statement) {
    edits.replace(statement.start, statement.end, importStatement(sourceOf(statement), [], new Map()));
  },
  ExportDefaultDeclaration(edits, statement, text) {
    const declaration = childOf(statement, 'declaration');
    if (declaration === null || declaration.type.startsWith('TS')) {
      return;
    }
    if (/^(Function|Class)Declaration$/.test(declaration.type) && childOf(declaration, 'id') !== null) {
      edits.blank(statement.start, declaration.start);
      return;
    }
    edits.blank(statement.start, declaration.start, ';0,');
    if (text[statement.end - 1] !== ';') {
      edits.insert(statement.end, ';');
    }
  }
};
