// What a list of statements declares, and how: the kind decides what the name may be redeclared as (V8's REPL mode keeps
// const, let and var apart), whether later cells may assign to it, and whether it is there at run time at all.
import { childOf, listOf, nameOf, type Node } from './parse.js';

/** What V8 keeps under the name. `class` counts as let, `function` and `enum` as var; null when nothing is there at run time. */
export type Binding = 'const' | 'let' | 'var' | null;

/** One declared name. */
export interface Declared {
  readonly name: string;
  readonly binding: Binding;
  /** A later cell may assign to it. */
  readonly isAssignable: boolean;
  /** Known to the type checker as a type and nothing else. */
  readonly isType: boolean;
  /** Its type, where TypeScript would have to see the later cells to find it: `any` after `let x`, `any[]` after `const x = []`. */
  readonly openType: 'any' | 'any[]' | null;
  /** TypeScript's emit declares it in its own way (enum, namespace, alias), so the name must be a fresh one. */
  readonly isMerging: boolean;
  /** The module that it is the namespace of: `import * as it from`, `const it = await import()`. */
  readonly namespaceOf: string | null;
}

/** The names that a list of statements declares in its own scope. `var` of nested blocks is found by `hoistedVars`. */
export function declaredBy(statements: readonly Node[]): Declared[] {
  return statements.flatMap(declaredByStatement);
}

/** The names that `var` in nested blocks declares for the function or cell around them. */
export function hoistedVars(statements: readonly Node[]): string[] {
  return statements.flatMap(hoistedBy);
}

/** The identifiers that a binding pattern declares. */
export function patternNames(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [nameOf(pattern)];
    case 'ObjectPattern':
      return listOf(pattern, 'properties').flatMap(property =>
        patternNames(childOf(property, property.type === 'Property' ? 'value' : 'argument'))
      );
    case 'ArrayPattern':
      return listOf(pattern, 'elements').flatMap(patternNames);
    case 'AssignmentPattern':
      return patternNames(childOf(pattern, 'left'));
    case 'RestElement':
      return patternNames(childOf(pattern, 'argument'));
    case 'TSParameterProperty':
      return patternNames(childOf(pattern, 'parameter'));
    default:
      return [];
  }
}

function declaredByStatement(statement: Node): Declared[] {
  const id = childOf(statement, 'id');
  const isAmbient = statement['declare'] === true;
  switch (statement.type) {
    case 'VariableDeclaration': {
      const kind = String(statement['kind']);
      const isAssignable = kind === 'let' || kind === 'var';
      return listOf(statement, 'declarations').flatMap(declarator =>
        patternNames(childOf(declarator, 'id')).map(name => ({
          ...value(name, isAmbient ? null : isAssignable ? kind : 'const', isAssignable),
          openType: openTypeOf(declarator, isAssignable),
          namespaceOf:
            childOf(declarator, 'id')?.type === 'Identifier' ? loadedBy(childOf(declarator, 'init')) : null
        }))
      );
    }
    case 'FunctionDeclaration':
      return id === null ? [] : [value(nameOf(id), isAmbient ? null : 'var')];
    case 'TSDeclareFunction':
      return id === null ? [] : [value(nameOf(id), null)];
    case 'ClassDeclaration':
      return id === null ? [] : [value(nameOf(id), isAmbient ? null : 'let')];
    case 'TSEnumDeclaration':
      return [{ ...value(nameOf(id), isAmbient ? null : 'var'), isMerging: true }];
    case 'TSModuleDeclaration':
      return statement['global'] === true || id?.type === 'Literal'
        ? []
        : [
            {
              ...value(leftmostName(id), isAmbient || !holdsValues(statement) ? null : 'var'),
              isMerging: true
            }
          ];
    case 'TSImportEqualsDeclaration':
      return [
        {
          ...value(nameOf(id), statement['importKind'] === 'type' ? null : 'const'),
          isMerging: childOf(statement, 'moduleReference')?.type !== 'TSExternalModuleReference'
        }
      ];
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [{ ...value(nameOf(id), null), isType: true }];
    case 'ImportDeclaration':
      return listOf(statement, 'specifiers').map(specifier => {
        const isType = statement['importKind'] === 'type' || specifier['importKind'] === 'type';
        const isNamespace = specifier.type === 'ImportNamespaceSpecifier';
        return {
          ...value(nameOf(childOf(specifier, 'local')), isType ? null : 'const'),
          isType,
          namespaceOf: isNamespace ? nameOf(childOf(statement, 'source')) : null
        };
      });
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration': {
      const declaration = childOf(statement, 'declaration');
      return declaration === null ? [] : declaredByStatement(declaration);
    }
    default:
      return [];
  }
}

