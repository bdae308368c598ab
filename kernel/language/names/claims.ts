// Types that the author left to the compiler, in a cell whose declarations are to be frozen. The server says each of them, and is then
// asked whether what it has said is the same type: it says `Host` of every class of this name, whichever package or cell it is from.
import type { Analysis } from '../../../record/source/analysis.js';
import { childOf, childrenOf, listOf, nameOf, type Node } from '../../../record/source/parse.js';
import { isSelfContained, readType } from '../source/self-contained.js';
import { unexported } from '../source/unexported.js';
import type { PlainType } from './plain-types.js';

/** Something whose type is not written. */
export interface Claim {
  /** The name at which the server is asked. */
  readonly id: Node;
  /** The same type, in words of the cell; null for the value of a member of an enum, which the server computes. */
  readonly type: string | null;
  /** What of the cell is replaced when it is written: nothing for a type. */
  readonly start: number;
  readonly end: number;
}

/** The claims of a cell. Nothing is claimed of what is generic, since no words outside of it can say its type. */
export function claimsOf({ body }: Analysis, plain: ReadonlyMap<string, PlainType>): Claim[] {
  return body
    .map(unexported)
    .filter(statement => statement['declare'] !== true && childOf(statement, 'typeParameters') === null)
    .flatMap(statement => {
      const id = childOf(statement, 'id');
      const isPlain = plain.has(nameOf(id));
      switch (statement.type) {
        case 'VariableDeclaration':
          return listOf(statement, 'declarations').flatMap(one => claimOfVariable(one, plain));
        case 'FunctionDeclaration':
          return id === null || isPlain ? [] : claimOfReturn(statement, id, `typeof ${nameOf(id)}`);
        case 'ClassDeclaration':
          return id === null ? [] : membersOf(statement).flatMap(member => claimOfMember(member, nameOf(id)));
        case 'TSEnumDeclaration':
          return listOf(childOf(statement, 'body') ?? statement, 'members').flatMap(claimOfValue);
        default:
          return [];
      }
    });
}

/** The lines that have a fault when a claim is not what it is said to be. */
export function agreementLines(claims: readonly (readonly [Claim, said: string])[]): string[] {
  return [
    'type __Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;',
    ...claims.map(([claim, said], index) => `const __agrees_${index}: __Same<${claim.type}, ${said}> = true;`)
  ];
}

/** The value in what the server says of a member of an enum. */
export function saidValue(said: string): string | null {
  return / = (-?\d+(?:\.\d+)?|"[^"\\\n]*")$/.exec(said)?.[1] ?? null;
}

/** The type in what the server says of a name, when it names nothing but the language's own types and `names`. */
export function saidType(said: string, names: ReadonlySet<string>): string | null {
  const text = said.replace(/^\([a-z ]+\) /, '').replace(/^(?:const|let|var) /, '');
  const type = /^[\w$.#]+: ([^]+)$/.exec(text)?.[1] ?? /\): ([^()]+)$/.exec(text)?.[1] ?? null;
  const node = type === null ? null : readType(type);
  // A literal would not be widened any more where it is copied.
  const isWidening =
    node === null || [node, ...listOf(node, 'types')].some(one => one.type === 'TSLiteralType');
  return !isWidening && isSelfContained(`declare let x: ${type};`, names) !== null ? type : null;
}

/** The names of the cell's own and of those it takes that a type may say. What is declared further inside as well could be meant. */
export function namesToSay(analysis: Analysis, taken: readonly string[]): Set<string> {
  const inner = new Set(
    analysis.body.map(unexported).flatMap(statement => childrenOf(statement).flatMap(typesWithin))
  );
  return new Set([...analysis.declared.keys(), ...taken].filter(name => !inner.has(name)));
}

function claimOfVariable(declarator: Node, plain: ReadonlyMap<string, PlainType>): Claim[] {
  const id = childOf(declarator, 'id');
  const isOpen = id?.type === 'Identifier' && childOf(id, 'typeAnnotation') === null;
  return isOpen && !plain.has(nameOf(id))
    ? [{ id, type: `typeof ${nameOf(id)}`, start: id.end, end: id.end }]
    : [];
}

function claimOfValue(member: Node): Claim[] {
  const id = childOf(member, 'id');
  const value = childOf(member, 'initializer');
  return id?.type === 'Identifier' && value !== null && value.type !== 'Literal'
    ? [{ id, type: null, start: value.start, end: value.end }]
    : [];
}

function claimOfMember(member: Node, className: string): Claim[] {
  const key = childOf(member, 'key');
  const value = childOf(member, 'value');
  const isNamed = key?.type === 'Identifier' && member['computed'] !== true && member['static'] !== true;
  if (!isNamed || value === null || member['declare'] === true) {
    return [];
  }
  const type = `${className}[${JSON.stringify(nameOf(key))}]`;
  switch (member.type === 'MethodDefinition' ? member['kind'] : member.type) {
    case 'PropertyDefinition':
      return childOf(member, 'typeAnnotation') === null
        ? [{ id: key, type, start: key.end, end: key.end }]
        : [];
    case 'method':
      return claimOfReturn(value, key, type);
    case 'get':
      return claimOfReturn(value, key, type).map(claim => ({ ...claim, type }));
    default:
      return [];
  }
}

// The type of what a function returns stands before its body.
function claimOfReturn(node: Node, id: Node, type: string): Claim[] {
  const isOpen = childOf(node, 'returnType') === null && childOf(node, 'typeParameters') === null;
  const body = childOf(node, 'body');
  return isOpen && body !== null
    ? [{ id, type: `ReturnType<${type}>`, start: body.start, end: body.start }]
    : [];
}

function membersOf(statement: Node): Node[] {
  return listOf(childOf(statement, 'body') ?? statement, 'body');
}

function typesWithin(node: Node): string[] {
  const own = TYPES.has(node.type) ? [nameOf(childOf(node, 'id') ?? childOf(node, 'name'))] : [];
  return [...own, ...childrenOf(node).flatMap(typesWithin)];
}

const TYPES = new Set([
  'ClassDeclaration',
  'ClassExpression',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSEnumDeclaration',
  'TSTypeParameter'
]);
