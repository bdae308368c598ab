// The kernel: the server's side of the protocol, put together around a transport and an interpreter. What cells show and ask is made
// before it, because the interpreter needs it too. It knows nothing of TypeScript, of runbooks or of sockets.
import type { KernelInfo } from '../protocol/messages.js';
import { CellRunner } from './queue/cell-runner.js';
import { Comms } from './comms/comms.js';
import { Dispatcher, type RouteTable } from './queue/dispatcher.js';
import { ExecutionQueue } from './queue/execution-queue.js';
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
import { RequestServer } from './queue/request-server.js';
import type { MessageSender } from './messages/message-sender.js';
import type { OutputRouter } from './outputs/output-router.js';
import type {
  CodeAnswers,
  CommTarget,
  Gatekeeper,
  HistoryStore,
  Interpreter,
  Transport
} from './ports/ports.js';
import { StatusLine } from './messages/status-line.js';
import type { Stdin } from './messages/stdin.js';

/** What a kernel is made of. */
export interface KernelOptions {
  readonly transport: Transport;
  /** Sends over the same transport. */
  readonly sender: MessageSender;
  /** Where the interpreter publishes what cells show. */
  readonly outputs: OutputRouter;
  /** Where cells ask for input. */
  readonly stdin: Stdin;
  readonly interpreter: Interpreter;
  /** Without one every cell is admitted. */
  readonly gatekeeper?: Gatekeeper;
  readonly history: HistoryStore;
  readonly kernelInfo: KernelInfo;
  /** Everything is sent and the interpreter is gone: end the process. */
  readonly onShutdown: (isRestart: boolean) => void;
  readonly onLog?: (line: string) => void;
  /** After an error, cells of the same client that arrive this soon are still aborted, in milliseconds. @default 100 */
  readonly abortWindowMs?: number;
}

/** The longest wait for a running cell to end once its interpreter is shut down. */
const LAST_CELL_MS = 2_000;

/** A Jupyter kernel without a language. */
export class Kernel {
  readonly #options: KernelOptions;
  readonly #status: StatusLine;
  readonly #comms: Comms;
  readonly #runner: CellRunner;
  readonly #queue: ExecutionQueue;
  readonly #dispatcher: Dispatcher;
  #leaving: Promise<void> | null = null;

  constructor(options: KernelOptions) {
    this.#options = options;
    const { sender, outputs, stdin, interpreter, history } = options;
    const { gatekeeper = OPEN_GATE, onLog = () => {} } = options;
    this.#status = new StatusLine(sender, () => outputs.noteIdle());
    const server = new RequestServer({ status: this.#status, onLog });
    this.#comms = new Comms({ sender, onLog });
    this.#runner = new CellRunner({ interpreter, gatekeeper, history, outputs, stdin, onLog });
    this.#queue = new ExecutionQueue({
      run: context => server.serve(context, ready => this.#runner.run(ready)),
      foresee: ({ request }) => announce(interpreter.answers, request.content),
      abort: context => void server.serve(context, ready => this.#runner.abort(ready)),
      abortWindowMs: options.abortWindowMs ?? 100
    });
    this.#dispatcher = new Dispatcher(this.#routes(), { sender, status: this.#status, server, onLog });
  }

  /** Lets front ends open comms on `name`. */
  registerCommTarget(name: string, target: CommTarget): void {
    this.#comms.register(name, target);
  }

  /** Begins to serve messages. */
  start(): void {
    this.#status.start();
    this.#options.transport.onMessage((channel, message) => this.#dispatcher.receive(channel, message));
  }

  /** What `interrupt_request` and SIGINT do: stops the running cell, and aborts those after it. */
  async interrupt(): Promise<void> {
    this.#queue.abortWaiting();
    await this.#runner.interrupt();
  }

  /** What `shutdown_request`, SIGTERM and the end of the parent process do. A second call waits for the first. */
  async shutdown(isRestart: boolean): Promise<void> {
    await this.#stop(isRestart);
    await this.#leave(isRestart);
  }

  #routes(): RouteTable {
    const { interpreter, history, kernelInfo } = this.#options;
    return {
      kernel_info_request: kernelInfoRoute(kernelInfo),
      execute_request: executeRoute(this.#queue),
      complete_request: completeRoute(interpreter.answers),
      inspect_request: inspectRoute(interpreter.answers),
      is_complete_request: isCompleteRoute(interpreter.answers),
      history_request: historyRoute(history),
      comm_info_request: commInfoRoute(this.#comms),
      ...commRoutes(this.#comms),
      interrupt_request: interruptRoute(() => this.interrupt()),
      shutdown_request: shutdownRoute({
        stop: isRestart => this.#stop(isRestart),
        leave: isRestart => this.#leave(isRestart)
      }),
      input_reply: inputReplyRoute(this.#options.stdin)
    };
  }

  async #stop(isRestart: boolean): Promise<void> {
    const { interpreter, outputs, stdin, onLog } = this.#options;
    this.#queue.close();
    this.#runner.shutDown();
    stdin.interrupt();
    try {
      await interpreter.control.shutdown(isRestart);
    } catch (thrown) {
      onLog?.(`The interpreter did not shut down: ${String(thrown)}`);
    }
    outputs.hurry();
    // The last cell still gets its reply and its record, when its interpreter lets go of it.
    await Promise.race([this.#queue.whenIdle(), afterMs(LAST_CELL_MS)]);
    await outputs.flushAll();
  }

  #leave(isRestart: boolean): Promise<void> {
    this.#leaving ??= this.#options.transport
      .flush()
      .then(() => this.#options.transport.close())
      .then(() => this.#options.onShutdown(isRestart));
    return this.#leaving;
  }
}

const OPEN_GATE: Gatekeeper = {
  admit: async () => ({ refusal: null }),
  settle: async () => {}
};

// The content has not been validated yet.
function announce(answers: CodeAnswers, { code }: { readonly code?: unknown }): void {
  if (typeof code === 'string') {
    answers.foresee?.(code);
  }
}

function afterMs(delayMs: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, delayMs).unref());
}
