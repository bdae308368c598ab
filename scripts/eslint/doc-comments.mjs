// The lint rule `launchbook/doc-comments`: whatever a cell can call or read is explained where completion shows it. That is each symbol
// of runbook/index.ts and each member of its interfaces and classes. Functions of contract/ say at least what they do.
import { importGraph } from './import-graph.mjs';
import { pathIn, targetOf } from './imports.mjs';

/** The file that lists everything a cell can use. */
const SURFACE = 'runbook/index.ts';

/** Return types that a cell awaits. Their callables say what happens on resume. */
const AWAITED = ['Promise', 'PromiseLike', 'Command', 'HttpRequest', 'HostsCommand'];

/** Known from every promise, so that they need no example. */
const PROMISE_METHODS = ['then', 'catch', 'finally'];

/** The rule, for one checkout folder. */
export function docCommentsRule(root) {
  return {
    meta: {
      type: 'problem',
      schema: [],
      messages: { missing: 'The doc comment of {{name}} needs {{wants}}.' }
    },
    create(context) {
      const path = pathIn(root, context.filename);
      const names = surfaceOf(root).get(path) ?? [];
      const isContract = path.startsWith('contract/');
      if (names.length === 0 && !isContract) {
        return {};
      }
      const { sourceCode } = context;
      const check = (node, name, faultsOf) => {
        const doc = docBefore(sourceCode, node);
        const wants = doc.tags.includes('internal') ? [] : faultsOf(doc);
        if (wants.length > 0) {
          context.report({ node, messageId: 'missing', data: { name, wants: wants.join('; ') } });
        }
      };
      return {
        ExportNamedDeclaration(node) {
          for (const { name, part } of declaredIn(node.declaration)) {
            if (names.includes(name)) {
              check(node, name, doc => faultsOfSymbol(doc, part, sourceCode));
              membersOf(part).forEach(entry =>
                check(entry.member, `${name}${entry.name}`, doc => faultsOfMember(doc, entry, sourceCode))
              );
            } else if (isContract && isFunction(part)) {
              check(node, name, faultsOfText);
            }
          }
        }
      };
    }
  };
}

const surfaces = new WeakMap();

/** The exposed names by the file that declares them. */
function surfaceOf(root) {
  const { texts } = importGraph(root);
  if (!surfaces.has(texts)) {
    const exports = (texts.get(SURFACE) ?? '').matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)'/g);
    const surface = new Map();
    for (const [, names, specifier] of exports) {
      const file = targetOf(SURFACE, specifier);
      surface.set(file, [...(surface.get(file) ?? []), ...names.split(',').map(name => name.trim())]);
    }
    surfaces.set(texts, surface);
  }
  return surfaces.get(texts);
}

function declaredIn(declaration) {
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.map(part => ({ name: part.id.name, part }));
  }
  return declaration?.id ? [{ name: declaration.id.name, part: declaration }] : [];
}

/**
 * The members of an interface, a class or a type of fields that a cell can reach by name. Fields that a class has from an interface are
 * explained there; of overloads the first one explains, the others say what is different.
 */
function membersOf(part) {
  const literal = part.typeAnnotation?.type === 'TSTypeLiteral' ? part.typeAnnotation.members : [];
  const members = Array.isArray(part.body?.body) && !isFunction(part) ? part.body.body : literal;
  const named = members
    .filter(member => !member.computed && member.kind !== 'constructor' && member.type !== 'TSIndexSignature')
    .filter(
      ({ key, accessibility }) =>
        key?.type !== 'PrivateIdentifier' && !/private|protected/.test(accessibility)
    )
    .filter(({ type }) => !(type === 'PropertyDefinition' && part.implements?.length > 0))
    .map(member => ({
      member,
      name: member.key ? `.${member.key.name ?? member.key.value}` : '()',
      holder: part.id.name
    }));
  return named.map((entry, index) => ({ ...entry, isOverload: named[index - 1]?.name === entry.name }));
}

