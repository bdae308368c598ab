// Line commands ask for the acts of a run. They belong to no step and make no attempt; what they do is in the journal by its own
// records.
import type { LaunchbookError } from '../../contract/base/error.js';
import { cellErrorOf } from '../../contract/base/cell-error.js';
import type { Outline } from '../../contract/notebook/outline.js';
import type { ActAnswer, ActParts } from '../acts/act.js';
import { askFor, refusalOf } from '../acts/ask-for.js';
import type { Cell, CellOutcome, CommandCells } from '../ports.js';
import type { AskedAct } from './lines.js';
import { isLineCommand, readLine } from './read-line.js';

/** What line commands are carried out with. */
export interface LineCommandParts {
  readonly acts: ActParts;
  readonly outline: () => Outline;
  /** Prints under the cell. */
  readonly print: (cellKey: string, text: string) => void;
}

/** The line commands of a run. */
export class LineCommands implements CommandCells {
  readonly #parts: LineCommandParts;

  constructor(parts: LineCommandParts) {
    this.#parts = parts;
  }

  isCommand(code: string): boolean {
    return isLineCommand(code);
  }

  async refusalOf(cell: Cell): Promise<LaunchbookError | null> {
    const { acts } = this.#parts;
    const asked = this.#read(cell);
    if (asked === null) {
      // What nobody can read does not count as looking.
      return acts.wheel.refusalOf(cell);
    }
    for (const { act } of asked) {
      const refusal = await refusalOf(acts, act, { client: cell });
      if (refusal) {
        return refusal;
      }
    }
    return null;
  }

  /** Asks for what the command of a cell says, and prints below it what is told. Never rejects. */
  async carryOut(cell: Cell): Promise<CellOutcome> {
    const startedAt = new Date().toISOString();
    try {
      const say = (text: string): void => this.#parts.print(cell.key, `${text}\n`);
      // Asked again, of all acts before the first: the wheel may have gone on while the cell waited.
      const refusal = await this.refusalOf(cell);
      if (refusal) {
        throw refusal;
      }
      let answers: ActAnswer = {};
      for (const asked of readLine(cell.code, this.#parts.outline())) {
        answers = { ...answers, ...(await this.#ask(asked, cell, say)) };
        const told = asked.told(answers);
        if (told !== null) {
          say(told);
        }
      }
      return { status: 'ok', startedAt };
    } catch (error) {
      return { status: 'error', startedAt, error: cellErrorOf(error) };
    }
  }

  #ask({ act, params }: AskedAct, cell: Cell, say: (text: string) => void): Promise<ActAnswer> {
    return askFor(this.#parts.acts, act, params, {
      client: cell,
      cell,
      onReplay: ({ title }, index, count) => say(`replay ${index + 1} of ${count}  ${title}`)
    });
  }

  #read(cell: Cell): readonly AskedAct[] | null {
    try {
      return readLine(cell.code, this.#parts.outline());
    } catch {
      return null;
    }
  }
}
