// Asks for the faults of cells and keeps what is known of each. One question a cell is under way at a time; an answer to an older
// text is thrown away and the newest text is asked about instead. Knows neither JupyterLab nor comms.
import type { CheckAnswer, CheckDiagnostic, CheckRequest } from '../../contract/comms/check-comm.js';

/** What the checks need from their owner. */
export interface CellChecksPort {
  /** Sends to the kernel; false when there is no connection. */
  send(request: CheckRequest): boolean;
  /** The text of the cell now, or null when it is gone. */
  textOf(cell: string): string | null;
  /** What is known of a cell's present text. Null: nothing, marks have to go. */
  found(cell: string, text: string, diagnostics: readonly CheckDiagnostic[] | null): void;
  delayMs(): number;
  makeId(): string;
}

/** A question that waits for its answer. */
interface Asked {
  readonly cell: string;
  readonly text: string;
}

export class CellChecks {
  constructor(private readonly port: CellChecksPort) {}

  /** Asks about the cell when its text has not changed for a moment. */
  changed(cell: string): void {
    clearTimeout(this.timers.get(cell));
    this.timers.set(
      cell,
      setTimeout(() => this.check(cell), this.port.delayMs())
    );
  }

  /** Asks about the cell now, unless its present text has been answered. */
  check(cell: string): void {
    clearTimeout(this.timers.get(cell));
    this.timers.delete(cell);
    const text = this.port.textOf(cell);
    if (text === null) {
      this.answered.delete(cell);
    } else if (this.answered.get(cell) !== text && !this.isAsking(cell)) {
      this.ask(cell, text);
    }
  }

  receive(answer: CheckAnswer): void {
    const asked = this.asked.get(answer.request);
    if (!asked) {
      return;
    }
    this.asked.delete(answer.request);
    const { cell, text } = asked;
    if (this.port.textOf(cell) !== text) {
      this.check(cell);
    } else {
      this.answered.set(cell, text);
      this.port.found(cell, text, answer.diagnostics);
    }
  }

  /** Names mean something else since a cell has run: every answer is out of date. Marks stay until the next answer. */
  expire(): void {
    this.answered.clear();
    this.asked.clear();
  }

  /** The kernel is gone or new: nothing that was found holds any more. */
  reset(): void {
    const known = [...this.answered];
    this.expire();
    this.timers.forEach(timer => clearTimeout(timer));
    this.timers.clear();
    known.forEach(([cell, text]) => this.port.found(cell, text, null));
  }

  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** By id of the request. */
  private readonly asked = new Map<string, Asked>();
  /** The text of each cell to which the last answer belongs. */
  private readonly answered = new Map<string, string>();

  private ask(cell: string, text: string): void {
    if (text.trim() === '') {
      this.answered.set(cell, text);
      this.port.found(cell, text, []);
      return;
    }
    const request = this.port.makeId();
    if (this.port.send({ request, code: text })) {
      this.asked.set(request, { cell, text });
    }
  }

  private isAsking(cell: string): boolean {
    return [...this.asked.values()].some(asked => asked.cell === cell);
  }
}
