// Held against each other: what each cell would run, and what the source says as the grammar of bash reads it.
import type { MappedDocument } from '../map/map-document.js';
import { readScript } from '../shell/grammar.js';
import { MARK } from '../shell/placeholders.js';
import type { ExpectedCommand } from '../shell/statement.js';
import { wordsOf } from '../shell/words.js';
import { commandsOfCell, sampleOf, type DryCommand } from './run-dry.js';

/** Every difference, one sentence each; and how many commands were compared. */
export async function checkArguments({
  cells,
  expected
}: Pick<MappedDocument, 'cells' | 'expected'>): Promise<{
  readonly faults: readonly string[];
  readonly commands: number;
}> {
  const values = new Map<string, string>();
  const faults: string[] = [];
  let count = 0;
  for (const cell of cells.filter(({ kind }) => kind === 'code')) {
    const wanted = expected.filter(each => each.cell === cell).flatMap(({ commands }) => commands);
    const isParameters = cell.tags.includes('parameters');
    let made: DryCommand[] = [];
    try {
      made = commandsOfCell(cell.source, isParameters ? new Map() : values);
    } catch (error) {
      faults.push(`${cell.id}: ${(error as Error).message}`);
    }
    const commands = wanted.filter(command => command.kind !== 'constant');
    count += commands.length;
    if (commands.length !== made.length) {
      faults.push(`${cell.id}: ${made.length} commands in the cell, ${commands.length} in the source`);
    }
    commands.forEach((command, index) => {
      const [want, is] = [JSON.stringify(wantedOf(command, values)), JSON.stringify(made[index] ?? null)];
      if (want !== is) {
        faults.push(`${cell.id}: the source runs ${want}, the cell ${is}`);
      }
    });
    for (const command of wanted) {
      if (command.kind === 'constant' && values.get(command.name) !== filled(command.value, values)) {
        faults.push(`${cell.id}: the constant ${command.name} has another value than in the source`);
      }
    }
  }
  faults.push(...(await grammarFaults(expected.flatMap(({ commands }) => commands))));
  return { faults, commands: count };
}

function wantedOf(
  command: Exclude<ExpectedCommand, { kind: 'constant' }>,
  values: ReadonlyMap<string, string>
): DryCommand {
  return command.kind === 'script'
    ? { stages: [['bash', '-ceu', command.text]], stdin: null }
    : {
        stages: command.stages.map(({ words }) => words.map(word => filled(word, values))),
        stdin: command.stdin
      };
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(MARK, (_, name: string) => values.get(name) ?? sampleOf(name));
}

/** The grammar must see each word where we do. It tells no words, but those behind a redirection, so each is put behind one. */
async function grammarFaults(commands: readonly ExpectedCommand[]): Promise<string[]> {
  const texts = commands.flatMap(command =>
    command.kind === 'words' ? command.stages.map(({ written }) => written) : []
  );
  const words = texts.map(text => wordsOf(text)!.map(({ start, end }) => text.slice(start, end)));
  const read = await readScript(words.map(list => `: ${list.map(word => `<${word}`).join(' ')}`).join('\n'));
  const statements = 'fault' in read ? [] : read.statements;
  return texts
    .filter(
      (_, index) =>
        JSON.stringify(statements[index]?.redirections.map(({ word }) => word)) !==
        JSON.stringify(words[index])
    )
    .map(text => `the grammar reads other words in ${JSON.stringify(text)}`);
}
