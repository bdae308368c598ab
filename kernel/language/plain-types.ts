// Variables and functions whose type can be said in a few words: `declare let n: number;` does for later cells what taking `n` from the
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
const PLAIN = `(?:${WORD})(?:\\[\\])*(?: \\| (?:${WORD})(?:\\[\\])*)*`;
const SIGNATURE = new RegExp(
  `^function [\\w$]+\\((?:(?:\\w+\\??: ${PLAIN})(?:, \\w+\\??: ${PLAIN})*)?\\): (?:${PLAIN}|Promise<${PLAIN}>)$`
);
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
  const ask = (id: Node, say: (type: string) => string | null): void => {
    if (asked.length < MOST_QUESTIONS) {
      asked.push(
        hoverAt(server, uri, code, id).then(text => {
          const declaration = say(text);
          if (declaration !== null) {
            found.set(nameOf(id), declaration);
          }
        })
      );
    }
  };
  for (const { kind, id } of declarationsOf(analysis.body)) {
    const name = nameOf(id);
    if (kind === 'function') {
      ask(id, text => (SIGNATURE.test(text) ? `declare ${text};` : null));
      continue;
    }
    const annotation = childOf(id, 'typeAnnotation');
    const word = kind === 'const' ? 'const' : 'let';
    if (annotation !== null) {
      const type = code.slice(annotation.start, annotation.end).replace(/^:\s*/, '');
      if (ANNOTATION.test(type)) {
        found.set(name, `declare ${word} ${name}: ${type};`);
      }
    } else {
      ask(id, text => {
        const type = /^(?:const|let|var) [^:]+: (.+)$/.exec(text)?.[1] ?? '';
        // A literal is said as an initializer, so that `let copy = name` still has a wide type.
        return WIDE_TYPE.test(type)
          ? `declare ${word} ${name}: ${type};`
          : kind === 'const' && SINGLE_LITERAL.test(type)
            ? `declare const ${name} = ${type};`
            : null;
      });
    }
  }
  await Promise.all(asked);
  return found;
}

// Those with a name that nothing else of the cell has: `interface A` beside `const A` is a type as well.
function declarationsOf(body: readonly Node[]): { readonly kind: string; readonly id: Node }[] {
  const names = declaredBy(body).map(one => one.name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return body
    .map(statement =>
      statement.type === 'ExportNamedDeclaration'
        ? (childOf(statement, 'declaration') ?? statement)
        : statement
    )
    .filter(statement => statement['declare'] !== true)
    .flatMap(plainIds)
    .filter(({ id }) => !repeated.has(nameOf(id)));
}

function plainIds(statement: Node): { readonly kind: string; readonly id: Node }[] {
  const id = childOf(statement, 'id');
  if (statement.type === 'FunctionDeclaration' && id !== null) {
    return [{ kind: 'function', id }];
  }
  return statement.type !== 'VariableDeclaration'
    ? []
    : listOf(statement, 'declarations').flatMap(declarator => {
        const variable = childOf(declarator, 'id');
        return variable?.type === 'Identifier' ? [{ kind: String(statement['kind']), id: variable }] : [];
      });
}

async function hoverAt(server: LanguageServer, uri: string, code: string, id: Node): Promise<string> {
  const position = positionAt(code, id.start);
  const hover = await server.request<Hover | null>('textDocument/hover', { textDocument: { uri }, position });
  const contents = hover?.contents;
  const markdown = typeof contents === 'object' && 'value' in contents ? contents.value : '';
  return /^```\w*\n([^\n]+)\n```/.exec(markdown)?.[1] ?? '';
}
