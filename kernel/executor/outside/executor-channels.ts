// One executor process as the supervisor sees it: three ordered output channels in, orders and control out, one end. Text of the
// same cell and stream that arrives together is handed on together.
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Json } from '../../../contract/base/json.js';
import { encodeMessage, FrameReader } from '../wire/frames.js';
import {
  CONTROL_FD,
  ORDERS_FD,
  REPORTS_FD,
  type ControlOrder,
  type ControlReport,
  type Order,
  type Report
} from '../wire/messages.js';
import { Guardian } from './guardian.js';
import { OutputGate } from './output-gate.js';
import { RawReader } from './raw-reader.js';
import { isAlive, spawnExecutor, type SpawnOptions } from './spawn-executor.js';

/** An executor to start, and what its set-up gets. */
export interface ExecutorOptions extends SpawnOptions {
  /** A process that was started with the same options already; its successors are started here. */
  readonly started?: ChildProcess;
  /** Given to the set-up in each process. @default null */
  readonly settings?: Json;
}

/** What an executor process tells. `onText` has `undefined` as cell for raw bytes, whose cell nobody can know. */
export interface ChannelHandlers {
  onReport(report: Exclude<Report, { kind: 'barrier' }>): void;
  onText(cell: string | null | undefined, name: 'stdout' | 'stderr', text: string): void;
  onTerminated(interrupt: number): void;
  /** Every output has been handed on before. */
  onEnd(code: number | null, signal: NodeJS.Signals | null, spawnError: Error | null): void;
}

interface Text {
  readonly kind: 'text';
  readonly cell: string | null | undefined;
  readonly name: 'stdout' | 'stderr';
  readonly text: string;
}

const QUIET_MS = 50;
const GUARDIAN_MS = 250;
const MARKER_RANDOM_BYTES = 12;

/** Spawns and connects; `close` ends it together with its children. */
export class ExecutorChannels {
  readonly pid: number | undefined;
  /** Pids of children that the process started without waiting for them. */
  readonly ownChildren = new Set<number>();
  /** Resolves when the process is gone and everything it wrote has been handed on. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #handlers: ChannelHandlers;
  readonly #gate = new OutputGate<Report | Text>(item => this.#publish(item));
  #text: Text | null = null;
  #resolveEnded: () => void = () => {};
  #hasEnded = false;
  #broken: string | null = null;
  #guardian: Guardian | null = null;

  constructor(options: ExecutorOptions, handlers: ChannelHandlers) {
    this.#handlers = handlers;
    this.ended = new Promise(resolve => (this.#resolveEnded = resolve));
    this.#child = isAlive(options.started) ? options.started : spawnExecutor(options);
    this.pid = this.#child.pid;
    setTimeout(() => this.guardian, GUARDIAN_MS).unref();
    const markerPrefix = `\0launchbook ${randomBytes(MARKER_RANDOM_BYTES).toString('hex')} `;
    this.#readReports();
    this.#readRaw(1, markerPrefix);
    this.#readRaw(2, markerPrefix);
    this.#readControl();
    this.#child.on('error', error => this.#end(null, null, error));
    this.#child.on('exit', (code, signal) => void this.#drain().then(() => this.#end(code, signal, null)));
    const { folder, settings = null } = options;
    this.order({ kind: 'hello', markerPrefix, folder, settings });
  }

  order(order: Order): void {
    this.#write(ORDERS_FD, order);
  }

  control(order: ControlOrder): void {
    this.#write(CONTROL_FD, order);
  }

  /** Lets the process end by itself: it sees that nobody gives orders any more. */
  hangUp(): void {
    this.#stream(ORDERS_FD)?.destroy();
  }

  /** Ends the process and its commands when this one is gone. It is started when the kernel has nothing else to do. */
  get guardian(): Guardian | null {
    if (this.#guardian === null && this.pid !== undefined && !this.#hasEnded) {
      this.#guardian = new Guardian(this.pid);
    }
    return this.#guardian;
  }

  /** Why its reports could not be read any more; null as long as they can. */
  get broken(): string | null {
    return this.#broken;
  }

  /** Ends the process and every child in its group at once. */
  killGroup(): void {
    if (this.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL');
    }
  }

