// A client that executes cells of a run in the same process and collects what they show.
import type { JsonObject } from '../../../contract/base/json.js';
import type { RecordedOutput } from '../../../contract/notebook/output.js';
import type { Message, MessageMap } from '../../protocol/messages.js';
import type { InMemoryTransport } from '../../transport/in-memory.js';
import { InMemoryClient } from '../../transport/in-memory-client.js';
import { LateOutputs, type CellOutputs } from './late-outputs.js';

/** Why a cell did not end well. */
export interface HeadlessError {
  readonly name: string;
  /** Stable dotted word, for example `hold.locked`. */
  readonly code: string;
  readonly message: string;
}

/** How a cell ended, and what it showed in order. */
export interface ExecutedCell {
  readonly status: 'ok' | 'error' | 'aborted';
  readonly executionCount: number | null;
  readonly outputs: readonly RecordedOutput[];
  /** Null unless the status is `error`. */
  readonly error: HeadlessError | null;
}

/** Executes cells one at a time; the caller sees to that. */
export class HeadlessClient {
  readonly #client: InMemoryClient;
  readonly #late = new LateOutputs();
  /** What came while its cell was executed. */
  readonly #collected = new WeakSet<Message>();

  /** @param onLate - Hears of what a cell shows or changes when it has ended. */
  constructor(
    transport: InMemoryTransport,
    username: string,
    onLate: (output: RecordedOutput) => void = () => undefined
  ) {
    this.#client = new InMemoryClient(transport, {
      username,
      onPublished: message => {
        const output = outputOf(message);
        const isLate =
          output?.kind === 'update'
            ? this.#late.change(output)
            : output && !this.#collected.has(message) && this.#late.add(output, message.parent?.id);
        if (output && isLate) {
          onLate(output);
        }
      }
    });
  }

  /** The outputs of cells that had ended when something in them changed, since this was asked last: a task list that was worked on. */
  changedCells(): readonly CellOutputs[] {
    return this.#late.changed();
  }

  /** Sends a cell; resolves when it has ended and everything it showed has come. Nobody is asked for input. */
  async execute(
    code: string,
    cellId: string | null,
    onOutput: (output: RecordedOutput) => void = () => undefined
  ): Promise<ExecutedCell> {
    const outputs: RecordedOutput[] = [];
    const content = { code, store_history: cellId !== null, allow_stdin: false, stop_on_error: false };
    const metadata: JsonObject = cellId === null ? {} : { cellId };
    const end = cellId === null ? undefined : this.#late.begin(cellId, outputs);
    const { reply } = await this.#client.request('execute_request', content, {
      metadata,
      onPublished: message => {
        const output = outputOf(message);
        this.#collected.add(message);
        this.#late.tie(message.parent?.id, outputs);
        if (output) {
          outputs.push(output);
          onOutput(output);
        }
      }
    });
    end?.();
    return executedOf(reply, outputs);
  }
}

function outputOf({ header, content }: Message): RecordedOutput | undefined {
  return (OUTPUTS[header.type] as ((content: never) => RecordedOutput) | undefined)?.(content as never);
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

function executedOf(
  { content, metadata }: Message<'execute_reply'>,
  outputs: readonly RecordedOutput[]
): ExecutedCell {
  const { status } = content;
  return {
    status,
    executionCount: status === 'aborted' ? null : content.execution_count,
    outputs,
    error:
      status === 'error'
        ? { name: content.ename, code: String(metadata['code']), message: content.evalue }
        : null
  };
}
