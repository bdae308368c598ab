// A kernel over the in-memory transport with the scripted interpreter, and one client.
import { MemoryHistory } from '../../../kernel/core/memory-history.js';
import { Kernel, type KernelOptions } from '../../../kernel/core/kernel.js';
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

export function startKernel(options: Partial<KernelOptions> = {}, clientOptions: InMemoryClientOptions = {}) {
  const transport = new InMemoryTransport();
  const interpreter = new ScriptedInterpreter();
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
  const kernel = new Kernel({
    transport,
    interpreter,
    history: new MemoryHistory(),
    kernelInfo: KERNEL_INFO,
    onShutdown: isRestart => shutdowns.push(isRestart),
    onLog: line => log.push(line),
    // Long enough that text only leaves when something flushes it, so that no test depends on the clock.
    streamLimits: { flushAfterMs: 600_000, flushAtLength: 64 * 1024 },
    abortWindowMs: 0,
    ...options
  });
  interpreter.outputs = kernel.outputs;
  interpreter.stdin = kernel.stdin;
  kernel.start();
  return { kernel, transport, interpreter, client, log, seen, shutdowns };
}

/** Message types, statuses as their state: what a client sees, in order. */
export function typesOf(messages: readonly Message[]): string[] {
  return messages.map(({ header, content }) => String(content['execution_state'] ?? header.type));
}

/** Contents of the messages of one type. */
export function contentsOf(messages: readonly Message[], type: string): Message['content'][] {
  return messages.filter(message => message.header.type === type).map(message => message.content);
}
