// The TypeScript language server as a child process, spoken to over stdio (Language Server Protocol 3.17). Documents exist in
// its memory alone. When it has died, the next request starts it again with its lasting documents. When it does not answer in
// time it is ended and the request fails, because an unchecked cell must never run as if it had been checked.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { LaunchbookError } from '../../../contract/base/error.js';
import { JsonRpc, RpcError } from './json-rpc.js';
import type { FileChange } from './local-files.js';
import { serverEnvironment } from './server-environment.js';
import { compilerCommand } from './server-path.js';

/** How the server is started. */
export interface LanguageServerOptions {
  readonly tscPath: string;
  readonly folder: string;
  readonly onLog: (text: string) => void;
  /** Milliseconds until a request counts as unanswered. */
  readonly timeoutMs: number;
  /** Milliseconds without a request after which the process is ended; the next request starts another one. @default 300000 */
  readonly idleMs?: number | undefined;
}

interface OpenDocument {
  text: string;
  version: number;
  /** Opened again when the server is started again. */
  readonly isLasting: boolean;
}

interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: JsonRpc;
  readonly ready: Promise<unknown>;
  /** Rejects when the process is over. Nothing that comes often may wait for it: it would keep all of that until then. */
  readonly over: Promise<never>;
  /** What a request that is not answered yet does when the process is over. */
  readonly unanswered: Set<(error: ServerEndedError) => void>;
}

/** It holds two fifths of the memory of a kernel that waits, and starts within 40 ms. */
const IDLE_MS = 300_000;

/** Characters of a document for which the answer may take as long again. */
const SLOW_LENGTH = 100_000;

