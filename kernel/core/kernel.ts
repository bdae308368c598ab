// The kernel: every part of the protocol's server side, put together around two ports, a transport and an interpreter.
// It knows nothing of TypeScript, of runbooks or of sockets.
import { randomUUID } from 'node:crypto';
import type { KernelInfo } from '../protocol/messages.js';
import { CellRunner } from './cell-runner.js';
import { Comms } from './comms.js';
import { Dispatcher, type RouteTable } from './dispatcher.js';
import { ExecutionQueue } from './execution-queue.js';
import { commInfoRoute } from './handlers/comm-info.js';
import { commRoutes } from './handlers/comm.js';
import { completeRoute } from './handlers/complete.js';
import { executeRoute } from './handlers/execute.js';
import { historyRoute } from './handlers/history.js';
import { inputReplyRoute } from './handlers/input-reply.js';
import { inspectRoute } from './handlers/inspect.js';
import { interruptRoute } from './handlers/interrupt.js';
import { isCompleteRoute } from './handlers/is-complete.js';
import { kernelInfoRoute } from './handlers/kernel-info.js';
import { shutdownRoute } from './handlers/shutdown.js';
import { MessageSender } from './message-sender.js';
import { OUTPUT_LIMIT_BYTES, OutputRouter, STREAM_LIMITS } from './output-router.js';
import type {
  CommTarget,
  Gatekeeper,
  HistoryStore,
  Interpreter,
  OutputArchive,
  OutputRecorder,
  OutputSink,
  StdinPort,
  Transport
} from './ports.js';
import { SERVER_LIMITS, type PaceLimits } from './send-pacer.js';
import type { StreamLimits } from './stream-buffer.js';
import { StatusLine } from './status-line.js';
import { Stdin } from './stdin.js';

export interface KernelOptions {
  readonly transport: Transport;
  readonly interpreter: Interpreter;
  /** Without one every cell is admitted. */
  readonly gatekeeper?: Gatekeeper;
  readonly history: HistoryStore;
  readonly kernelInfo: KernelInfo;
  /** Everything is sent and the interpreter is gone: end the process. */
  readonly onShutdown: (isRestart: boolean) => void;
  readonly onLog?: (line: string) => void;
  /** User name in the headers of our messages. @default 'kernel' */
  readonly username?: string;
  /** After an error, cells of the same client that arrive this soon are still aborted, in milliseconds. @default 100 */
  readonly abortWindowMs?: number;
  /** How stream text is collected. @default 50 ms, 64 KiB */
  readonly streamLimits?: StreamLimits;
  /** The most text of one cell that clients get, in bytes. @default 4 MiB */
  readonly outputLimitBytes?: number;
  /** Keeps the whole text of cells that print more. Without one it is lost. */
  readonly archive?: OutputArchive;
  /** Keeps what cells show before clients see it. Without one, clients that are away miss it. */
  readonly recorder?: OutputRecorder;
  /** The rates that outputs are kept below. @default a Jupyter server's */
  readonly pace?: PaceLimits;
}

/** The longest wait for a running cell to end once its interpreter is shut down. */
const LAST_CELL_MS = 2_000;

/** A Jupyter kernel without a language. */
export class Kernel {
  private readonly status: StatusLine;
  private readonly router: OutputRouter;
  private readonly questions: Stdin;
  private readonly comms: Comms;
  private readonly runner: CellRunner;
  private readonly queue: ExecutionQueue;
  private readonly dispatcher: Dispatcher;
  private leaving: Promise<void> | null = null;

