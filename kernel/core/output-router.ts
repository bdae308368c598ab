// Ties every output to the request of its own cell, also when the cell has returned long ago: a timer that prints
// during a later cell prints under the cell that started it. Text is collected (stream-buffer.ts); everything else
// flushes the text before it, so the order within a cell is exact.
import type { Header } from '../protocol/messages.js';
import type { MessageSender } from './message-sender.js';
import type { Cell, CellOutput, OutputSink } from './ports.js';
import { StreamBuffer, type StreamLimits } from './stream-buffer.js';

/** Short enough to read along, long enough that a loop of prints becomes a few messages. */
export const STREAM_LIMITS: StreamLimits = { flushAfterMs: 50, flushAtLength: 64 * 1024 };

export interface OutputRouterParts {
  readonly sender: MessageSender;
  readonly limits: StreamLimits;
  readonly onLog: (line: string) => void;
}

interface Route {
  readonly cell: Cell;
  readonly parent: Header;
  readonly text: StreamBuffer;
}

/** Sends the outputs of cells to everybody. */
export class OutputRouter implements OutputSink {
  private readonly routes = new Map<string, Route>();
  private newest: Route | null = null;

  constructor(private readonly parts: OutputRouterParts) {}

  /** From now on outputs of `cell` belong to the request `parent`. */
  begin(cell: Cell, parent: Header): void {
    const text = new StreamBuffer(this.parts.limits, (name, part) =>
      this.parts.sender.publish('stream', { name, text: part }, parent)
    );
    this.newest = { cell, parent, text };
    this.routes.set(cell.key, this.newest);
  }

  publish(cellKey: string, output: CellOutput): void {
    // Output that no cell is known for is shown under the newest cell rather than lost.
    const route = this.routes.get(cellKey) ?? this.newest;
    if (!route) {
      this.parts.onLog(`Output of kind ${output.kind} came before the first cell; it is not shown.`);
    } else if (route.cell.isSilent) {
      return;
    } else if (output.kind === 'stream') {
      route.text.write(output.name, output.text);
    } else {
      route.text.flush();
      this.send(route, output);
    }
  }

  /** Sends the text that still waits. */
  flush(cellKey: string): void {
    this.routes.get(cellKey)?.text.flush();
  }

  flushAll(): void {
    for (const route of this.routes.values()) {
      route.text.flush();
    }
  }

  private send({ cell, parent }: Route, output: Exclude<CellOutput, { kind: 'stream' }>): void {
    const { sender } = this.parts;
    if (output.kind === 'clear') {
      return sender.publish('clear_output', { wait: output.wait }, parent);
    }
    const shown = { data: output.data, metadata: output.metadata };
    switch (output.kind) {
      case 'display': {
        const transient = output.displayId === undefined ? {} : { display_id: output.displayId };
        return sender.publish('display_data', { ...shown, transient }, parent);
      }
      case 'update': {
        const transient = { display_id: output.displayId };
        return sender.publish('update_display_data', { ...shown, transient }, parent);
      }
      case 'result':
        return sender.publish('execute_result', { ...shown, execution_count: cell.executionCount }, parent);
    }
  }
}
