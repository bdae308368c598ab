// One walk over a cell: the names it declares at its top level, and every place that names something of the top level or of
// an earlier cell. Scopes are followed for values, exactly. For types too much is better than too little: a name that is
// needlessly imported costs nothing, so type parameters and the like are not followed.
import { declaredBy, hoistedVars, patternNames, type Declared } from './declarations.js';
import { childOf, childrenOf, listOf, nameOf, type Node } from './parse.js';

/** A place that names something of the top level. */
export interface Occurrence {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Erased before the cell runs. */
  readonly isType: boolean;
  /** `{ name }` that becomes `{ name: other }` when it is renamed. */
  readonly isShorthand: boolean;
  /** Inside of a function or class: it is looked up when that is called. Not the name of a class in itself, which is its own. */
  readonly isLater: boolean;
  /** What is called: `name()`, `new name()`, or the tag of a template. */
  readonly isCalled: boolean;
}

/** What one walk finds. */
export interface Analysis {
  readonly body: readonly Node[];
  /** By name; the last declaration wins, a value wins over a type. */
  readonly declared: ReadonlyMap<string, Declared>;
  /** Names that the cell itself exports. */
  readonly exported: ReadonlySet<string>;
  readonly occurrences: readonly Occurrence[];
  /** `import(...)` and `import.meta`. */
  readonly imports: readonly Node[];
}

const analysed = new WeakMap<readonly Node[], Analysis>();

/** Analyses the statements of a cell, once. `hidden` are uses of names that are not written out (JSX). */
export function analyse(body: readonly Node[], hidden: readonly Occurrence[] = []): Analysis {
  const analysis = analysed.get(body) ?? walkOver(body);
  analysed.set(body, analysis);
  return hidden.length === 0 ? analysis : { ...analysis, occurrences: [...analysis.occurrences, ...hidden] };
}

function walkOver(body: readonly Node[]): Analysis {
  const declared = new Map<string, Declared>();
  for (const one of [...hoistedVars(body).map(asVar), ...declaredBy(body)]) {
    const before = declared.get(one.name);
    declared.set(one.name, before === undefined ? one : merge(before, one));
  }
  const walk = new Walk();
  for (const statement of body) {
    walk.visit(statement, null, false);
  }
  return {
    body,
    declared,
    exported: new Set(body.flatMap(exportedBy)),
    occurrences: walk.occurrences,
    imports: walk.imports
  };
}

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly outer: Scope | null;
  readonly isLater: boolean;
  /** Name of the class whose body this is. */
  readonly className?: string;
}

type Visit = (walk: Walk, node: Node, scope: Scope | null, isType: boolean) => void;

class Walk {
  readonly occurrences: Occurrence[] = [];
  readonly imports: Node[] = [];
  readonly #called = new Set<Node>();

  visit(node: Node | null, scope: Scope | null, isType: boolean): void {
    if (node === null) {
      return;
    }
    const visit = VISITS[node.type];
    if (visit !== undefined) {
      visit(this, node, scope, isType);
      return;
    }
    this.all(childrenOf(node), scope, isType || isErased(node));
  }

  all(nodes: readonly Node[], scope: Scope | null, isType: boolean): void {
    for (const node of nodes) {
      this.visit(node, scope, isType);
    }
  }

  note(node: Node, scope: Scope | null, isType: boolean, isShorthand = false): void {
    const name = nameOf(node);
    let isLater = scope?.isLater === true;
    for (let at = scope; at !== null; at = at.outer) {
      if (at.names.has(name)) {
        return;
      }
      isLater &&= at.className !== name;
    }
    const { start } = node;
    const isCalled = this.#called.has(node);
    this.occurrences.push({ name, start, end: start + name.length, isType, isShorthand, isLater, isCalled });
  }

  /** What a call calls. */
  noteCalled(called: Node | null): void {
    let node = called;
    while (node !== null && AROUND.has(node.type)) {
      node = childOf(node, 'expression');
    }
    if (node?.type === 'Identifier') {
      this.#called.add(node);
    }
  }
}

const visitFunction: Visit = (walk, node, scope, isType) => {
  const id = childOf(node, 'id');
  const isExpression = node.type !== 'FunctionDeclaration';
  const isErasedHere = isType || node['declare'] === true || node.type === 'TSDeclareFunction';
  const params = listOf(node, 'params');
  const body = childOf(node, 'body');
  const statements = body === null ? [] : listOf(body, 'body');
  if (id !== null && !isExpression) {
    walk.note(id, scope, isErasedHere);
  }
  const inner = within(
    scope,
    [
      ...(id !== null && isExpression ? [nameOf(id)] : []),
      ...(node.type === 'ArrowFunctionExpression' ? [] : ['arguments']),
      'this',
      ...params.flatMap(patternNames),
      ...hoistedVars(statements),
      ...declaredBy(statements).map(one => one.name)
    ],
    true
  );
  walk.visit(childOf(node, 'typeParameters'), inner, true);
  walk.all(params, inner, isErasedHere);
  walk.visit(childOf(node, 'returnType'), inner, true);
  if (body?.type === 'BlockStatement') {
    walk.all(statements, inner, isErasedHere);
  } else {
    walk.visit(body, inner, isErasedHere);
  }
};

