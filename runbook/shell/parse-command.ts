// A command template as a program and its arguments. No shell ever reads it: a value is one argument whatever it holds.
// What only a shell could do (pipes, globs, variables) is refused by name instead of being passed on as a surprise.
import { refuseFaults } from '../usage/check-options.js';
import { isSecret, type Secret } from '../secret/secret-value.js';
import { describeValue } from '../usage/describe-value.js';

/** What may stand in `${…}`: one argument, or a list of them. */
export type ShellValue = ShellWord | readonly ShellWord[];

/** What is one argument. A secret is passed on as its text and shown as its name. */
export type ShellWord = string | number | bigint | boolean | Secret;

/**
 * Splits at white space; quotes group; `${value}` is one argument or a part of one, `${list}` several.
 *
 * @throws UsageError with every fault.
 */
export function parseCommand(template: TemplateStringsArray, values: readonly unknown[]): string[] {
  const parser = new CommandParser();
  template.raw.forEach((raw, index) => {
    parser.readText(raw);
    if (index < values.length) {
      parser.readValue(values[index], index + 1, /^[^\s]/.test(template.raw[index + 1] ?? ''));
    }
  });
  const { args, faults } = parser.finish();
  refuseFaults('The command', faults);
  return args;
}

const SHELL_SIGNS: { readonly [sign: string]: string } = {
  '|': 'pipes commands together; run them one by one, or a shell of your own: $`sh -c ${script}`',
  '>': "redirects output; use the result's stdout, or a shell of your own: $`sh -c ${script}`",
  '<': 'redirects input; give the text with the option stdin',
  ';': 'separates commands; run them one by one',
  '&': 'separates commands or runs in the background; run them one by one',
  '*': 'is a pattern of file names; put it in quotes to pass it on as it is, or list the files in TypeScript',
  $: 'is a shell variable; use ${…} of TypeScript, or quotes to pass it on as it is'
};

class CommandParser {
  readonly #args: string[] = [];
  readonly #faults: string[] = [];
  #current: string | null = null;
  #quote: '"' | "'" | null = null;
  /** The current argument was a list, to which nothing may be joined. */
  #isClosed = false;

  readText(raw: string): void {
    for (let index = 0; index < raw.length; index++) {
      const sign = raw[index]!;
      if (sign === '\\' && index + 1 < raw.length) {
        this.#readEscape(raw[++index]!);
      } else if (this.#quote) {
        this.#readQuoted(sign);
      } else {
        this.#readPlain(sign, raw[index + 1] ?? '');
      }
    }
  }

  readValue(value: unknown, position: number, isJoined: boolean): void {
    const where = `Value ${position}`;
    if (Array.isArray(value)) {
      if (this.#current !== null || isJoined || this.#quote) {
        this.#fault(`${where} is a list and must stand alone between spaces.`);
      }
      const items = value.map((item, index) => this.#textOf(item, `${where}, item ${index + 1},`));
      this.#args.push(...items);
      this.#isClosed = true;
    } else {
      this.#add(this.#textOf(value, where));
    }
  }

  finish(): { readonly args: string[]; readonly faults: readonly string[] } {
    if (this.#quote) {
      this.#fault(`A quotation begun with ${this.#quote} has no end.`);
    }
    this.#endArgument();
    const program = this.#args[0];
    if (program === undefined || program === '') {
      this.#fault('It has no program.');
    } else if (/^[A-Za-z_]\w*=/.test(program)) {
      this.#fault(`'${program}' sets a variable; use the option env: $({ env: { NAME: 'value' } })\`…\`.`);
    }
    return { args: this.#args, faults: this.#faults };
  }

  #readPlain(sign: string, next: string): void {
    if (/\s/.test(sign)) {
      this.#endArgument();
    } else if (sign === '"' || sign === "'") {
      this.#add('');
      this.#quote = sign;
    } else if (sign === '~' && this.#current === null && /^[/\s]?$/.test(next)) {
      this.#fault('A leading ~ means the home folder only to a shell; use ${process.env.HOME}.');
    } else if (SHELL_SIGNS[sign] !== undefined && (sign !== '$' || /[\w({]/.test(next))) {
      this.#fault(`The sign ${sign} ${SHELL_SIGNS[sign]}.`);
    } else {
      this.#add(sign);
    }
  }

  #readQuoted(sign: string): void {
    if (sign === this.#quote) {
      this.#quote = null;
    } else {
      this.#add(sign);
    }
  }

  /** Backslashes as in a POSIX shell, and `\`` and `\${` as JavaScript needs them. */
  #readEscape(sign: string): void {
    if (sign === '`' || sign === '$' || (sign === '\\' && this.#quote !== "'")) {
      this.#add(sign);
    } else if (this.#quote === "'" || (this.#quote === '"' && sign !== '"')) {
      this.#add('\\');
      this.#readQuoted(sign);
    } else if (sign === '\n') {
      this.#endArgument();
    } else if (/[A-Za-z0-9]/.test(sign)) {
      this.#fault(`\\${sign} means something else to every shell; write the character as \${'\\${sign}'}.`);
    } else {
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

  #add(text: string): void {
    if (this.#isClosed) {
      this.#fault('A list must stand alone between spaces.');
      this.#isClosed = false;
    }
    this.#current = (this.#current ?? '') + text;
  }

  #endArgument(): void {
    this.#isClosed = false;
    if (this.#current !== null) {
      this.#args.push(this.#current);
      this.#current = null;
    }
  }

  #fault(message: string): void {
    if (!this.#faults.includes(message)) {
      this.#faults.push(message);
    }
  }
}
