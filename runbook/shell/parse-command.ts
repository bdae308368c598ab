// A command template as a program and its arguments. No shell ever reads it: a value is one argument whatever it holds.
// What is accepted means what bash means by it; what bash would do more with (pipes, globs, variables) is refused by name (refused-signs.ts).
import { refuseFaults } from '../usage/check-options.js';
import { isSecret, type Secret } from '../masking/secret-value.js';
import { describeValue } from '../usage/describe-value.js';
import {
  BACKTICK_FAULT,
  COMMENT_FAULT,
  faultsOfProgram,
  faultsOfWord,
  isVariable,
  LINE_BREAK_FAULT,
  lookalikeFault,
  operatorAt,
  QUOTED,
  VARIABLE_FAULT
} from './refused-signs.js';

/** What may stand in `${…}`: one argument, or a list of them. */
export type ShellValue = ShellWord | readonly ShellWord[];

/** What is one argument. A secret is passed on as its text and shown as its name. */
export type ShellWord = string | number | bigint | boolean | Secret;

/** A command that was read, and what is wrong with it. */
export interface ReadCommand {
  readonly args: string[];
  readonly faults: readonly string[];
}

/**
 * Splits at spaces; quotes group; `${value}` is one argument or a part of one, `${list}` several.
 *
 * @throws UsageError with every fault.
 */
export function parseCommand(template: TemplateStringsArray, values: readonly unknown[]): string[] {
  const { args, faults } = readCommand(template, values);
  refuseFaults('The command', faults);
  return args;
}

/** The same, for who collects faults. */
export function readCommand(template: TemplateStringsArray, values: readonly unknown[]): ReadCommand {
  const parser = new CommandParser();
  template.raw.forEach((raw, index) => {
    parser.readText(Array.from(raw));
    if (index < values.length) {
      parser.readValue(values[index], index + 1);
    }
  });
  return parser.finish();
}

/** True for what a tag of a template is given. */
export function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && 'raw' in value;
}

class CommandParser {
  readonly #args: string[] = [];
  readonly #faults: string[] = [];
  /** The argument that is being read; null between two. */
  #text: string | null = null;
  /** What bash would see of it: every character that means only itself is QUOTED. */
  #shape = '';
  #quote: '"' | "'" | null = null;
  /** The argument was a list, to which nothing may be joined. */
  #isClosed = false;
  #isComment = false;
  /** A line has ended after the last argument. */
  #isNextLine = false;

  readText(signs: readonly string[]): void {
    for (let index = 0; index < signs.length; index++) {
      const sign = signs[index]!;
      const next = signs[index + 1] ?? '';
      const behind = next === '\\' && signs[index + 2] === '\n' ? (signs[index + 3] ?? '') : next; // a line that goes on
      if (this.#isComment && sign !== '\n') {
        continue;
      }
      if (sign === '\\' && next !== '') {
        this.#readEscape(next, signs[index + 2] ?? '');
        index++;
      } else if (this.#quote) {
        this.#readQuoted(sign, behind);
      } else {
        const operator = operatorAt(signs.slice(index, index + 3).join(''));
        if (operator) {
          this.#fault(operator.fault);
          this.#endArgument();
          index += operator.sign.length - 1;
        } else {
          this.#readPlain(sign, behind);
          index += sign === '$' && next === '(' ? 1 : 0; // told once
        }
      }
    }
  }