  #readReports(): void {
    const reader = new FrameReader(frame => {
      if (frame.kind === 'text') {
        this.#gate.add(0, frame);
        return;
      }
      const report = frame.message as unknown as Report;
      if (report.kind === 'barrier') {
        this.#gate.addBarrier(0, report.number, report.marked);
        return;
      }
      if (report.kind === 'settled') {
        this.#pauseUntilRead();
      }
      this.#gate.add(0, report);
    });
    const stream = this.#stream(REPORTS_FD) as Readable | null;
    stream?.on('data', (chunk: Buffer) => {
      if (this.#broken === null) {
        try {
          reader.push(chunk);
        } catch (error) {
          this.#break(error);
        }
        this.#flushText();
      }
    });
    stream?.on('error', () => {});
  }

  /**
   * What was written to descriptors 1 and 2 before this report is there to be read by now. The event loop takes it in its next look at them
   * at the latest, which is over when a second turn has begun. So the end of a cell needs no marker in these channels.
   */
  #pauseUntilRead(): void {
    const goOn = this.#gate.addPause();
    setImmediate(() =>
      setImmediate(() => {
        goOn();
        this.#flushText();
      })
    );
  }

  /** Something else than the executor's own code writes to its reports, so nothing that it says can be relied on any more. */
  #break(error: unknown): void {
    this.#broken = (error as Error).message;
    this.#gate.close(1);
    this.#gate.close(2);
    this.killGroup();
  }

  #readRaw(fd: 1 | 2, markerPrefix: string): void {
    const name = fd === 1 ? 'stdout' : 'stderr';
    const reader = new RawReader(
      markerPrefix,
      text => this.#gate.add(fd, { kind: 'text', cell: undefined, name, text }),
      number => this.#gate.addBarrier(fd, number)
    );
    const stream = this.#stream(fd) as Readable | null;
    stream?.on('data', (chunk: Buffer) => {
      reader.push(chunk);
      this.#flushText();
    });
    stream?.on('error', () => {});
    stream?.on('close', () => {
      reader.end();
      this.#gate.close(fd);
      this.#flushText();
    });
  }

  #readControl(): void {
    const reader = new FrameReader(frame => {
      if (frame.kind === 'message') {
        this.#handlers.onTerminated((frame.message as unknown as ControlReport).id);
      }
    });
    const stream = this.#stream(CONTROL_FD) as Duplex | null;
    stream?.on('data', (chunk: Buffer) => reader.push(chunk));
    stream?.on('error', () => {});
    this.#stream(ORDERS_FD)?.on('error', () => {});
  }

  #publish(item: Report | Text): void {
    if (
      item.kind === 'text' &&
      this.#text !== null &&
      item.cell === this.#text.cell &&
      item.name === this.#text.name
    ) {
      this.#text = { ...item, text: this.#text.text + item.text };
      return;
    }
    this.#flushText();
    if (item.kind === 'text') {
      this.#text = item;
    } else if (item.kind !== 'barrier') {
      this.#handlers.onReport(item);
    }
  }

  #flushText(): void {
    const text = this.#text;
    this.#text = null;
    if (text !== null) {
      this.#handlers.onText(text.cell, text.name, text.text);
    }
  }

  // The report channel ends with the process. A grandchild may hold 1 and 2 open for ever, so these are read until they are quiet.
  async #drain(): Promise<void> {
    await ended(this.#stream(REPORTS_FD) as Readable | null);
    await Promise.all([quiet(this.#child.stdout), quiet(this.#child.stderr)]);
  }

  #end(code: number | null, signal: NodeJS.Signals | null, spawnError: Error | null): void {
    if (this.#hasEnded) {
      return;
    }
    this.#hasEnded = true;
    this.killGroup();
    this.#guardian?.end();
    this.#gate.flush();
    this.#flushText();
    for (const stream of this.#child.stdio) {
      stream?.destroy();
    }
    this.#handlers.onEnd(code, signal, spawnError);
    this.#resolveEnded();
  }

  #write(fd: typeof ORDERS_FD | typeof CONTROL_FD, message: Order | ControlOrder): void {
    const stream = this.#stream(fd) as Writable | null;
    if (stream !== null && stream.writable) {
      stream.write(encodeMessage(message));
    }
  }

  #stream(fd: number): Readable | Writable | null {
    return this.#child.stdio[fd] ?? null;
  }
}

function ended(stream: Readable | null): Promise<void> {
  return new Promise(resolve => {
    if (stream === null || stream.readableEnded || stream.destroyed) {
      resolve();
    } else {
      stream.once('close', resolve);
    }
  });
}

function quiet(stream: Readable | null): Promise<void> {
  return new Promise(resolve => {
    if (stream === null || stream.readableEnded || stream.destroyed) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, QUIET_MS);
    stream.on('data', () => timer.refresh());
    stream.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
