// The one finder of what a cell's text says about helpers: by its syntax tree and what each name is bound to, not by patterns in the text.
import { NO_FACTS, type HelperCall, type SourceFacts } from '../../contract/notebook/source-facts.js';
import { analyse, type Analysis } from './analysis.js';
import { innerOf, innermostCall, rangeIn } from './call-chain.js';
import { helperNames, librariesOf, MAY_NAME_HELPERS } from './helper-names.js';
import { holdsByWords } from './holds-by-words.js';
import { childOf, childrenOf, listOf, nameOf, parse, type Node } from './parse.js';
import { reachedPlaces } from './reached.js';
import { namedIn } from './named-approvers.js';
import { isUnawaited } from './unawaited.js';

/** Texts whose facts are remembered. */
const MOST_KNOWN = 5000;
const known = new Map<string, { readonly facts: SourceFacts; readonly helpers: readonly string[] }>();

/**
 * The facts of a cell's text. The same text has the same facts, which are found once.
 *
 * @example
 * sourceFactsOf("await approval('Go')").holds // [{ helper: 'approval', name: 'Go', line: 1, start: 6, end: 20 }]
 */
export function sourceFactsOf(text: string): SourceFacts {
  return readOnce(text).facts;
}

/** The helpers that a text names, as it writes them: `$`, `http.get`, `rollback.run`. Of a text that cannot be parsed none. */
export function helpersIn(text: string): readonly string[] {
  return readOnce(text).helpers;
}

function readOnce(text: string) {
  const found = known.get(text);
  if (found) {
    return found;
  }
  const read = readText(text);
  if (known.size >= MOST_KNOWN) {
    known.delete(known.keys().next().value!);
  }
  known.set(text, read);
  return read;
}

function readText(text: string): { readonly facts: SourceFacts; readonly helpers: readonly string[] } {
  const { body, faults } = parse(text);
  if (faults.length > 0) {
    return { facts: { ...NO_FACTS, isReadable: false, holds: holdsByWords(text) }, helpers: [] };
  }
  if (!MAY_NAME_HELPERS.test(text)) {
    return NOTHING;
  }
  const analysis = analyse(body);
  const names = helperNames(analysis);
  const uses = usesOf(body, analysis.occurrences, names);
  const toCall = ({ helper, call }: HelperUse): HelperCall => callOf(text, helper, call);
  const calls = uses.filter(use => use.isCall);
  const asking = uses.filter(({ root }) => ASKING.has(root));
  const isReached = calls.length + asking.length === 0 ? () => false : reachedPlaces(analysis);
  const facts = {
    isReadable: true,
    holds: asking.filter(({ isDirect, path, call }) => isDirect && isReached([...path, call])).map(toCall),
    unawaited: calls
      .filter(({ helper, call }) => isEffect(helper, call))
      .filter(use => isUnawaited(use.path, use.call, body))
      .map(toCall),
    changes: calls.filter(use => isChange(use, calls) && isReached([...use.path, use.call])).map(toCall),
    indirect: [...asking.filter(({ isDirect }) => !isDirect).map(toCall), ...membersThatAsk(text, body)],
    redeclared: [...redeclared(analysis, names)].map(name => placeOf(text, name, body)),
    approvers: asking
      .filter(({ root, isDirect }) => root === 'approval' && isDirect)
      .flatMap(({ call }) => namedIn(text, call))
  };
  return { facts, helpers: uses.map(({ helper }) => helper) };
}

const NOTHING = { facts: NO_FACTS, helpers: [] };

/** Names whose calls wait for people, and lock what comes after their step until it has passed. */
export const ASKING: ReadonlySet<string> = new Set(['approval', 'checklist', 'gather']);
/** As it stands, or with escapes. */
const MAY_NAME_ONE_THAT_ASKS = /approval|checklist|gather|\\/;
const CHANGING = /^(\$(\.\w+)*|record|slack(\.\w+)*|http\.(post|put|patch|delete|send))$/;
const EFFECTS =
  /^(\$(\.\w+)*|http\.\w+|splunk(\.\w+)*|poll|soak|scatter|record|approval|checklist|gather|assign|checkpoint|rollback|note|slack(\.\w+)*|background|guard)$/;

