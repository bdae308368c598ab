// Ties every output to the request of its own cell, also when the cell has returned long ago: a timer that prints
// during a later cell prints under the cell that started it. Text is collected (stream-buffer.ts) and limited
// (output-limit.ts); everything else comes after the text before it, so the order within a cell is exact. All of it is
// recorded before it is sent (send-line.ts), and sent no faster than servers take it (send-pacer.ts).
import type { Header, MessageMap } from '../../protocol/messages.js';
import type { MessageSender } from '../messages/message-sender.js';
import { OutputLimit } from './output-limit.js';
import type { RecordedOutput } from '../../../contract/notebook/output.js';
import type { Cell, OutputArchive, OutputRecorder, OutputSink } from '../ports/ports.js';
import type { CellError } from '../../../contract/base/cell-error.js';
import type { CellOutput } from '../../../contract/notebook/output.js';
import { SendLine } from '../messages/send-line.js';
import { SendPacer, SERVER_LIMITS, type PaceLimits } from '../messages/send-pacer.js';
import { StreamBuffer, type StreamLimits } from './stream-buffer.js';

/** Short enough to read along, long enough that a loop of prints becomes a few messages. */
export const STREAM_LIMITS: StreamLimits = { flushAfterMs: 50, flushAtLength: 64 * 1024 };

/** The text of a cell that a notebook holds, in bytes. */
export const OUTPUT_LIMIT_BYTES = 4 * 1024 * 1024;

/** What the frames around a stream message's text count for, in bytes; a header with a long parent included. */
const ENVELOPE_BYTES = 1_500;

/** Cells that have ended and may still print. Most are forgotten long before (`forget`). */
const MAX_ENDED = 5_000;

export interface OutputRouterParts {
  readonly sender: MessageSender;
  /** How stream text is collected. @default {@link STREAM_LIMITS} */
  readonly limits?: StreamLimits;
  /** The most text of one cell that clients get, in bytes; asked for each cell. @default {@link OUTPUT_LIMIT_BYTES} */
  readonly limitBytes?: () => number;
  /** Keeps the whole text of cells that print more. Without one it is lost. */
  readonly archive?: OutputArchive | null;
  /** Keeps what cells show before clients see it. Without one, clients that are away miss it. */
  readonly recorder?: OutputRecorder | null;
  /** The rates that outputs are kept below. @default a Jupyter server's */
  readonly pace?: PaceLimits;
  readonly onLog: (line: string) => void;
}

/** What is known of a cell whose outputs may come. */
interface Route {
  readonly cell: Cell;
  readonly parent: Header;
  readonly text: StreamBuffer;
  readonly limit: OutputLimit;
  hasEnded: boolean;
  /** It was interrupted and has ended: nothing more of it is shown. */
  isCutOff: boolean;
}

/** Sends the outputs of cells to everybody. */
export class OutputRouter implements OutputSink {
  readonly #parts: OutputRouterParts;
  readonly #routes = new Map<string, Route>();
  #newest: Route | null = null;
  readonly #line = new SendLine();
  readonly #limits: StreamLimits;
  readonly #pacer: SendPacer;

  constructor(parts: OutputRouterParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? STREAM_LIMITS;
    this.#pacer = new SendPacer(parts.pace ?? SERVER_LIMITS);
  }

  /** How many cells are known. */
  get size(): number {
    return this.#routes.size;
  }

