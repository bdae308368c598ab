// Which late cells belong to a queue that has just been stopped. "Run All" sends its cells one by one, so some arrive
// after the error of the first. Two rules, both for the client whose cell failed: a cell that the client provably sent
// before it could know of the error (compared by the client's own clock); and, for notebooks, which send a queue without
// waiting for answers and say so by naming the cell, a cell that follows within a short window.
import type { RequestContext } from './request-context.js';

/** Clocks tell whole milliseconds: each of the two times that are compared may be one too early or too late. */
const CLOCK_ERROR_MS = 2;

type CellContext = RequestContext<'execute_request'>;

/** Remembers the last stop, and tells which cells it still covers. */
export class AbortWindow {
  readonly #windowMs: number;
  #session: string | null = null;
  #closesAtMs = 0;
  #firstKnownAtMs = 0;

  /** `windowMs` slides with each cell that it catches. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** The queue was stopped now because of `failed`. */
  open(failed: CellContext): void {
    const now = Date.now();
    const sentAtMs = Date.parse(failed.request.header.date);
    this.#session = failed.request.header.session;
    this.#closesAtMs = namesItsCell(failed) ? now + this.#windowMs : 0;
    // By the client's clock: it cannot have heard of the error sooner than our own part of the round trip took.
    const tookMs = (failed.repliedAtMs ?? now) - failed.receivedAtMs;
    this.#firstKnownAtMs = Number.isNaN(sentAtMs) ? 0 : sentAtMs + tookMs - CLOCK_ERROR_MS;
  }

  /** True when `late` belongs to the stopped queue. */
  covers(late: CellContext): boolean {
    const { session, date } = late.request.header;
    if (session !== this.#session) {
      return false;
    }
    if (late.receivedAtMs < this.#closesAtMs) {
      this.#closesAtMs = late.receivedAtMs + this.#windowMs;
      return true;
    }
    return Date.parse(date) < this.#firstKnownAtMs;
  }
}

/** Notebook front ends send the cell's id with each request; programs that wait for every answer do not. */
function namesItsCell(context: CellContext): boolean {
  return typeof context.request.metadata['cellId'] === 'string';
}
