// `export` before a declaration of a cell says nothing about the declaration.
import { childOf, type Node } from '../../../record/source/parse.js';

/** The declaration that a statement exports, else the statement. */
export function unexported(statement: Node): Node {
  return statement.type === 'ExportNamedDeclaration'
    ? (childOf(statement, 'declaration') ?? statement)
    : statement;
}