  readValue(value: unknown, position: number): void {
    const where = `Value ${position}`;
    if (this.#isComment) {
      return;
    }
    if (Array.isArray(value)) {
      if (this.#text !== null || this.#isClosed) {
        this.#fault(`${where} is a list and must stand alone between spaces.`);
      }
      const items = value.map((item, index) => this.#textOf(item, `${where}, item ${index + 1},`));
      this.#beginArgument();
      this.#args.push(...items);
      this.#isClosed = true;
    } else {
      this.#add(this.#textOf(value, where));
    }
  }

  finish(): ReadCommand {
    if (this.#quote) {
      this.#fault(`A quotation begun with ${this.#quote} has no end.`);
    }
    this.#endArgument();
    if (this.#args[0] === undefined || this.#args[0] === '') {
      this.#fault('It has no program.');
    }
    return { args: this.#args, faults: this.#faults };
  }

  #readPlain(sign: string, next: string): void {
    const lookalike = lookalikeFault(sign);
    if (sign === ' ' || sign === '\t') {
      this.#endArgument();
    } else if (sign === '\n') {
      this.#endArgument();
      this.#isComment = false;
      this.#isNextLine = this.#args.length > 0;
    } else if (sign === '"' || sign === "'") {
      this.#add('');
      this.#quote = sign;
    } else if (sign === '#' && this.#text === null && !this.#isClosed) {
      this.#fault(COMMENT_FAULT);
      this.#isComment = true;
    } else if (lookalike !== null || sign === '`') {
      this.#fault(lookalike ?? BACKTICK_FAULT);
      this.#add(sign);
    } else if (sign === '$' && isVariable(next, false)) {
      this.#fault(VARIABLE_FAULT);
      this.#add(sign);
    } else {
      this.#add(sign, sign);
    }
  }

  #readQuoted(sign: string, next: string): void {
    if (sign === this.#quote) {
      this.#quote = null;
      return;
    }
    if (this.#quote === '"' && sign === '$' && isVariable(next, true)) {
      this.#fault(VARIABLE_FAULT);
    }
    this.#add(sign);
  }

  /** Backslashes as in bash. JavaScript itself wants one before a backtick and before ${: there it is only taken away in single quotes. */
  #readEscape(sign: string, next: string): void {
    const isOfJavaScript = sign === '`' || (sign === '$' && next === '{');
    if (isOfJavaScript) {
      if (this.#quote !== "'") {
        this.#fault(sign === '`' ? BACKTICK_FAULT : VARIABLE_FAULT);
      }
      this.#add(sign);
    } else if (this.#quote === "'" || (this.#quote === '"' && !/["\\$\n]/.test(sign))) {
      this.#add('\\');
      this.#readQuoted(sign, next);
    } else if (sign === '\n') {
      return; // the line goes on
    } else if (this.#quote === null && /[A-Za-z0-9]/.test(sign)) {
      this.#fault(`\\${sign} means something else to every shell; write the character as \${'\\${sign}'}.`);
    } else {
      const lookalike = this.#quote === null ? lookalikeFault(sign) : null;
      if (lookalike !== null) {
        this.#fault(lookalike);
      }
      this.#add(sign);
    }
  }

  #textOf(given: unknown, where: string): string {
    const value = isSecret(given) ? given.reveal() : given;
    if (typeof value === 'string' && value.includes('\0')) {
      this.#fault(`${where} holds the character NUL, which no argument can carry.`);
    }
    if (['string', 'number', 'bigint', 'boolean'].includes(typeof value)) {
      return String(value);
    }
    this.#fault(
      `${where} is ${describeValue(value)}, expected a string, a number, true, false, a secret, or a list of them.`
    );
    return '';
  }

  #add(text: string, shape = QUOTED): void {
    if (this.#isClosed) {
      this.#fault('A list must stand alone between spaces.');
      this.#isClosed = false;
    }
    if (this.#text === null) {
      this.#beginArgument();
    }
    this.#text = (this.#text ?? '') + text;
    this.#shape += shape;
  }

  #beginArgument(): void {
    if (this.#isNextLine) {
      this.#fault(LINE_BREAK_FAULT);
    }
    this.#isNextLine = false;
  }

  #endArgument(): void {
    this.#isClosed = false;
    if (this.#text === null) {
      return;
    }
    const ofProgram = this.#args.length === 0 ? faultsOfProgram(this.#shape) : [];
    [...ofProgram, ...faultsOfWord(this.#shape)].forEach(fault => this.#fault(fault));
    this.#args.push(this.#text);
    this.#text = null;
    this.#shape = '';
  }

  #fault(message: string): void {
    if (!this.#faults.includes(message)) {
      this.#faults.push(message);
    }
  }
}