  constructor(private readonly options: KernelOptions) {
    const { transport, interpreter, history, gatekeeper = OPEN_GATE, onLog = () => {} } = options;
    const sender = new MessageSender(transport, {
      session: randomUUID(),
      username: options.username ?? 'kernel'
    });
    this.status = new StatusLine(sender, () => this.router.noteIdle());
    this.router = new OutputRouter({
      sender,
      limits: options.streamLimits ?? STREAM_LIMITS,
      limitBytes: options.outputLimitBytes ?? OUTPUT_LIMIT_BYTES,
      pace: options.pace ?? SERVER_LIMITS,
      ...(options.archive ? { archive: options.archive } : {}),
      ...(options.recorder ? { recorder: options.recorder } : {}),
      onLog
    });
    this.questions = new Stdin({ sender, flush: key => this.router.flush(key), onLog });
    this.comms = new Comms({ sender, onLog });
    const { router: outputs, questions: stdin } = this;
    this.runner = new CellRunner({ interpreter, gatekeeper, history, outputs, stdin, onLog });
    this.queue = new ExecutionQueue({
      run: context => this.dispatcher.serve(context, ready => this.runner.run(ready)),
      foresee: ({ request }) => announce(interpreter, request.content),
      abort: context => void this.dispatcher.serve(context, ready => this.runner.abort(ready)),
      abortWindowMs: options.abortWindowMs ?? 100
    });
    this.dispatcher = new Dispatcher(this.routes(), { sender, status: this.status, onLog });
  }

  /** Where the interpreter publishes what cells show. */
  get outputs(): OutputSink {
    return this.router;
  }

  /** Hands on what a cell has printed so far; resolves when it is recorded and sent. */
  async flushOutputs(cellKey: string): Promise<void> {
    await this.router.flush(cellKey);
  }

  /** Says that nothing of a cell lives any more, so that it is forgotten. */
  forgetCell(cellKey: string): void {
    this.router.forget(cellKey);
  }

  /** Says that nothing of any ended cell lives any more. */
  forgetEndedCells(): void {
    this.router.forgetEnded();
  }

  /** Where cells ask for input. */
  get stdin(): StdinPort {
    return this.questions;
  }

  /** Lets front ends open comms on `name`. */
  registerCommTarget(name: string, target: CommTarget): void {
    this.comms.register(name, target);
  }

  /** Begins to serve messages. */
  start(): void {
    this.status.start();
    this.options.transport.onMessage((channel, message) => this.dispatcher.receive(channel, message));
  }

  /** What `interrupt_request` and SIGINT do: stops the running cell, and aborts the ones behind it. */
  async interrupt(): Promise<void> {
    this.queue.abortWaiting();
    await this.runner.interrupt();
  }

  /** What `shutdown_request`, SIGTERM and the end of the parent process do. A second call waits for the first. */
  async shutdown(isRestart: boolean): Promise<void> {
    await this.stop(isRestart);
    await this.leave(isRestart);
  }

  private routes(): RouteTable {
    const { interpreter, history, kernelInfo } = this.options;
    return {
      kernel_info_request: kernelInfoRoute(kernelInfo),
      execute_request: executeRoute(this.queue),
      complete_request: completeRoute(interpreter),
      inspect_request: inspectRoute(interpreter),
      is_complete_request: isCompleteRoute(interpreter),
      history_request: historyRoute(history),
      comm_info_request: commInfoRoute(this.comms),
      ...commRoutes(this.comms),
      interrupt_request: interruptRoute(() => this.interrupt()),
      shutdown_request: shutdownRoute({
        stop: isRestart => this.stop(isRestart),
        leave: isRestart => this.leave(isRestart)
      }),
      input_reply: inputReplyRoute(this.questions)
    };
  }

  private async stop(isRestart: boolean): Promise<void> {
    this.queue.close();
    this.runner.shutDown();
    this.questions.interrupt();
    try {
      await this.options.interpreter.shutdown(isRestart);
    } catch (thrown) {
      this.options.onLog?.(`The interpreter did not shut down: ${String(thrown)}`);
    }
    this.router.hurry();
    // The last cell still gets its reply and its record, when its interpreter lets go of it.
    await Promise.race([this.queue.whenIdle(), afterMs(LAST_CELL_MS)]);
    await this.router.flushAll();
  }

  private leave(isRestart: boolean): Promise<void> {
    this.leaving ??= this.options.transport
      .flush()
      .then(() => this.options.transport.close())
      .then(() => this.options.onShutdown(isRestart));
    return this.leaving;
  }
}

const OPEN_GATE: Gatekeeper = {
  admit: async () => ({ refusal: null }),
  settle: async () => {}
};

// The content has not been validated yet.
function announce(interpreter: Interpreter, { code }: { readonly code?: unknown }): void {
  if (typeof code === 'string') {
    interpreter.foresee?.(code);
  }
}

function afterMs(delayMs: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, delayMs).unref());
}