/** A place that names a helper: `path` are its ancestors, outermost first; `call` the whole chain of calls that begins there. */
interface HelperUse {
  readonly helper: string;
  /** The helper's own name: `http` of `http.get`. */
  readonly root: string;
  readonly path: readonly Node[];
  readonly call: Node;
  readonly isCall: boolean;
  /** The name itself is called, and nothing that is read from it: `approval('Go')`, not `approval.call(…)`, a tag or `new`. */
  readonly isDirect: boolean;
}

function usesOf(
  body: readonly Node[],
  occurrences: Analysis['occurrences'],
  names: ReadonlyMap<string, string>
): HelperUse[] {
  const wanted = new Map(
    occurrences
      .filter(({ name, isType }) => !isType && names.has(name))
      .map(({ start, name }) => [start, names.get(name)!])
  );
  const uses: HelperUse[] = [];
  const visit = (node: Node, path: readonly Node[]): void => {
    // `{ approval }` is a name twice, as key and as value.
    const parent = path.at(-1);
    const isKey =
      parent?.type === 'Property' && parent['computed'] !== true && childOf(parent, 'value') !== node;
    const helper = node.type === 'Identifier' && !isKey ? wanted.get(node.start) : undefined;
    if (helper !== undefined) {
      uses.push(useOf(helper, node, path));
    }
    const inner = [...path, node];
    childrenOf(node).forEach(child => visit(child, inner));
  };
  if (wanted.size > 0) {
    body.forEach(statement => visit(statement, []));
  }
  return uses;
}

/** Follows `http` to `http.get(…).until(…)`: as long as the node is what is called, tagged or read from. */
function useOf(name: string, identifier: Node, path: readonly Node[]): HelperUse {
  let helper = name;
  let call = identifier;
  let isCall = false;
  let isDirect: boolean | undefined;
  let depth = path.length;
  for (; depth > 0; depth -= 1) {
    const parent = path[depth - 1]!;
    const isCalled = childOf(parent, 'callee') === call || childOf(parent, 'tag') === call;
    if (!TRANSPARENT.has(parent.type)) {
      isDirect ??= isCalled && parent.type === 'CallExpression';
    }
    if (isCalled) {
      isCall = true;
    } else if (childOf(parent, 'object') === call && parent.type === 'MemberExpression') {
      helper = isCall || name === 'splunk' ? helper : `${helper}.${memberOf(parent)}`;
    } else if (!TRANSPARENT.has(parent.type)) {
      break;
    }
    call = parent;
  }
  return { helper, root: name, path: path.slice(0, depth), call, isCall, isDirect: isDirect === true };
}

/** `globalThis.approval`, and `launchbook.approval` of a cell that imports the whole library: nobody sees in them that a step asks. */
function membersThatAsk(text: string, body: readonly Node[]): HelperCall[] {
  if (!MAY_NAME_ONE_THAT_ASKS.test(text)) {
    return [];
  }
  const holders = new Set(['globalThis', 'global', ...librariesOf(body)]);
  const found: HelperCall[] = [];
  const visit = (node: Node): void => {
    const object = node.type === 'MemberExpression' ? childOf(node, 'object') : null;
    if (object?.type === 'Identifier' && holders.has(nameOf(object)) && ASKING.has(memberOf(node))) {
      found.push(callOf(text, `${nameOf(object)}.${memberOf(node)}`, node));
    }
    childrenOf(node).forEach(visit);
  };
  body.forEach(visit);
  return found;
}

