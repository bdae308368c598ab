// What a cell declares, as it can stand in a namespace: types as they are written, variables and functions with their types, classes
// with the types of their members. A check of a later cell reads this in place of the cell, and infers nothing again.
import type { Analysis } from '../../../record/source/analysis.js';
import { declaredBy, patternNames } from '../../../record/source/declarations.js';
import { childOf, childrenOf, listOf, nameOf, type Node } from '../../../record/source/parse.js';
import { unexported } from '../source/unexported.js';
import type { Claim } from './claims.js';
import { covariantParameters, type IsCovariant } from './covariance.js';
import { hasProperties, type PlainType } from './plain-types.js';

/** What is known of the types of a cell. */
export interface KnownTypes {
  readonly plain: ReadonlyMap<string, PlainType>;
  /** The types and values that have been found. */
  readonly claims: ReadonlyMap<Claim, string>;
  /** Of the types of other cells. */
  readonly isCovariant: IsCovariant;
}

/** The declarations of a cell; null when one of them can stand in the cell alone. */
export function frozenDeclarations(code: string, analysis: Analysis, known: KnownTypes): string | null {
  const { body, declared } = analysis;
  const names = declaredBy(body.filter(statement => statement.type !== 'ImportDeclaration')).map(
    one => one.name
  );
  if ([...declared.keys()].some(name => !names.includes(name))) {
    return null;
  }
  const freezing = new Freezing(code, analysis, known);
  const lines = body.map(statement => freezing.write(statement));
  return lines.includes(null) ? null : lines.join('\n');
}

class Freezing {
  readonly #code: string;
  readonly #analysis: Analysis;
  readonly #known: KnownTypes;
  readonly #typed: ReadonlyMap<Node, string>;
  readonly #narrowed: ReadonlySet<string>;
  /** Names of this cell's types so far, with the places of their parameters that vary with their argument. */
  readonly #covariant = new Map<string, readonly boolean[]>();

  constructor(code: string, analysis: Analysis, known: KnownTypes) {
    this.#code = code;
    this.#analysis = analysis;
    this.#known = known;
    this.#typed = new Map([...known.claims].map(([{ id }, type]) => [id, type]));
    this.#narrowed = narrowedNames(analysis.body);
  }

  write(statement: Node): string | null {
    if (LEFT_OUT.test(statement.type)) {
      return '';
    }
    const declaration = unexported(statement);
    const id = childOf(declaration, 'id');
    switch (declaration.type) {
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return `export ${this.#withVariance(declaration)}`;
      case 'TSEnumDeclaration':
        return `export ${this.#text(declaration)}`;
      case 'TSModuleDeclaration':
        return declaration['global'] === true || id?.type === 'Literal'
          ? null
          : `export ${this.#text(declaration)}`;
      case 'TSDeclareFunction':
      case 'FunctionDeclaration': {
        const plain = this.#known.plain.get(nameOf(id));
        return plain !== undefined
          ? `export ${plain.declaration}`
          : hasProperties(nameOf(id), this.#code)
            ? null
            : `export ${this.#text(declaration)}`;
      }
      case 'ClassDeclaration':
        return (childOf(declaration, 'superClass')?.type ?? 'Identifier') === 'Identifier'
          ? `export ${this.#text(declaration)}`
          : null;
      case 'VariableDeclaration': {
        const lines = listOf(declaration, 'declarations').map(one => this.#variable(declaration, one));
        return lines.includes(null) ? null : lines.join('\n');
      }
      default:
        return null;
    }
  }

  #withVariance(declaration: Node): string {
    const name = nameOf(childOf(declaration, 'id'));
    const isSole =
      this.#analysis.body.filter(one => nameOf(childOf(unexported(one), 'id')) === name).length === 1;
    const marked = !isSole
      ? []
      : covariantParameters(declaration, (other, index) =>
          this.#analysis.declared.has(other)
            ? this.#covariant.get(other)?.[index] === true
            : this.#known.isCovariant(other, index)
        );
    const parameters = listOf(childOf(declaration, 'typeParameters') ?? declaration, 'params');
    this.#covariant.set(
      name,
      parameters.map(one => marked.includes(childOf(one, 'name')!))
    );
    let text = '';
    let from = declaration.start;
    for (const { start } of marked) {
      text += `${this.#code.slice(from, start)}out `;
      from = start;
    }
    return text + this.#code.slice(from, declaration.end);
  }

  #variable(statement: Node, declarator: Node): string | null {
    const id = childOf(declarator, 'id');
    const value = childOf(declarator, 'init');
    const word = String(statement['kind']);
    if (id === null || !['const', 'let', 'var'].includes(word)) {
      return null;
    }
    const declared = id.type === 'Identifier' ? this.#declare(word, id) : null;
    if (declared !== null) {
      return declared;
    }
    const isExtended = patternNames(id).some(one => hasProperties(one, this.#code)) && isFunction(value);
    const isAsWritten =
      !isExtended && !awaits(declarator) && !namesIn(declarator).some(one => this.#narrowed.has(one));
    return isAsWritten ? `export ${word} ${this.#text(declarator)};` : null;
  }

  /** One name without its value, when its type is known. */
  #declare(word: string, id: Node): string | null {
    const name = nameOf(id);
    const plain = this.#known.plain.get(name);
    if (plain !== undefined) {
      return `export ${plain.declaration}`;
    }
    const openType = this.#analysis.declared.get(name)?.openType ?? null;
    const type = openType === null ? this.#typeOf(id) : `: ${openType}`;
    return type === null ? null : `export declare ${word} ${name}${type};`;
  }

  #typeOf(id: Node): string | null {
    const written = childOf(id, 'typeAnnotation');
    const found = this.#typed.get(id);
    return written !== null
      ? this.#code.slice(written.start, written.end)
      : found === undefined
        ? null
        : `: ${found}`;
  }

  /** As it is written, with the types and values that have been found. */
  #text({ start, end }: Node): string {
    let text = '';
    let from = start;
    for (const [claim, said] of [...this.#known.claims].sort(([one], [other]) => one.start - other.start)) {
      if (claim.start > start && claim.start < end) {
        text += this.#code.slice(from, claim.start) + (claim.type === null ? said : `: ${said} `);
        from = claim.end;
      }
    }
    return text + this.#code.slice(from, end);
  }
}

// Statements that declare nothing.
const LEFT_OUT =
  /^(?:Expression|Empty|If|For|ForIn|ForOf|While|DoWhile|Switch|Try|Throw|Labeled|Block|Debugger)Statement$/;

// A variable may have another type after a statement that says something of it, or of a condition that it is part of.
function narrowedNames(body: readonly Node[]): Set<string> {
  const names = new Set(body.filter(statement => LEFT_OUT.test(statement.type)).flatMap(namesIn));
  const declarators = body.map(unexported).flatMap(statement => listOf(statement, 'declarations'));
  for (const declarator of declarators.reverse()) {
    if (patternNames(childOf(declarator, 'id')).some(name => names.has(name))) {
      namesIn(declarator).forEach(name => names.add(name));
    }
  }
  return names;
}

function namesIn(node: Node): string[] {
  return node.type === 'Identifier' ? [nameOf(node)] : childrenOf(node).flatMap(namesIn);
}

function awaits(node: Node): boolean {
  return node.type === 'AwaitExpression' || (!isFunction(node) && childrenOf(node).some(awaits));
}

function isFunction(node: Node | null): boolean {
  return node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';
}
