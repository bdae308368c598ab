// Variables whose type can be said in a few words: `declare let n: number;` does for later cells what taking `n` from the
// cell's document does, and costs nothing, however long the chain of cells behind it. Everything else is taken from the document.
import type { Analysis } from './analysis.js';
import { declaredBy } from './declarations.js';
import type { LanguageServer } from './lsp-client.js';
import { childOf, listOf, nameOf, type Node } from './parse.js';
import { positionAt, type Hover } from './protocol-types.js';

const MOST_QUESTIONS = 8;

const WORD = 'string|number|boolean|bigint|null|undefined|unknown|any|void|never|true|false';
const LITERAL = `"[^"\\\\\\n]{0,60}"|'[^'\\\\\\n]{0,60}'|-?\\d{1,15}(?:\\.\\d+)?`;
const WIDE = 'string|number|boolean|bigint';
const ANNOTATION = new RegExp(
  `^(?:${WORD}|${LITERAL})(?:\\[\\])*(?:\\s*\\|\\s*(?:${WORD}|${LITERAL})(?:\\[\\])*)*$`
);
const WIDE_TYPE = new RegExp(`^(?:${WIDE})(?:\\[\\])*$`);
const SINGLE_LITERAL = /^(?:"[^"\\\n]{0,60}"|-?\d{1,15}(?:\.\d+)?)$/;

/** Declarations for later cells, by name. The document at `uri` is the cell's, checked just now. */
export async function plainDeclarations(
  server: LanguageServer,
  uri: string,
  code: string,
  analysis: Analysis
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const asked: Promise<void>[] = [];
  for (const { kind, id } of variablesOf(analysis.body)) {
    const name = nameOf(id);
    const annotation = childOf(id, 'typeAnnotation');
    const word = kind === 'const' ? 'const' : 'let';
    if (annotation !== null) {
      const type = code.slice(annotation.start, annotation.end).replace(/^:\s*/, '');
      if (ANNOTATION.test(type)) {
        found.set(name, `declare ${word} ${name}: ${type};`);
      }
    } else if (asked.length < MOST_QUESTIONS) {
      asked.push(
        typeAt(server, uri, code, id).then(type => {
          if (WIDE_TYPE.test(type)) {
            found.set(name, `declare ${word} ${name}: ${type};`);
          } else if (kind === 'const' && SINGLE_LITERAL.test(type)) {
            // As an initializer, so that `let copy = name` still has a wide type.
            found.set(name, `declare const ${name} = ${type};`);
          }
        })
      );
    }
  }
  await Promise.all(asked);
  return found;
}

// Variables with a name that nothing else of the cell has: `interface A` beside `const A` is a type as well.
function variablesOf(body: readonly Node[]): { readonly kind: string; readonly id: Node }[] {
  const names = declaredBy(body).map(one => one.name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return variableDeclarations(body).filter(({ id }) => !repeated.has(nameOf(id)));
}

function variableDeclarations(body: readonly Node[]): { readonly kind: string; readonly id: Node }[] {
  return body
    .map(statement =>
      statement.type === 'ExportNamedDeclaration'
        ? (childOf(statement, 'declaration') ?? statement)
        : statement
    )
    .filter(statement => statement.type === 'VariableDeclaration' && statement['declare'] !== true)
    .flatMap(statement =>
      listOf(statement, 'declarations').flatMap(declarator => {
        const id = childOf(declarator, 'id');
        return id?.type === 'Identifier' ? [{ kind: String(statement['kind']), id }] : [];
      })
    );
}

async function typeAt(server: LanguageServer, uri: string, code: string, id: Node): Promise<string> {
  const position = positionAt(code, id.start);
  const hover = await server.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
  const contents = hover?.contents;
  const markdown = typeof contents === 'object' && 'value' in contents ? contents.value : '';
  return /^```\w*\n(?:const|let|var) [^:\n]+: ([^\n]+)\n```/.exec(markdown)?.[1] ?? '';
}