const visitClass: Visit = (walk, node, scope, isType) => {
  const id = childOf(node, 'id');
  const isErasedHere = isType || node['declare'] === true;
  const isExpression = node.type === 'ClassExpression';
  if (id !== null && !isExpression) {
    walk.note(id, scope, isErasedHere);
  }
  const inner = id !== null && isExpression ? within(scope, [nameOf(id)]) : scope;
  walk.all(listOf(node, 'decorators'), scope, isErasedHere);
  walk.visit(childOf(node, 'typeParameters'), inner, true);
  walk.visit(childOf(node, 'superClass'), inner, isErasedHere);
  walk.visit(childOf(node, 'superTypeArguments'), inner, true);
  walk.all(listOf(node, 'implements'), inner, true);
  const body = { ...within(inner, [], true), ...(id === null ? {} : { className: nameOf(id) }) };
  walk.visit(childOf(node, 'body'), body, isErasedHere);
};

// Wherever a name is called, the function that it holds is what counts, and nothing is read of it.
const visitCall: Visit = (walk, node, scope, isType) => {
  walk.noteCalled(childOf(node, 'callee') ?? childOf(node, 'tag'));
  walk.all(childrenOf(node), scope, isType);
};

const visitBlock: Visit = (walk, node, scope, isType) => {
  const statements = listOf(node, node.type === 'SwitchStatement' ? 'cases' : 'body');
  const declaring =
    node.type === 'SwitchStatement' ? statements.flatMap(one => listOf(one, 'consequent')) : statements;
  const vars = node.type === 'StaticBlock' ? hoistedVars(statements) : [];
  const inner = within(scope, [...vars, ...lexicalNames(declaring)]);
  walk.visit(childOf(node, 'discriminant'), scope, isType);
  walk.all(statements, inner, isType);
};

const visitLoop: Visit = (walk, node, scope, isType) => {
  const head = childOf(node, 'init') ?? childOf(node, 'left');
  walk.all(childrenOf(node), head === null ? scope : within(scope, lexicalNames([head])), isType);
};

const visitMember: Visit = (walk, node, scope, isType) => {
  const isErasedHere = isType || node['declare'] === true;
  walk.all(listOf(node, 'decorators'), scope, isErasedHere);
  if (node['computed'] === true) {
    walk.visit(childOf(node, 'key'), scope, isErasedHere);
  }
  walk.visit(childOf(node, 'typeAnnotation'), scope, true);
  walk.visit(childOf(node, 'value'), scope, isErasedHere);
};

const visitVariables: Visit = (walk, node, scope, isType) =>
  walk.all(childrenOf(node), scope, isType || node['declare'] === true);

const visitNothing: Visit = () => undefined;

