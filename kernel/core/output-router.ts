// Ties every output to the request of its own cell, also when the cell has returned long ago: a timer that prints
// during a later cell prints under the cell that started it. Text is collected (stream-buffer.ts) and limited
// (output-limit.ts); everything else comes after the text before it, so the order within a cell is exact. All of it is
// sent no faster than servers take it (send-pacer.ts).
import type { Header, MessageMap } from '../protocol/messages.js';
import type { MessageSender } from './message-sender.js';
import { OutputLimit } from './output-limit.js';
import type { Cell, CellOutput, OutputArchive, OutputSink } from './ports.js';
import { SendPacer, type PaceLimits } from './send-pacer.js';
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
  readonly limits: StreamLimits;
  readonly limitBytes: number;
  readonly archive?: OutputArchive;
  readonly pace: PaceLimits;
  readonly onLog: (line: string) => void;
}

/** What is known of a cell whose outputs may come. */
interface Route {
  readonly isSilent: boolean;
  readonly executionCount: number;
  readonly parent: Header;
  readonly text: StreamBuffer;
  readonly limit: OutputLimit;
  hasEnded: boolean;
}

/** Sends the outputs of cells to everybody. */
export class OutputRouter implements OutputSink {
  private readonly routes = new Map<string, Route>();
  private newest: Route | null = null;
  private readonly pacer: SendPacer;

  constructor(private readonly parts: OutputRouterParts) {
    this.pacer = new SendPacer(parts.pace);
  }

  /** How many cells are known. */
  get size(): number {
    return this.routes.size;
  }

  /** From now on outputs of `cell` belong to the request `parent`. */
  begin(cell: Cell, parent: Header): void {
    const limit = new OutputLimit({
      limitBytes: this.parts.limitBytes,
      show: (name, text) => this.sendText(name, text, parent),
      openFile: () => this.parts.archive?.open(cell) ?? null
    });
    const text = new StreamBuffer(this.parts.limits, (name, part) => limit.write(name, part));
    const { isSilent, executionCount } = cell;
    this.newest = { isSilent, executionCount, parent, text, limit, hasEnded: false };
    this.routes.set(cell.key, this.newest);
    this.forgetSurplus();
  }

  publish(cellKey: string, output: CellOutput): void {
    // Output that no cell is known for is shown under the newest cell rather than lost.
    const route = this.routes.get(cellKey) ?? this.newest;
    if (!route) {
      this.parts.onLog(`Output of kind ${output.kind} came before the first cell; it is not shown.`);
    } else if (route.isSilent) {
      return;
    } else if (output.kind === 'stream') {
      route.text.write(output.name, output.text);
    } else {
      route.text.flush();
      this.send(route, output);
    }
  }

  /** Hands on the text that still waits; resolves when everything so far is sent, null when it is already. */
  flush(cellKey: string): Promise<void> | null {
    const route = this.routes.get(cellKey);
    route?.text.flush();
    route?.limit.makeWay();
    return this.pacer.whenSent();
  }

  /** The cell has ended: its text is complete. Resolves when it is sent, null when it is already. */
  end(cellKey: string, isInterrupted: boolean): Promise<void> | null {
    const route = this.routes.get(cellKey);
    if (route) {
      route.text.flush();
      route.limit.end(isInterrupted);
      route.hasEnded = true;
    }
    return this.pacer.whenSent();
  }

  /** Nothing of this cell lives any more, so nothing of it can print. */
  forget(cellKey: string): void {
    const route = this.routes.get(cellKey);
    if (route?.hasEnded) {
      this.close(route);
      this.routes.delete(cellKey);
    }
  }

  /** Nothing of any ended cell lives any more. */
  forgetEnded(): void {
    [...this.routes.keys()].forEach(key => this.forget(key));
  }

  /** A server counts from zero after an idle. */
  noteIdle(): void {
    this.pacer.reset();
  }

  /** The kernel ends: from now on everything is sent at once. */
  hurry(): void {
    this.pacer.hurry();
  }

  /** Sends all text that waits. */
  flushAll(): void {
    for (const route of this.routes.values()) {
      this.close(route);
    }
  }

  private close(route: Route): void {
    route.text.flush();
    route.limit.close();
  }

  private forgetSurplus(): void {
    for (const [key, route] of this.routes) {
      if (this.routes.size <= MAX_ENDED) {
        return;
      }
      if (route.hasEnded) {
        this.close(route);
        this.routes.delete(key);
      }
    }
  }

  // A message stays small against the server's window.
  private sendText(name: 'stdout' | 'stderr', text: string, parent: Header): void {
    for (const part of splitText(text, this.parts.limits.flushAtLength)) {
      const bytes = Buffer.byteLength(JSON.stringify(part)) + ENVELOPE_BYTES;
      this.pacer.push(bytes, () => this.parts.sender.publish('stream', { name, text: part }, parent));
    }
  }

  private send(route: Route, output: Exclude<CellOutput, { kind: 'stream' }>): void {
    if (output.kind === 'clear') {
      route.limit.clear();
      return this.push(route, 'clear_output', { wait: output.wait });
    }
    route.limit.makeWay();
    const shown = { data: output.data, metadata: output.metadata };
    switch (output.kind) {
      case 'display': {
        const transient = output.displayId === undefined ? {} : { display_id: output.displayId };
        return this.push(route, 'display_data', { ...shown, transient });
      }
      case 'update':
        return this.push(route, 'update_display_data', {
          ...shown,
          transient: { display_id: output.displayId }
        });
      case 'result':
        return this.push(route, 'execute_result', { ...shown, execution_count: route.executionCount });
    }
  }

  private push<T extends keyof MessageMap>(route: Route, type: T, content: MessageMap[T]): void {
    this.pacer.push(0, () => this.parts.sender.publish(type, content as never, route.parent));
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