function value(name: string, binding: Binding, isAssignable = false): Declared {
  return {
    name,
    binding,
    isAssignable,
    isType: false,
    openType: null,
    isMerging: false,
    namespaceOf: null
  };
}

/** The module whose namespace an expression is: that of `await import('it')`. */
export function loadedBy(expression: Node | null): string | null {
  if (expression?.type === 'ParenthesizedExpression') {
    return loadedBy(childOf(expression, 'expression'));
  }
  const call = expression?.type === 'AwaitExpression' ? childOf(expression, 'argument') : null;
  const source = call?.type === 'ImportExpression' ? childOf(call, 'source') : null;
  return source?.type === 'Literal' ? nameOf(source) : null;
}

function openTypeOf(declarator: Node, isAssignable: boolean): 'any' | 'any[]' | null {
  const id = childOf(declarator, 'id');
  const init = childOf(declarator, 'init');
  if (id?.type !== 'Identifier' || childOf(id, 'typeAnnotation') !== null) {
    return null;
  }
  if (init?.type === 'ArrayExpression' && listOf(init, 'elements').length === 0) {
    return 'any[]';
  }
  const isEmpty =
    init === null || (init.type === 'Literal' && init['value'] === null) || nameOf(init) === 'undefined';
  return isAssignable && isEmpty ? 'any' : null;
}

// A namespace of types alone leaves nothing behind at run time.
function holdsValues(namespace: Node): boolean {
  const body = childOf(namespace, 'body');
  if (body === null) {
    return false;
  }
  return listOf(body, 'body').some(statement => {
    const inner = childOf(statement, 'declaration') ?? statement;
    return inner.type === 'TSModuleDeclaration'
      ? holdsValues(inner)
      : inner.type !== 'TSInterfaceDeclaration' && inner.type !== 'TSTypeAliasDeclaration';
  });
}

function leftmostName(id: Node | null): string {
  return id?.type === 'TSQualifiedName' ? leftmostName(childOf(id, 'left')) : nameOf(id);
}

const BLOCKS: Record<string, readonly string[]> = {
  BlockStatement: ['body'],
  IfStatement: ['consequent', 'alternate'],
  ForStatement: ['init', 'body'],
  ForInStatement: ['left', 'body'],
  ForOfStatement: ['left', 'body'],
  WhileStatement: ['body'],
  DoWhileStatement: ['body'],
  LabeledStatement: ['body'],
  SwitchStatement: ['cases'],
  SwitchCase: ['consequent'],
  TryStatement: ['block', 'handler', 'finalizer'],
  CatchClause: ['body'],
  ExportNamedDeclaration: ['declaration']
};

function hoistedBy(node: Node): string[] {
  if (node.type === 'VariableDeclaration') {
    return node['kind'] === 'var' && node['declare'] !== true
      ? listOf(node, 'declarations').flatMap(declarator => patternNames(childOf(declarator, 'id')))
      : [];
  }
  return (BLOCKS[node.type] ?? []).flatMap(key =>
    [childOf(node, key), ...listOf(node, key)].flatMap(child => (child === null ? [] : hoistedBy(child)))
  );
}
