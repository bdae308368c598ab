// Where a command writes: results to stdout, everything else to stderr, so that a script gets the results alone. What it says holds
// texts of other people, so nothing of it acts on the terminal.
import { stripVTControlCharacters } from 'node:util';
import { terminalOutput, terminalText, visibleLine } from '../contract/base/escape.js';
import type { ExitCode } from './exit-codes.js';

/** The two streams of a command; those of this process, or others where a program calls the command. */
export class Terminal {
  constructor(
    readonly stdout: NodeJS.WriteStream,
    readonly stderr: NodeJS.WriteStream
  ) {}

  /** Lines of the result: each stays one line, whatever is in it. */
  say(...lines: readonly string[]): void {
    lines.forEach(line => this.write(`${visibleLine(line)}\n`));
  }

  /** A part of the result that ends its lines itself. */
  write(text: string): void {
    this.stdout.write(terminalText(text));
  }

  /** What a program has printed. */
  output(text: string): void {
    this.stdout.write(printedText(text, this.stdout));
  }

  /** A document, such as Markdown or HTML, whose writer has escaped every text in it. */
  print(document: string): void {
    this.stdout.write(document);
  }

  /** A line beside the result: a note, a question, an error. */
  note(line: string): void {
    this.stderr.write(terminalText(`${line}\n`));
  }
}

/** What a program has printed, for `stream`: its colours on a terminal, its text elsewhere. What was written over is a line of its own. */
export function printedText(text: string, stream: NodeJS.WriteStream): string {
  const lines = text.replace(/\r(?!\n)/g, '\n');
  return stream.isTTY ? terminalOutput(lines) : terminalText(stripVTControlCharacters(lines));
}

/** One call of the command, as its subcommands see it. */
export interface Call {
  readonly terminal: Terminal;
  /** Tells how it ended. */
  finish(code: ExitCode): void;
}
