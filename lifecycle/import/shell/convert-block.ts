// A block of shell as the code of a step: lines of `$` where every statement has one, else the block as a script for bash. What neither can
// carry over stays text, and a checklist asks a person to do it.
import { oneLine, wordsIn } from '../document/short-text.js';
import { faultOfStatement, faultOfText, type ByHand } from './unrunnable.js';
import { readScript, type ShellComment, type Statement } from './grammar.js';
import { MARK, possibleGaps, withMarks, type Placeholder, type Placeholders } from './placeholders.js';
import { linesOutsideOfDocuments, printedLine, typedIn } from './prompts.js';
import { scriptOf } from './script.js';
import { literalOf } from './literal.js';
import { type Session } from './session.js';
import { linesOfStatement, type ExpectedCommand } from './statement.js';

/** A block of a document. */
export interface ShellBlock {
  readonly text: string;
  /** Number of the block in its document, from 1. */
  readonly number: number;
  /** Line of the source with its first line. */
  readonly line: number;
  /** The source says that it is shell. */
  readonly isLabelled: boolean;
}

/** What a block became. */
export type ConvertedBlock =
  | {
      readonly kind: 'step';
      readonly code: string;
      /** Each a reason why a person should look, continuing “Guessed from …:”. */
      readonly guesses: readonly string[];
      /** What the source shows as printed. */
      readonly output: string | null;
      readonly expected: readonly ExpectedCommand[];
    }
  | ({ readonly kind: 'by-hand' } & ByHand);

/** Converts one block; `session` is what the blocks before it have left, and takes what this one leaves. */
export async function convertBlock(
  block: ShellBlock,
  session: Session,
  placeholders: Placeholders
): Promise<ConvertedBlock> {
  const forget = placeholders.remember();
  const made = await stepOf(block, session, placeholders);
  if (made.kind === 'by-hand') {
    forget(); // No cell has its gaps.
  }
  return made;
}

async function stepOf(
  block: ShellBlock,
  session: Session,
  placeholders: Placeholders
): Promise<ConvertedBlock> {
  const { commands, output, guesses, hasPrompts, isMixed } = typedIn(block.text);
  const fault = isMixed ? MIXED : faultOfText(commands);
  if (fault) {
    return { kind: 'by-hand', ...fault };
  }
  const printed = hasPrompts ? null : printedLine(linesOutsideOfDocuments(commands));
  if (printed !== null) {
    return refusedOutput(printed);
  }
  const marked = withMarks(commands, placeholders, block.line);
  const script = await readScript(marked.text);
  if ('fault' in script) {
    const reason = `line ${script.line} of the block does not read as shell (${script.fault})`;
    return { kind: 'by-hand', reason, proposal: 'divide text and commands', isRefused: true };
  }
  const stopped = script.statements
    .map(({ text, isBackground }) => faultOfStatement(text, isBackground))
    .find(found => found !== null);
  script.statements.forEach(({ text }) => session.follow(text, placeholders.unmarked(text)));
  if (stopped) {
    return { kind: 'by-hand', ...stopped };
  }
  const before = session.changedBy;
  const changes = session.copy();
  const forgetVariables = placeholders.remember();
  const direct = linesOf(script.statements, script.comments, changes, placeholders, block);
  const made = direct ?? scriptOf(commands, marked, script.statements, session, block.number);
  if ('reason' in made) {
    return { kind: 'by-hand', ...made };
  }
  if (direct) {
    session.take(changes);
  } else {
    forgetVariables(); // A script has them in its environment.
  }
  const isElsewhere = session.elsewhere !== null && !session.isElsewhereTold;
  session.isElsewhereTold ||= isElsewhere;
  const isCarried = before > session.toldOf && /\$\(\{ (?:cwd|env)/.test(made.code);
  session.toldOf = isCarried ? before : session.toldOf;
  return {
    kind: 'step',
    code: [...secretsOf(marked.found), made.code].join('\n'),
    guesses: [
      ...(block.isLabelled ? [] : ['the block has no language and reads as commands']),
      ...guesses,
      ...(isElsewhere
        ? [
            `“${session.elsewhere}” before it opens a shell elsewhere, and nobody says when it is left: this and the steps below may be meant for there`
          ]
        : []),
      ...(isCarried
        ? ['folder and variables are those that an earlier block has set, here and in the steps below']
        : []),
      ...possibleGaps(marked.text).map(
        gap => `“${placeholders.unmarked(gap)}” may be a gap to fill in, and is handed on as it is written`
      ),
      ...((direct ? script.statements : script.statements.slice(-1)).some(({ text }) => TEST.test(text))
        ? ['a test decides whether the rest is done; here the step fails when it says no']
        : []),
      ...made.guesses
    ],
    output,
    expected: made.expected
  };
}

/** bash goes on where one in the middle of a script says no. */
const TEST = /(?:^|\|\s*)(?:test|\[\[?|grep -\w*q\w*|command -v|which)\s[^\n|;]*&&/;

const MIXED: ByHand = {
  reason: 'some of its lines have a prompt, and the first has none, so nobody can tell what is typed',
  proposal: 'write a prompt before each command, or before none',
  isRefused: true
};

function refusedOutput(line: string): ConvertedBlock {
  const reason = `“${line.trim().slice(0, 60)}” reads as something that was printed, not as a command`;
  return {
    kind: 'by-hand',
    reason,
    proposal: 'write “$ ” before the commands, or give the output a block of its own',
    isRefused: true
  };
}

function secretsOf(found: readonly Placeholder[]): string[] {
  const names = new Set(found.filter(({ kind }) => kind === 'secret'));
  return [...names].map(({ name, written }) => {
    const key = name.replace(/(?<=[a-z\d])[A-Z]/g, part => `_${part}`).toUpperCase();
    const line = `const ${name} = await secret(${literalOf(key)});`;
    // What the source says beside its name.
    const isSaid = wordsIn(written.toLowerCase()).every(word => line.toLowerCase().includes(word));
    return isSaid ? line : `${line} // ${oneLine(written)}`;
  });
}

interface Made {
  readonly code: string;
  readonly guesses: readonly string[];
  readonly expected: readonly ExpectedCommand[];
}

/** One line and more for each statement, its comments beside it; null when one has no direct form. */
function linesOf(
  statements: readonly Statement[],
  comments: readonly ShellComment[],
  session: Session,
  placeholders: Placeholders,
  { number, line }: ShellBlock
): Made | null {
  const lines: string[] = [];
  const guesses: string[] = [];
  const expected: ExpectedCommand[] = [];
  const rest = [...comments];
  for (const statement of statements) {
    if (comments.some(({ start }) => start > statement.start && start < statement.end)) {
      return null;
    }
    while (rest[0] && rest[0].start < statement.start) {
      lines.push(`//${placeholders.unmarked(rest.shift()!.text)}`);
    }
    const made = linesOfStatement(statement, session, placeholders, line, number);
    if (made === null) {
      return null;
    }
    lines.push(...made.lines);
    guesses.push(...made.guesses);
    expected.push(...made.expected);
    const next = statements[statements.indexOf(statement) + 1];
    if (rest[0]?.isBehind && (next === undefined || rest[0].start < next.start)) {
      lines[lines.length - 1] += ` //${placeholders.unmarked(rest.shift()!.text)}`;
    }
  }
  lines.push(...rest.map(({ text }) => `//${placeholders.unmarked(text)}`));
  const shown = lines.map(text => text.replace(MARK, '${$1}'));
  return { code: shown.join('\n'), guesses: [...new Set(guesses)], expected };
}