/** One language server, kept alive. */
export class LanguageServer {
  readonly #options: LanguageServerOptions;
  readonly #documents = new Map<string, OpenDocument>();
  #running: Running | undefined;
  #isDisposed = false;
  #resting: NodeJS.Timeout | undefined;
  #restingFor: Running | undefined;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
  }

  /** The process id, or null while none runs. */
  get pid(): number | null {
    return this.#running?.process.pid ?? null;
  }

  isOpen(uri: string): boolean {
    return this.#documents.has(uri);
  }

  open(uri: string, text: string, isLasting: boolean): void {
    if (this.#documents.has(uri)) {
      this.change(uri, text);
      return;
    }
    const document = { text, version: 1, isLasting };
    this.#documents.set(uri, document);
    this.#notify('textDocument/didOpen', { textDocument: openItem(uri, document) });
  }

  change(uri: string, text: string): void {
    const document = this.#documents.get(uri);
    if (document === undefined || document.text === text) {
      return;
    }
    document.text = text;
    document.version += 1;
    this.#notify('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: [{ text }]
    });
  }

  close(uri: string): void {
    if (this.#documents.delete(uri)) {
      this.#notify('textDocument/didClose', { textDocument: { uri } });
    }
  }

  /** Tells which files on disk have changed. */
  tellChanges(changes: readonly FileChange[]): void {
    if (changes.length > 0) {
      this.#notify('workspace/didChangeWatchedFiles', { changes });
    }
  }

  /** Asks, after everything sent before. Throws `language.ended` when the server died, or `language.unanswered`. */
  async request<T>(method: string, params: object): Promise<T> {
    if (this.#isDisposed) {
      throw new ServerEndedError('The TypeScript language server was shut down.');
    }
    this.#running ??= this.#spawn();
    return await this.#ask<T>(this.#running, method, params);
  }

  /** Starts the process when none runs. Resolves when it is ready. */
  async start(): Promise<void> {
    this.#running ??= this.#spawn();
    await this.#running.ready;
  }

  /** Nothing is started any more. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Ends the process. Resolves when it is gone. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#resting);
    const running = this.#running;
    running?.process.kill('SIGKILL');
    await running?.over.catch(() => undefined);
  }

  // Ended on purpose: its lasting documents are told to the next one, and nobody waits for it.
  #restWhenIdle(running: Running): void {
    if (this.#restingFor === running) {
      this.#resting?.refresh();
      return;
    }
    clearTimeout(this.#resting);
    this.#restingFor = running;
    this.#resting = setTimeout(() => {
      if (running.unanswered.size === 0) {
        this.#forget(running);
        running.process.kill('SIGKILL');
      }
    }, this.#options.idleMs ?? IDLE_MS).unref();
  }

  #ask<T>(running: Running, method: string, params: object): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        running.unanswered.delete(fail);
        this.#restWhenIdle(running);
      };
      const fail = (error: unknown): void => {
        settle();
        reject(error);
      };
      const timeoutMs = this.#timeoutMs(params);
      const timer = setTimeout(() => {
        this.#forget(running);
        fail(lateAnswer(method, timeoutMs));
        running.process.kill('SIGKILL');
      }, timeoutMs);
      running.unanswered.add(fail);
      running.connection.request<T>(method, params).then(
        result => {
          settle();
          resolve(result);
        },
        (error: unknown) => fail(explained(error, method))
      );
    });
  }

  /** A large document takes its time: 20,000 declarations (half a megabyte) 10 s on an idle machine. */
  #timeoutMs(params: { readonly textDocument?: { readonly uri: string } }): number {
    const text = this.#documents.get(params.textDocument?.uri ?? '')?.text ?? '';
    return this.#options.timeoutMs * (1 + Math.floor(text.length / SLOW_LENGTH));
  }

  #notify(method: string, params: object): void {
    this.#running?.connection.notify(method, params);
  }

  #spawn(): Running {
    const { tscPath, folder, onLog } = this.#options;
    const { program, before } = compilerCommand(tscPath);
    const child = spawn(program, [...before, '--lsp', '--stdio'], {
      cwd: folder,
      env: serverEnvironment(process.env),
      stdio: ['pipe', 'pipe', 'pipe']
    });
    const unanswered: Running['unanswered'] = new Set();
    const over = new Promise<never>((_resolve, reject) => {
      const end = (error: ServerEndedError): void => {
        reject(error);
        this.#forget(running);
        unanswered.forEach(fail => fail(error));
      };
      child.once('error', error =>
        end(new ServerEndedError(`The TypeScript language server could not be started: ${error.message}.`))
      );
      child.once('exit', (code, signal) =>
        end(new ServerEndedError(`The TypeScript language server ended (${signal ?? `exit code ${code}`}).`))
      );
    });
    over.catch(() => undefined);
    child.stdin.on('error', () => child.kill('SIGKILL'));
    child.stderr.on('data', (text: Buffer) => {
      // What it says of a request that was called off is no fault.
      const told = text
        .toString()
        .replace(/^.*\bcontext canceled\s*$/gm, '')
        .trimEnd();
      if (told !== '') {
        onLog(told);
      }
    });
    const connection = new JsonRpc(child.stdout, child.stdin, () => null);
    const ready = Promise.race([this.#initialize(connection), over]);
    ready.catch(() => undefined);
    const running: Running = { process: child, connection, ready, over, unanswered };
    return running;
  }

  #forget(running: Running): void {
    if (this.#running !== running) {
      return;
    }
    this.#running = undefined;
    for (const [uri, document] of this.#documents) {
      if (!document.isLasting) {
        this.#documents.delete(uri);
      }
    }
  }

  // Nothing waits for an answer: the server reads in order, and works while this process is still starting.
  #initialize(connection: JsonRpc): Promise<unknown> {
    const rootUri = pathToFileURL(this.#options.folder).href;
    const initialized = connection.request('initialize', {
      processId: process.pid,
      rootUri,
      capabilities: CAPABILITIES,
      initializationOptions: { userPreferences: PREFERENCES, logVerbosity: SILENT }
    });
    connection.notify('initialized', {});
    for (const [uri, document] of this.#documents) {
      connection.notify('textDocument/didOpen', { textDocument: openItem(uri, document) });
    }
    return initialized;
  }
}

function explained(error: unknown, method: string): unknown {
  return error instanceof RpcError
    ? new LaunchbookError(`The TypeScript language server failed at ${method}: ${error.message}`, {
        code: 'language.failed',
        hint: 'Nothing of the cell has run. Run it again; if it fails again, change the cell.',
        cause: error
      })
    : error;
}

function lateAnswer(method: string, timeoutMs: number): LaunchbookError {
  return new LaunchbookError(
    `The TypeScript language server did not answer ${method} within ${timeoutMs / 1000} s.`,
    {
      code: 'language.unanswered',
      hint: 'Nothing of the cell has run. The server is started again; run the cell again.'
    }
  );
}

/** The server died, or was shut down. */
export class ServerEndedError extends LaunchbookError {
  constructor(message: string) {
    super(message, { code: 'language.ended', hint: 'Nothing of the cell has run. Run it again.' });
  }
}

// Otherwise it tells seven lines of each check, which nobody reads.
const SILENT = 0;

// A kernel on a production host installs nothing by itself.
const PREFERENCES = { disableAutomaticTypeAcquisition: true };

const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    diagnostic: {},
    completion: { completionItem: { snippetSupport: false }, contextSupport: true },
    hover: { contentFormat: ['markdown'] },
    signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } }
  }
};

function openItem(uri: string, { text, version }: OpenDocument): object {
  const languageId = uri.endsWith('.json') ? 'json' : uri.endsWith('.tsx') ? 'typescriptreact' : 'typescript';
  return { uri, languageId, version, text };
}
