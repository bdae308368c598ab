// A client of a kernel in the same process: sends cells over the in-memory transport and collects what they show.
import { randomUUID } from 'node:crypto';
import type { RecordedOutput } from '../../contract/output.js';
import { makeMessage, type Sender } from '../protocol/make.js';
import type { Message, MessageMap } from '../protocol/messages.js';
import type { InMemoryTransport } from '../transport/in-memory.js';

/** How a cell ended, and what it showed in order. */
export interface ExecutedCell {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly executionCount: number | null;
  readonly outputs: readonly RecordedOutput[];
  /** Name and message of the error; null unless the status is `error`. */
  readonly error: { readonly name: string; readonly message: string } | null;
}

interface Pending {
  readonly outputs: RecordedOutput[];
  readonly onOutput: (output: RecordedOutput) => void;
  reply: MessageMap['execute_reply'] | null;
  isIdle: boolean;
  readonly resolve: (cell: ExecutedCell) => void;
}

/** Executes cells one at a time; the caller sees to that. */
export class HeadlessClient {
  readonly #sender: Sender;
  readonly #connection: ReturnType<InMemoryTransport['connect']>;
  readonly #pending = new Map<string, Pending>();

  constructor(transport: InMemoryTransport, username: string) {
    this.#sender = { session: randomUUID(), username };
    this.#connection = transport.connect((_channel, message) => this.#receive(message));
  }

  /** Sends a cell; resolves when it has ended and everything it showed has come. Nobody is asked for input. */
  execute(
    code: string,
    cellId: string | null,
    onOutput: (output: RecordedOutput) => void = () => undefined
  ): Promise<ExecutedCell> {
    const content = {
      code,
      silent: false,
      store_history: cellId !== null,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false
    };
    const metadata = cellId === null ? {} : { cellId };
    const message = makeMessage(this.#sender, 'execute_request', content, { metadata });
    return new Promise(resolve => {
      this.#pending.set(message.header.id, { outputs: [], onOutput, reply: null, isIdle: false, resolve });
      this.#connection.send('shell', message);
    });
  }

  #receive(message: Message): void {
    const id = message.parent?.id ?? '';
    const pending = this.#pending.get(id);
    if (!pending) {
      return;
    }
    const { type } = message.header;
    if (type === 'execute_reply') {
      pending.reply = message.content as MessageMap['execute_reply'];
    } else if (type === 'status') {
      pending.isIdle = (message.content as MessageMap['status']).execution_state === 'idle';
    } else {
      const output = (OUTPUTS[type] as ((content: never) => RecordedOutput) | undefined)?.(
        message.content as never
      );
      if (output) {
        pending.outputs.push(output);
        pending.onOutput(output);
      }
    }
    if (pending.reply && pending.isIdle) {
      this.#pending.delete(id);
      pending.resolve(executedOf(pending.reply, pending.outputs));
    }
  }
}

type OutputType =
  'stream' | 'display_data' | 'update_display_data' | 'execute_result' | 'error' | 'clear_output';

const OUTPUTS: {
  readonly [type: string]: ((content: never) => RecordedOutput) | undefined;
} = {
  stream: ({ name, text }) => ({ kind: 'stream', name, text }),
  display_data: ({ data, metadata, transient }) => ({
    kind: 'display',
    data,
    metadata,
    ...(transient?.display_id === undefined ? {} : { displayId: transient.display_id })
  }),
  update_display_data: ({ data, metadata, transient }) => ({
    kind: 'update',
    data,
    metadata,
    displayId: transient?.display_id ?? ''
  }),
  execute_result: ({ data, metadata, execution_count }) => ({
    kind: 'result',
    data,
    metadata,
    executionCount: execution_count
  }),
  error: ({ ename, evalue, traceback }) => ({ kind: 'error', ename, evalue, traceback }),
  clear_output: ({ wait }) => ({ kind: 'clear', wait })
} satisfies { readonly [T in OutputType]: (content: MessageMap[T]) => RecordedOutput };

function executedOf(reply: MessageMap['execute_reply'], outputs: readonly RecordedOutput[]): ExecutedCell {
  const executionCount = reply.status === 'aborted' ? null : reply.execution_count;
  const error = 'ename' in reply ? { name: String(reply.ename), message: String(reply.evalue) } : null;
  return { status: reply.status, executionCount, outputs, error };
}
