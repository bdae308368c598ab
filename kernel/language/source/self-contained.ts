// Whether a declaration means the same in another document: it is made of shapes, literals, its own type parameters and the
// language's own types, and names nothing of the author's.
import { childOf, childrenOf, nameOf, parseProgram, type Node } from '../../../record/source/parse.js';

/** The names of the language's own types that a declaration uses; null when it names others that are not among `names`. */
export function isSelfContained(
  declaration: string,
  names: ReadonlySet<string> = new Set()
): readonly string[] | null {
  if (PLAINEST.test(declaration)) {
    return [];
  }
  const { body, faults } = parseProgram(declaration, 'ts');
  const statement = body[0];
  if (faults.length > 0 || statement === undefined || body.length !== 1) {
    return null;
  }
  const parameters = new Set([...typeParameters(statement), ...names]);
  const globals = new Set<string>();
  return childrenOf(statement).every(child => isPlain(child, parameters, globals)) ? [...globals] : null;
}

const WORD =
  '(?:string|number|boolean|bigint|null|undefined|unknown|any|void|never|object|symbol)(?:\\[\\])*';

/** A value of one of TypeScript's own words, a number, or a function of such: most declarations, and they need not be parsed. */
const PLAINEST = new RegExp(
  `^declare (?:(?:const|let) [\\w$]+(?:: ?${WORD}| = -?\\d+)|function [\\w$]+\\((?:[\\w$]+\\??: ?${WORD}(?:, (?!\\))|(?=\\))))*\\): ?${WORD});$`
);

/** The node of a type, or null when it cannot be read (it was cut short). */
export function readType(type: string): Node | null {
  const { body, faults } = parseProgram(`type T = ${type};`, 'ts');
  return faults.length > 0 || body[0] === undefined ? null : childOf(body[0], 'typeAnnotation');
}

const PLAIN = new Set([
  'Identifier',
  'Literal',
  'UnaryExpression',
  'VariableDeclarator',
  'ObjectPattern',
  'ArrayPattern',
  'Property',
  'RestElement',
  'TSTypeAnnotation',
  'TSTypeLiteral',
  'TSPropertySignature',
  'TSMethodSignature',
  'TSIndexSignature',
  'TSFunctionType',
  'TSTypeParameterDeclaration',
  'TSTypeParameter',
  'TSTypeParameterInstantiation',
  'TSArrayType',
  'TSTupleType',
  'TSNamedTupleMember',
  'TSOptionalType',
  'TSRestType',
  'TSUnionType',
  'TSIntersectionType',
  'TSParenthesizedType',
  'TSTypeOperator',
  'TSLiteralType',
  'TSStringKeyword',
  'TSNumberKeyword',
  'TSBooleanKeyword',
  'TSBigIntKeyword',
  'TSNullKeyword',
  'TSUndefinedKeyword',
  'TSUnknownKeyword',
  'TSAnyKeyword',
  'TSVoidKeyword',
  'TSNeverKeyword',
  'TSObjectKeyword',
  'TSSymbolKeyword'
]);

// Types that each project has, and that mean the same everywhere unless a cell declares the name itself.
const GLOBALS = new Set([
  'Array',
  'ReadonlyArray',
  'Map',
  'ReadonlyMap',
  'Set',
  'ReadonlySet',
  'Promise',
  'Record',
  'Partial',
  'Date',
  'RegExp',
  'Error',
  'Uint8Array',
  'ArrayBuffer'
]);

function isPlain(node: Node, parameters: ReadonlySet<string>, globals: Set<string>): boolean {
  if (node.type === 'TSTypeReference') {
    const typeName = childOf(node, 'typeName');
    const id = typeName?.type === 'TSQualifiedName' ? childOf(typeName, 'left') : typeName;
    const name = nameOf(id);
    const isParameter = parameters.has(name);
    if (id?.type !== 'Identifier' || !(isParameter || (id === typeName && GLOBALS.has(name)))) {
      return false;
    }
    if (!isParameter) {
      globals.add(name);
    }
    const given = childOf(node, 'typeArguments');
    return given === null || isPlain(given, parameters, globals);
  }
  const isReadable = PLAIN.has(node.type) && node['computed'] !== true && node['operator'] !== 'unique';
  return isReadable && childrenOf(node).every(child => isPlain(child, parameters, globals));
}

function typeParameters(node: Node): string[] {
  const own = node.type === 'TSTypeParameter' ? [nameOf(childOf(node, 'name'))] : [];
  return [...own, ...childrenOf(node).flatMap(typeParameters)];
}
