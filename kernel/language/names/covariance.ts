// Type parameters that vary with their argument for sure, as the syntax tells. Frozen declarations say so (`out T`), because the compiler
// finds it out anew otherwise in each check, for every alias behind the one that is named. What is not sure is left to the compiler:
// functions, methods, mapped and conditional types, whatever refers to a type of which it is not known.
import {
  childOf,
  childrenOf,
  listOf,
  nameOf,
  parseProgram,
  type Node
} from '../../../record/source/parse.js';
import { unexported } from '../source/unexported.js';

/** Whether the type parameter at a place of the type of this name is known to vary with its argument. */
export type IsCovariant = (name: string, index: number) => boolean;

/** The names of those type parameters of an alias or interface. */
export function covariantParameters(declaration: Node, isCovariant: IsCovariant): readonly Node[] {
  const parameters = parametersOf(declaration);
  const members = membersOf(declaration);
  if (members === null || parameters.some(one => one['in'] === true || one['out'] === true)) {
    return [];
  }
  const names = parameters.map(one => childOf(one, 'name')!);
  const self = { name: nameOf(childOf(declaration, 'id')), parameters: names.map(nameOf) };
  const uses = members.flatMap(member => usesIn(member, self, isCovariant));
  return names.filter(id => {
    const own = uses.filter(({ name }) => name === nameOf(id));
    return own.length > 0 && own.every(({ isSure }) => isSure);
  });
}

/** Whether frozen declarations say it of a type parameter. */
export function saysCovariant(frozen: string, name: string, index: number): boolean {
  const declared = parseProgram(frozen, 'ts').body.map(unexported);
  const found = declared.filter(one => isGeneric(one) && nameOf(childOf(one, 'id')) === name);
  return found.length === 1 && parametersOf(found[0]!)[index]?.['out'] === true;
}

function isGeneric({ type }: Node): boolean {
  return type === 'TSTypeAliasDeclaration' || type === 'TSInterfaceDeclaration';
}

function parametersOf(declaration: Node): Node[] {
  return listOf(childOf(declaration, 'typeParameters') ?? declaration, 'params');
}

/** Null where something else than members says what the type is. */
function membersOf(declaration: Node): readonly Node[] | null {
  if (declaration.type === 'TSInterfaceDeclaration') {
    return listOf(declaration, 'extends').length > 0 ? null : listOf(childOf(declaration, 'body')!, 'body');
  }
  const type = childOf(declaration, 'typeAnnotation');
  return type?.type === 'TSTypeLiteral' ? listOf(type, 'members') : null;
}

/** A place where a type parameter stands. */
interface Use {
  readonly name: string;
  readonly isSure: boolean;
}

interface Self {
  readonly name: string;
  readonly parameters: readonly string[];
}

function usesIn(node: Node, self: Self, isCovariant: IsCovariant): Use[] {
  const all = (nodes: readonly (Node | null)[]): Use[] =>
    nodes.flatMap(one => (one === null ? [] : usesIn(one, self, isCovariant)));
  switch (node.type) {
    case 'TSPropertySignature':
      return node['computed'] === true ? unsure(node) : all([childOf(node, 'typeAnnotation')]);
    case 'TSTypeAnnotation':
    case 'TSParenthesizedType':
      return all([childOf(node, 'typeAnnotation')]);
    case 'TSTypeLiteral':
      return all(listOf(node, 'members'));
    case 'TSUnionType':
      return all(listOf(node, 'types'));
    case 'TSArrayType':
      return all([childOf(node, 'elementType')]);
    case 'TSTypeOperator':
      return node['operator'] === 'readonly' ? all([childOf(node, 'typeAnnotation')]) : unsure(node);
    case 'TSTypeReference': {
      const name = nameOf(childOf(node, 'typeName'));
      const given = listOf(childOf(node, 'typeArguments') ?? node, 'params');
      if (given.length === 0) {
        return [{ name, isSure: true }];
      }
      return given.flatMap((type, index) =>
        name === self.name
          ? isParameter(type, self.parameters[index])
            ? [] // as the others are
            : unsure(type)
          : isCovariant(name, index)
            ? all([type])
            : unsure(type)
      );
    }
    default:
      return unsure(node);
  }
}

function isParameter(type: Node, name: string | undefined): boolean {
  return (
    type.type === 'TSTypeReference' &&
    nameOf(childOf(type, 'typeName')) === name &&
    childOf(type, 'typeArguments') === null
  );
}

function unsure(node: Node): Use[] {
  const own = node.type === 'Identifier' ? [{ name: nameOf(node), isSure: false }] : [];
  return [...own, ...childrenOf(node).flatMap(unsure)];
}