function faultsOfSymbol(doc, part, sourceCode) {
  if (isFunction(part)) {
    return faultsOfCallable(doc, part, sourceCode);
  }
  if (part.type === 'VariableDeclarator') {
    return [
      ...faultsOfText(doc),
      ...faultsOfExample(doc),
      ...faultsOfThrows(doc, true),
      ...faultsOfResume(doc)
    ];
  }
  const isError = part.type === 'ClassDeclaration' && /Error$/.test(part.superClass?.name);
  return [
    ...faultsOfText(doc),
    ...(isError && !/`[a-z]+\.[a-z_]+`/.test(doc.text) ? ['its codes, such as `shell.failed`'] : [])
  ];
}

function faultsOfMember(doc, { member, holder, isOverload }, sourceCode) {
  if (['TSMethodSignature', 'TSCallSignatureDeclaration'].includes(member.type) || member.kind === 'method') {
    return isOverload || PROMISE_METHODS.includes(member.key?.name)
      ? faultsOfText(doc)
      : faultsOfCallable(doc, member.value ?? member, sourceCode);
  }
  const isOption = member.optional && /Options$/.test(holder);
  return [
    ...faultsOfText(doc),
    ...(isOption && !doc.tags.includes('default') ? ['@default'] : []),
    ...(/Ms$/.test(member.key?.name) && !/[Mm]illiseconds?\b/.test(doc.text)
      ? ['its unit, milliseconds']
      : [])
  ];
}

function faultsOfCallable(doc, callable, sourceCode) {
  const body = callable.body ? sourceCode.getText(callable.body) : '';
  const type = callable.returnType?.typeAnnotation?.typeName?.name;
  const unnamed = parametersOf(callable).filter(
    ({ name }) => !doc.text.includes(`\`${name}\``) && !doc.params.includes(name)
  );
  const hasDefault = parametersOf(callable).some(parameter => parameter.hasDefault);
  return [
    ...faultsOfText(doc),
    ...unnamed.map(({ name }) => `@param ${name}`),
    ...(hasDefault && !doc.tags.includes('default') ? ['@default'] : []),
    ...faultsOfExample(doc),
    ...faultsOfThrows(doc, /\bthrow\b|\brefuse\w+\(/.test(body)),
    ...(callable.async || AWAITED.includes(type) ? faultsOfResume(doc) : [])
  ];
}

/** Parameters by name; an empty object as a default says nothing, and the parts of a template are no parameters to their author. */
function parametersOf({ params }) {
  return params
    .map(param =>
      param.type === 'AssignmentPattern' ? { param: param.left, value: param.right } : { param }
    )
    .map(({ param, value }) => ({
      name: param.argument?.name ?? param.name,
      type: param.typeAnnotation?.typeAnnotation.typeName?.name,
      hasDefault: value !== undefined && value.type !== 'ObjectExpression'
    }))
    .filter((parameter, _, all) => all[0].type !== 'TemplateStringsArray');
}

function faultsOfText({ text }) {
  return /[A-Za-z]/.test(text) ? [] : ['a sentence that says what it is or does'];
}

function faultsOfExample({ example }) {
  return /\/\/ \S/.test(example) ? [] : ['an @example with its result behind //'];
}

function faultsOfThrows({ tags, text }, mustThrow) {
  return !tags.includes('throws') && (mustThrow || /\bthrows\b/i.test(text))
    ? ['@throws with the error and when']
    : [];
}

function faultsOfResume({ text }) {
  return /\bon resume\b/i.test(text) ? [] : ['what happens on resume (“on resume …”)'];
}

function isFunction(part) {
  return (
    ['FunctionDeclaration', 'TSDeclareFunction'].includes(part.type) ||
    ['ArrowFunctionExpression', 'FunctionExpression'].includes(part.init?.type)
  );
}

/** The doc comment that ends right before a node: its text up to the first tag, the names of its tags, and the first example. */
function docBefore(sourceCode, node) {
  const comment = sourceCode.getCommentsBefore(node).at(-1);
  const isDoc = comment?.type === 'Block' && comment.value.startsWith('*');
  const whole = isDoc ? comment.value.slice(1).replace(/^[ \t]*\* ?/gm, '') : '';
  const tags = [...whole.matchAll(/(?<!\{)(?<=^|\s)@(\w+)/g)];
  return {
    text: whole.slice(0, tags[0]?.index ?? whole.length),
    tags: tags.map(([, tag]) => tag),
    params: [...whole.matchAll(/@param (\w+)/g)].map(([, name]) => name),
    example: whole.split('@example')[1] ?? ''
  };
}