  /** From now on outputs of `cell` belong to the request `parent`. */
  begin(cell: Cell, parent: Header): void {
    const limit = new OutputLimit({
      limitBytes: this.#parts.limitBytes?.() ?? OUTPUT_LIMIT_BYTES,
      show: (name, part) => this.#sendText(cell, name, part, parent),
      openFile: () => this.#parts.archive?.open(cell) ?? null
    });
    const text = new StreamBuffer(this.#limits, (name, part) => limit.write(name, part));
    this.#newest = { cell, parent, text, limit, hasEnded: false, isCutOff: false };
    this.#routes.set(cell.key, this.#newest);
    this.#forgetSurplus();
  }

  publish(cellKey: string, output: CellOutput): void {
    // Output that no cell is known for is shown under the newest cell rather than lost.
    const route = this.#routes.get(cellKey) ?? this.#newest;
    if (!route) {
      this.#parts.onLog(`Output of kind ${output.kind} came before the first cell; it is not shown.`);
    } else if (route.cell.isSilent || (route.isCutOff && route.cell.key === cellKey)) {
      // What comes after the end of an interrupted cell was still in a pipe.
      return;
    } else if (output.kind === 'stream') {
      route.text.write(output.name, output.text);
    } else {
      route.text.flush();
      this.#show(route, output);
    }
  }

  /** Shows why a cell ended, after all it has shown. */
  showError(cellKey: string, { ename, evalue, traceback }: CellError): void {
    const route = this.#routes.get(cellKey);
    if (route && !route.cell.isSilent) {
      route.text.flush();
      route.limit.makeWay();
      this.#push(route, { kind: 'error', ename, evalue, traceback }, 'error', { ename, evalue, traceback });
    }
  }

  /** Hands on the text that still waits; resolves when everything so far is sent, null when it is already. */
  flush(cellKey: string): Promise<void> | null {
    const route = this.#routes.get(cellKey);
    route?.text.flush();
    route?.limit.makeWay();
    return this.#whenSent();
  }

  /** The cell has ended: its text is complete. Resolves when it is sent, null when it is already. */
  end(cellKey: string, isInterrupted: boolean): Promise<void> | null {
    const route = this.#routes.get(cellKey);
    if (route) {
      route.text.flush();
      route.limit.end(isInterrupted);
      route.hasEnded = true;
      route.isCutOff = isInterrupted;
    }
    return this.#whenSent();
  }

  /** Resolves when everything so far is recorded and sent, null when it is already. */
  #whenSent(): Promise<void> | null {
    const recorded = this.#line.whenSent();
    return recorded === null
      ? this.#pacer.whenSent()
      : recorded.then(() => this.#pacer.whenSent() ?? undefined);
  }

  /** The cell has ended and shown its error. Resolves when everything of it is recorded and sent. */
  async complete(cell: Cell): Promise<void> {
    await this.#whenSent();
    await this.#parts.recorder?.complete(cell);
  }

  /** Nothing of this cell lives any more, so nothing of it can print. */
  forget(cellKey: string): void {
    const route = this.#routes.get(cellKey);
    if (route?.hasEnded) {
      this.#close(route);
      this.#routes.delete(cellKey);
    }
  }

  /** Nothing of any ended cell lives any more. */
  forgetEnded(): void {
    [...this.#routes.keys()].forEach(key => this.forget(key));
  }

  /** A server counts from zero after an idle. */
  noteIdle(): void {
    this.#pacer.reset();
  }

  /** The kernel ends: from now on everything is sent at once. */
  hurry(): void {
    this.#pacer.hurry();
  }

  /** Sends all text that waits. Resolves when it is sent, null when it is already. */
  flushAll(): Promise<void> | null {
    for (const route of this.#routes.values()) {
      this.#close(route);
    }
    return this.#whenSent();
  }

  #close(route: Route): void {
    route.text.flush();
    route.limit.close();
  }

  #forgetSurplus(): void {
    for (const [key, route] of this.#routes) {
      if (this.#routes.size <= MAX_ENDED) {
        return;
      }
      if (route.hasEnded) {
        this.#close(route);
        this.#routes.delete(key);
      }
    }
  }

  // A message stays small against the server's window.
  #sendText(cell: Cell, name: 'stdout' | 'stderr', text: string, parent: Header): void {
    for (const part of splitText(text, this.#limits.flushAtLength)) {
      const bytes = Buffer.byteLength(JSON.stringify(part)) + ENVELOPE_BYTES;
      this.#send(cell, { kind: 'stream', name, text: part }, bytes, () =>
        this.#parts.sender.publish('stream', { name, text: part }, parent)
      );
    }
  }

  #show(route: Route, output: Exclude<CellOutput, { kind: 'stream' }>): void {
    if (output.kind === 'clear') {
      route.limit.clear();
      return this.#push(route, output, 'clear_output', { wait: output.wait });
    }
    route.limit.makeWay();
    const shown = { data: output.data, metadata: output.metadata };
    switch (output.kind) {
      case 'display': {
        const transient = output.displayId === undefined ? {} : { display_id: output.displayId };
        return this.#push(route, output, 'display_data', { ...shown, transient });
      }
      case 'update':
        return this.#push(route, output, 'update_display_data', {
          ...shown,
          transient: { display_id: output.displayId }
        });
      case 'result': {
        const { executionCount } = route.cell;
        return this.#push(route, { ...output, executionCount }, 'execute_result', {
          ...shown,
          execution_count: executionCount
        });
      }
    }
  }

  #push<T extends keyof MessageMap>(
    route: Route,
    output: RecordedOutput,
    type: T,
    content: MessageMap[T]
  ): void {
    this.#send(route.cell, output, 0, () => this.#parts.sender.publish(type, content as never, route.parent));
  }

  #send(cell: Cell, output: RecordedOutput, bytes: number, send: () => void): void {
    const recorded = this.#parts.recorder?.record(cell, output) ?? null;
    this.#line.push(recorded, () => this.#pacer.push(bytes, send));
  }
}

/** Pieces of at most `length` code units that do not cut a character in two. */
function splitText(text: string, length: number): string[] {
  const parts: string[] = [];
  for (let start = 0; start < text.length;) {
    const last = text.charCodeAt(start + length - 1);
    const isCut = start + length < text.length && last >= 0xd800 && last <= 0xdbff;
    const end = start + length - (isCut && length > 1 ? 1 : 0);
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}