const VISITS: Readonly<Record<string, Visit>> = {
  Identifier(walk, node, scope, isType) {
    walk.note(node, scope, isType);
    walk.all(listOf(node, 'decorators'), scope, isType);
    walk.visit(childOf(node, 'typeAnnotation'), scope, true);
  },
  MemberExpression(walk, node, scope, isType) {
    walk.visit(childOf(node, 'object'), scope, isType);
    if (node['computed'] === true) {
      walk.visit(childOf(node, 'property'), scope, isType);
    }
  },
  Property(walk, node, scope, isType) {
    const content = childOf(node, 'value');
    if (node['computed'] === true) {
      walk.visit(childOf(node, 'key'), scope, isType);
    }
    if (node['shorthand'] === true && content !== null) {
      const isDefaulted = content.type === 'AssignmentPattern';
      walk.note((isDefaulted ? childOf(content, 'left') : null) ?? content, scope, isType, true);
      walk.visit(isDefaulted ? childOf(content, 'right') : null, scope, isType);
      return;
    }
    walk.visit(content, scope, isType);
  },
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  TSDeclareFunction: visitFunction,
  TSEmptyBodyFunctionExpression: visitFunction,
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  MethodDefinition: visitMember,
  PropertyDefinition: visitMember,
  AccessorProperty: visitMember,
  BlockStatement: visitBlock,
  StaticBlock: visitBlock,
  SwitchStatement: visitBlock,
  TSModuleBlock: visitBlock,
  ForStatement: visitLoop,
  ForInStatement: visitLoop,
  ForOfStatement: visitLoop,
  CatchClause(walk, node, scope, isType) {
    walk.all(childrenOf(node), within(scope, patternNames(childOf(node, 'param'))), isType);
  },
  VariableDeclaration: visitVariables,
  CallExpression: visitCall,
  NewExpression: visitCall,
  TaggedTemplateExpression: visitCall,
  LabeledStatement: (walk, node, scope, isType) => walk.visit(childOf(node, 'body'), scope, isType),
  JSXIdentifier: visitNothing,
  JSXOpeningElement: visitElement,
  JSXClosingElement: visitElement,
  JSXMemberExpression: (walk, node, scope, isType) =>
    visitElementName(walk, childOf(node, 'object'), scope, isType),
  BreakStatement: visitNothing,
  ContinueStatement: visitNothing,
  ImportDeclaration: visitNothing,
  ExportAllDeclaration: visitNothing,
  ExportNamedDeclaration(walk, node, scope, isType) {
    walk.visit(childOf(node, 'declaration'), scope, isType);
    if (childOf(node, 'source') === null) {
      walk.all(
        listOf(node, 'specifiers').flatMap(one => childOf(one, 'local') ?? []),
        scope,
        true
      );
    }
  },
  ImportExpression(walk, node, scope, isType) {
    walk.imports.push(node);
    walk.all(childrenOf(node), scope, isType);
  },
  MetaProperty(walk, node) {
    if (nameOf(childOf(node, 'meta')) === 'import') {
      walk.imports.push(node);
    }
  },
  TSEnumDeclaration(walk, node, scope, isType) {
    const isErasedHere = isType || node['declare'] === true;
    const members = listOf(childOf(node, 'body') ?? node, 'members');
    walk.visit(childOf(node, 'id'), scope, isErasedHere);
    const inner = within(
      scope,
      members.map(member => nameOf(childOf(member, 'id')))
    );
    walk.all(
      members.flatMap(member => childOf(member, 'initializer') ?? []),
      inner,
      isErasedHere
    );
  },
  TSQualifiedName: (walk, node, scope, isType) => walk.visit(childOf(node, 'left'), scope, isType),
  TSAsExpression: (walk, node, scope, isType) => visitCast(walk, node, scope, isType),
  TSSatisfiesExpression: (walk, node, scope, isType) => visitCast(walk, node, scope, isType),
  TSTypeAssertion: (walk, node, scope, isType) => visitCast(walk, node, scope, isType)
};

// `<Chart>` is a name of the author's, `<div>` a word of HTML.
function visitElement(walk: Walk, node: Node, scope: Scope | null, isType: boolean): void {
  const name = childOf(node, 'name');
  if (name?.type !== 'JSXIdentifier' || /^[^a-z]/.test(nameOf(name))) {
    visitElementName(walk, name, scope, isType);
  }
  walk.visit(childOf(node, 'typeArguments'), scope, true);
  walk.all(listOf(node, 'attributes'), scope, isType);
}

function visitElementName(walk: Walk, name: Node | null, scope: Scope | null, isType: boolean): void {
  if (name?.type === 'JSXIdentifier') {
    walk.note(name, scope, isType);
  } else {
    walk.visit(name, scope, isType);
  }
}

function visitCast(walk: Walk, node: Node, scope: Scope | null, isType: boolean): void {
  walk.visit(childOf(node, 'expression'), scope, isType);
  walk.visit(childOf(node, 'typeAnnotation'), scope, true);
}

// Nodes that mean the same at run time without TypeScript's part of them.
const KEPT = new Set([
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSParameterProperty',
  'TSModuleDeclaration',
  'TSImportEqualsDeclaration',
  'TSExportAssignment'
]);

function isErased(node: Node): boolean {
  return (node.type.startsWith('TS') && !KEPT.has(node.type)) || node['declare'] === true;
}

/** What may stand around a name that is called. */
const AROUND = new Set([
  'ParenthesizedExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion'
]);

function within(outer: Scope | null, names: readonly string[], isLater = outer?.isLater === true): Scope {
  return { names: new Set(names), outer, isLater };
}

function lexicalNames(statements: readonly Node[]): string[] {
  const lexical = statements.filter(one => !(one.type === 'VariableDeclaration' && one['kind'] === 'var'));
  return declaredBy(lexical).map(one => one.name);
}

function asVar(name: string): Declared {
  return {
    name,
    binding: 'var',
    isAssignable: true,
    isType: false,
    openType: null,
    isMerging: false,
    namespaceOf: null
  };
}

function merge(before: Declared, after: Declared): Declared {
  return {
    name: after.name,
    binding: after.binding ?? before.binding,
    isAssignable: before.isAssignable || after.isAssignable,
    isType: before.isType && after.isType,
    openType: after.openType,
    isMerging: before.isMerging || after.isMerging,
    namespaceOf: after.namespaceOf
  };
}

function exportedBy(statement: Node): string[] {
  if (statement.type !== 'ExportNamedDeclaration') {
    return [];
  }
  const declaration = childOf(statement, 'declaration');
  return declaration === null
    ? listOf(statement, 'specifiers').map(specifier => nameOf(childOf(specifier, 'exported')))
    : declaredBy([declaration]).map(one => one.name);
}
