// The table that follows the items of a scatter. It is sent at most five times a second, however many items there are.
import { formatDuration } from '../../contract/base/format.js';
import type { MimeBundle } from '../../contract/base/json.js';
import { ports } from '../context.js';
import { readTable, tableBundle } from '../display/table.js';

/** Where an item stands. */
export interface ProgressLine {
  readonly name: string;
  readonly status: 'waiting' | 'running' | 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  readonly note: string;
}

const PAUSE_MS = 200;
/** More lines are shortened to those that matter: what failed, runs or was skipped. */
const MOST_LINES = 50;
const GLYPHS = { waiting: '☐', running: '☐', passed: '☑', failed: '✗', skipped: '☐' } as const;

let tables = 0;

/** The table of one scatter. */
export class ProgressTable {
  readonly #lines: ProgressLine[];
  readonly #displayId = `launchbook-scatter-${++tables}`;
  #timer: NodeJS.Timeout | null = null;

  constructor(lines: readonly ProgressLine[]) {
    this.#lines = [...lines];
    ports().display.show(this.#bundle(), { displayId: this.#displayId });
  }

  set(index: number, change: Partial<ProgressLine>): void {
    this.#lines[index] = { ...this.#lines[index]!, ...change };
    this.#timer ??= setTimeout(() => this.#send(), PAUSE_MS);
  }

  /** Shows the last state. */
  end(): void {
    this.#send();
  }

  #send(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    ports().display.update(this.#displayId, this.#bundle());
  }

  #bundle(): MimeBundle {
    const count = (status: ProgressLine['status']): number =>
      this.#lines.filter(line => line.status === status).length;
    const isLong = this.#lines.length > MOST_LINES;
    const shown = isLong
      ? this.#lines.filter(line => line.status !== 'passed' && line.status !== 'waiting').slice(0, MOST_LINES)
      : this.#lines;
    const parts = (['running', 'failed', 'skipped', 'waiting'] as const)
      .filter(status => count(status) > 0)
      .map(status => `${count(status)} ${status}`);
    const rows = shown.map(line => ({
      Item: line.name,
      Status: `${GLYPHS[line.status]} ${line.status}`,
      Time: line.durationMs > 0 ? formatDuration(line.durationMs) : '',
      Note: line.note
    }));
    const caption = [`${count('passed')} of ${this.#lines.length} passed`, ...parts].join(', ');
    return tableBundle(
      readTable(rows, ['Item', 'Status', 'Time', 'Note']),
      isLong && rows.length === 0 ? caption : `${caption}.`
    );
  }
}
