// Declarations that V8's REPL mode does not have, as ones that it has. `using x = open()` becomes `const x =
// __launchbookUsing(open())`: REPL mode would never dispose of it, so the executor does, in reverse order, at the end of the
// cell. `import x = require("m")` becomes `const x = require("m")`.
import { Edits } from './edits.js';
import { childOf, listOf, type Node } from '../../../record/source/parse.js';

/** The text with these declarations of its top level rewritten. The same text when it has none. */
export function rewriteDeclarations(text: string, body: readonly Node[]): string {
  const edits = new Edits(text);
  for (const statement of body) {
    const keep = KEEPERS[String(statement['kind'])];
    if (statement.type === 'VariableDeclaration' && keep !== undefined) {
      rewriteUsing(edits, statement, keep);
    }
    const source = childOf(statement, 'moduleReference');
    if (source?.type === 'TSExternalModuleReference' && statement['importKind'] !== 'type') {
      edits.blank(statement.start, childOf(statement, 'id')!.start, 'const ');
    }
  }
  return edits.apply();
}

// The functions that the executor puts into the global scope for resources.
const KEEPERS: Readonly<Record<string, string>> = {
  using: '__launchbookUsing',
  'await using': '__launchbookAwaitUsing'
};

function rewriteUsing(edits: Edits, statement: Node, keep: string): void {
  const declarators = listOf(statement, 'declarations');
  edits.blank(statement.start, declarators[0]!.start, 'const');
  for (const init of declarators.flatMap(declarator => childOf(declarator, 'init') ?? [])) {
    edits.insert(init.start, `${keep}(`);
    edits.insert(init.end, ')');
  }
}