/** Names that ask people and that the cell declares as something else: a later cell that calls one would ask nobody. */
function redeclared({ declared }: Analysis, names: ReadonlyMap<string, string>): ReadonlySet<string> {
  const values = [...declared.values()].filter(({ binding }) => binding !== null);
  return new Set(values.flatMap(({ name }) => (ASKING.has(name) && names.get(name) !== name ? [name] : [])));
}

/** The first place of a name that the cell declares. */
function placeOf(text: string, name: string, body: readonly Node[]): HelperCall {
  const nodes = body.flatMap(statement => within(statement));
  const node = nodes.find(one => one.type === 'Identifier' && nameOf(one) === name) ?? body[0]!;
  return { ...callOf(text, name, node), name: null };
}

function within(node: Node): Node[] {
  return [node, ...childrenOf(node).flatMap(within)];
}

/** Nodes that mean the expression inside of them. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'ParenthesizedExpression',
  'ChainExpression',
  'TSNonNullExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression'
]);

function memberOf(member: Node): string {
  const property = childOf(member, 'property');
  return member['computed'] === true && property?.type !== 'Literal' ? '?' : nameOf(property);
}

/** A search that is built and not run touches nothing, and neither does `$({ timeout: '5s' })`. */
function isEffect(helper: string, call: Node): boolean {
  if (!EFFECTS.test(helper)) {
    return false;
  }
  if (helper.startsWith('$')) {
    return inChain(call, node => node.type === 'TaggedTemplateExpression');
  }
  if (helper.startsWith('splunk')) {
    return inChain(
      call,
      node => node.type === 'MemberExpression' && /^(run|expect\w*)$/.test(memberOf(node))
    );
  }
  return true;
}

/** A command of a wait looks, as one whose author says so; what an undo step does is not done by the step that registers it. */
function isChange({ helper, call, path }: HelperUse, calls: readonly HelperUse[]): boolean {
  if (!isEffect(helper, call) || !CHANGING.test(helper)) {
    return false;
  }
  const around = calls.filter(other => path.includes(other.call)).map(other => other.helper);
  const said = helper.startsWith('$') ? markOf(call) : null;
  const looks = said === false || (said === null && helper.startsWith('$') && around.some(isWait));
  return !looks && !around.includes('rollback');
}

function isWait(helper: string): boolean {
  return helper === 'poll' || helper === 'soak';
}

/** What `changes` says in the options of a command, or null. */
function markOf(call: Node): boolean | null {
  for (let node: Node | null = call; node !== null; node = innerOf(node)) {
    const options = node.type === 'CallExpression' ? listOf(node, 'arguments') : [];
    const value = options
      .flatMap(each => (each.type === 'ObjectExpression' ? listOf(each, 'properties') : []))
      .filter(each => each.type === 'Property' && nameOf(childOf(each, 'key')) === 'changes')
      .map(each => childOf(each, 'value')?.['value'])
      .at(-1);
    if (typeof value === 'boolean') {
      return value;
    }
  }
  return null;
}

function inChain(call: Node, isWanted: (node: Node) => boolean): boolean {
  for (let node: Node | null = call; node !== null; node = innerOf(node)) {
    if (isWanted(node)) {
      return true;
    }
  }
  return false;
}

function callOf(text: string, helper: string, call: Node): HelperCall {
  return { helper, name: firstText(call), ...rangeIn(text, call) };
}

/** The first argument of the innermost call. */
function firstText(call: Node): string | null {
  const first = innermostCall(call);
  const argument = first === null ? undefined : listOf(first, 'arguments')[0];
  if (argument?.type === 'Literal' && typeof argument['value'] === 'string') {
    return argument['value'];
  }
  if (argument?.type === 'TemplateLiteral' && listOf(argument, 'expressions').length === 0) {
    const [quasi] = listOf(argument, 'quasis');
    return (quasi?.['value'] as { cooked?: string } | undefined)?.cooked ?? null;
  }
  return null;
}
