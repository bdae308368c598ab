// What the commands of a cell would be given: its templates with values for parameters, read by the reader of `$`. Nothing is run.
import { readCommand } from '../../../runbook/shell/parse-command.js';
import { childOf, listOf, nameOf, parse, type Node } from '../../../record/source/parse.js';

/** A command of a cell: the arguments of each command of its pipe, and its standard input. */
export interface DryCommand {
  readonly stages: readonly (readonly string[])[];
  readonly stdin: string | null;
}

/** The commands of a cell in their order; constants of the cell are added to `values`. Throws what is none of the forms that are written. */
export function commandsOfCell(code: string, values: Map<string, string>): DryCommand[] {
  const { body, faults } = parse(code);
  if (faults.length > 0) {
    throw new Error(`the cell is no TypeScript: ${faults[0]!.message}`);
  }
  return body.flatMap(statement => {
    if (statement.type === 'VariableDeclaration') {
      for (const declarator of listOf(statement, 'declarations')) {
        const name = nameOf(childOf(declarator, 'id'));
        values.set(name, textOfExpression(childOf(declarator, 'init')!, name, values));
      }
      return [];
    }
    const awaited = childOf(childOf(statement, 'expression') ?? statement, 'argument');
    const helper = awaited?.type === 'CallExpression' ? nameOf(childOf(awaited, 'callee')) : '';
    return awaited === null || helper === 'checklist' || helper === 'approval'
      ? []
      : [commandOf(awaited, values)];
  });
}

function commandOf(node: Node, values: Map<string, string>): DryCommand {
  const callee = node.type === 'TaggedTemplateExpression' ? childOf(node, 'tag')! : childOf(node, 'callee')!;
  if (callee.type === 'MemberExpression') {
    const before = commandOf(childOf(callee, 'object')!, values);
    const next =
      node.type === 'TaggedTemplateExpression'
        ? { stages: [argumentsOf(node, values)] }
        : commandOf(listOf(node, 'arguments')[0]!, values);
    return { stages: [...before.stages, ...next.stages], stdin: before.stdin };
  }
  const options =
    callee.type === 'CallExpression' ? listOf(listOf(callee, 'arguments')[0]!, 'properties') : [];
  const stdin = options.find(option => nameOf(childOf(option, 'key')) === 'stdin');
  return {
    stages: [argumentsOf(node, values)],
    stdin: stdin === undefined ? null : textOfExpression(childOf(stdin, 'value')!, '', values)
  };
}

function argumentsOf(tagged: Node, values: Map<string, string>): string[] {
  const quasi = childOf(tagged, 'quasi')!;
  const raw = listOf(quasi, 'quasis').map(part => (part['value'] as { raw: string }).raw);
  const given = listOf(quasi, 'expressions').map(expression => textOfExpression(expression, '', values));
  const { args, faults } = readCommand({ raw } as unknown as TemplateStringsArray, given);
  if (faults.length > 0) {
    throw new Error(faults.join(' '));
  }
  return args;
}

function textOfExpression(node: Node, name: string, values: Map<string, string>): string {
  if (node.type === 'Literal') {
    return String(node['value']);
  }
  if (node.type === 'Identifier') {
    return values.get(nameOf(node)) ?? sampleOf(nameOf(node));
  }
  if (node.type === 'AwaitExpression') {
    return sampleOf(name);
  }
  const isRaw = node.type === 'TaggedTemplateExpression';
  const template = isRaw ? childOf(node, 'quasi')! : node;
  const expressions = listOf(template, 'expressions').map(expression =>
    textOfExpression(expression, '', values)
  );
  return listOf(template, 'quasis')
    .map(part => part['value'] as { raw: string; cooked: string })
    .map(({ raw, cooked }, index) => `${isRaw ? raw : cooked}${expressions[index] ?? ''}`)
    .join('');
}

/** Stands for the value of a parameter. */
export function sampleOf(name: string): string {
  return `a value of ${name}`;
}
