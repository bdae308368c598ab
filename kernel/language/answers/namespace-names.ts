// `all.name` where TypeScript says that the namespace `all` has no such name, and `import { name }` of the same module gives it. TypeScript
// makes the type of a namespace by spreading that of the module, which leaves the static methods of an exported class out; they are there
// when it runs. What is left of the fault's expression is of no type.
import type { Analysis } from '../../../record/source/analysis.js';
import { loadedBy } from '../../../record/source/declarations.js';
import { childOf, childrenOf, listOf, nameOf, type Node } from '../../../record/source/parse.js';
import type { LiveName } from '../names/bindings.js';

/** A name that was read of a namespace. */
export interface NamespaceName {
  readonly module: string;
  readonly name: string;
  /** Where the name stands. */
  readonly start: number;
}

/** The names that a cell reads of namespaces, of its own imports and of those that it takes from earlier cells. */
export function namesOfNamespaces(analysis: Analysis, taken: readonly LiveName[]): NamespaceName[] {
  const earlier = new Map(taken.map(({ name, namespaceOf }) => [name, namespaceOf]));
  const places = new Map(analysis.occurrences.map(({ start, name }) => [start, name]));
  const moduleOf = (expression: Node | null): string | null => {
    const name = expression?.type === 'Identifier' ? places.get(expression.start) : undefined;
    const declared = name === undefined ? undefined : analysis.declared.get(name);
    return declared === undefined
      ? name === undefined
        ? loadedBy(expression)
        : (earlier.get(name) ?? null)
      : declared.namespaceOf;
  };
  const found: NamespaceName[] = [];
  const visit = (node: Node): void => {
    const [module, keys] = readOf(node, moduleOf);
    if (module !== null) {
      found.push(...keys.map(key => ({ module, name: nameOf(key), start: key.start })));
    }
    childrenOf(node).forEach(visit);
  };
  analysis.body.forEach(visit);
  return found;
}

/** `all.name`, `const { name } = all`. */
function readOf(
  node: Node,
  moduleOf: (expression: Node | null) => string | null
): readonly [module: string | null, keys: readonly Node[]] {
  if (node.type === 'MemberExpression' && node['computed'] !== true) {
    return [moduleOf(childOf(node, 'object')), [childOf(node, 'property')!]];
  }
  const pattern = node.type === 'VariableDeclarator' ? childOf(node, 'id') : null;
  if (pattern?.type !== 'ObjectPattern') {
    return [null, []];
  }
  const keys = listOf(pattern, 'properties').flatMap(property =>
    property['computed'] === true ? [] : (childOf(property, 'key') ?? [])
  );
  return [moduleOf(childOf(node, 'init')), keys];
}
