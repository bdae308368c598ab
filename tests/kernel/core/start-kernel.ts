// A kernel over the in-memory transport with the scripted interpreter, and one client.
import { MemoryHistory } from '../../../kernel/core/history/memory-history.js';
import { Kernel, type KernelOptions } from '../../../kernel/core/kernel.js';
import { MessageSender } from '../../../kernel/core/messages/message-sender.js';
import { SERVER_LIMITS, type PaceLimits } from '../../../kernel/core/messages/send-pacer.js';
import { Stdin } from '../../../kernel/core/messages/stdin.js';
import { OutputRouter } from '../../../kernel/core/outputs/output-router.js';
import type { StreamLimits } from '../../../kernel/core/outputs/stream-buffer.js';
import type { Message } from '../../../kernel/protocol/messages.js';
import { InMemoryClient, type InMemoryClientOptions } from '../../../kernel/transport/in-memory-client.js';
import { InMemoryTransport } from '../../../kernel/transport/in-memory.js';
import { ScriptedInterpreter } from './scripted-interpreter.js';

export const KERNEL_INFO = {
  implementation: 'scripted',
  implementation_version: '1',
  banner: 'Six words',
  language_info: {
    name: 'scripted',
    version: '1',
    mimetype: 'text/x-scripted',
    file_extension: '.six',
    codemirror_mode: 'scripted'
  },
  help_links: []
} as const;

export interface StartOptions extends Pick<KernelOptions, 'gatekeeper' | 'abortWindowMs'> {
  readonly pace?: PaceLimits;
  readonly streamLimits?: StreamLimits;
}

export function startKernel(options: StartOptions = {}, clientOptions: InMemoryClientOptions = {}) {
  const transport = new InMemoryTransport();
  const log: string[] = [];
  const seen: Message[] = [];
  const shutdowns: boolean[] = [];
  const client = new InMemoryClient(transport, {
    ...clientOptions,
    onPublished: message => {
      seen.push(message);
      clientOptions.onPublished?.(message);
    }
  });
  const {
    // Long enough that text only leaves when something flushes it, so that no test depends on the clock.
    streamLimits: limits = { flushAfterMs: 600_000, flushAtLength: 64 * 1024 },
    pace = SERVER_LIMITS,
    ...settings
  } = options;
  const onLog = (line: string): void => void log.push(line);
  const sender = new MessageSender(transport);
  const outputs = new OutputRouter({ sender, limits, pace, onLog });
  const stdin = new Stdin({ sender, flush: key => outputs.flush(key), onLog });
  const interpreter = new ScriptedInterpreter(outputs, stdin);
  const kernel = new Kernel({
    transport,
    sender,
    outputs,
    stdin,
    interpreter: {
      run: (cell, userExpressions) => interpreter.run(cell, userExpressions),
      answers: interpreter,
      control: interpreter
    },
    history: new MemoryHistory(),
    kernelInfo: KERNEL_INFO,
    onShutdown: isRestart => shutdowns.push(isRestart),
    onLog,
    abortWindowMs: 0,
    ...settings
  });
  kernel.start();
  return { kernel, transport, outputs, stdin, interpreter, client, log, seen, shutdowns };
}

/** Message types, statuses as their state: what a client sees, in order. */
export function typesOf(messages: readonly Message[]): string[] {
  return messages.map(({ header, content }) => String(content['execution_state'] ?? header.type));
}

/** Contents of the messages of one type. */
export function contentsOf(messages: readonly Message[], type: string): Message['content'][] {
  return messages.filter(message => message.header.type === type).map(message => message.content);
}
