// The TypeScript language server as a child process, spoken to over stdio (Language Server Protocol 3.17). Documents exist in
// its memory alone. When it dies it is started again with the same documents, and a request that was under way is asked once more;
// when it does not answer in time the request fails, because an unchecked cell must never run as if it had been checked.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';
import { LaunchbookError } from '../../contract/error.js';

/** How the server is started. */
export interface LanguageServerOptions {
  readonly tscPath: string;
  readonly folder: string;
  readonly onLog: (text: string) => void;
  /** Milliseconds until a request counts as unanswered. */
  readonly timeoutMs: number;
}

interface OpenDocument {
  text: string;
  version: number;
}

interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: MessageConnection;
  readonly ready: Promise<void>;
  /** Rejects when the process is over. */
  readonly over: Promise<never>;
}

/** One language server, kept alive. */
export class LanguageServer {
  readonly #options: LanguageServerOptions;
  readonly #documents = new Map<string, OpenDocument>();
  #running: Running | undefined;
  #isDisposed = false;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
  }

  /** The process id, or null while none runs. */
  get pid(): number | null {
    return this.#running?.process.pid ?? null;
  }

  open(uri: string, text: string): void {
    if (this.#documents.has(uri)) {
      this.change(uri, text);
      return;
    }
    const document = { text, version: 1 };
    this.#documents.set(uri, document);
    this.#notify('textDocument/didOpen', { textDocument: openItem(uri, document) });
  }

  change(uri: string, text: string): void {
    const document = this.#documents.get(uri);
    if (document === undefined) {
      this.open(uri, text);
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

  /** Asks, after everything sent before. Throws `language.unanswered` or `language.ended`. */
  async request<T>(method: string, params: object): Promise<T> {
    try {
      return await this.#ask<T>(method, params);
    } catch (error) {
      if (!(error instanceof ServerEndedError) || this.#isDisposed) {
        throw error;
      }
      this.#options.onLog(`${error.message} It is started again.`);
      return this.#ask<T>(method, params);
    }
  }

  /** Starts the process when none runs. Resolves when it is ready. */
  start(): Promise<void> {
    this.#running ??= this.#spawn();
    return this.#running.ready;
  }

  dispose(): Promise<void> {
    this.#isDisposed = true;
    return this.#stop();
  }

  async #ask<T>(method: string, params: object): Promise<T> {
    if (this.#isDisposed) {
      throw new ServerEndedError('The TypeScript language server was shut down.');
    }
    this.#running ??= this.#spawn();
    const running = this.#running;
    const answer = running.ready.then(() => running.connection.sendRequest<T>(method, params));
    return Promise.race([answer, running.over, this.#expire<T>(method, answer)]);
  }

  async #expire<T>(method: string, answer: Promise<T>): Promise<never> {
    const { timeoutMs } = this.#options;
    const isAnswered = await new Promise<boolean>(resolve => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      answer.then(finish, finish);
      this.#running?.over.catch(finish);
    });
    if (isAnswered) {
      return new Promise<never>(() => undefined);
    }
    await this.#stop();
    throw new LaunchbookError(`The TypeScript language server did not answer ${method} within ${timeoutMs / 1000} s.`, {
      code: 'language.unanswered',
      hint: 'Nothing of the cell has run. The server is started anew; run the cell again.'
    });
  }

  #notify(method: string, params: object): void {
    const running = this.#running;
    if (running !== undefined) {
      void running.ready.then(() => running.connection.sendNotification(method, params)).catch(() => undefined);
    }
  }

  #spawn(): Running {
    const { tscPath, folder, onLog } = this.#options;
    const isScript = /\.[cm]?js$/.test(tscPath);
    const args = [...(isScript ? [tscPath] : []), '--lsp', '--stdio'];
    const child = spawn(isScript ? process.execPath : tscPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    const over = new Promise<never>((_resolve, reject) => {
      child.once('error', error => reject(new ServerEndedError(`The TypeScript language server could not be started: ${error.message}.`)));
      child.once('exit', (code, signal) => reject(new ServerEndedError(`The TypeScript language server ended (${signal ?? `exit code ${code}`}).`)));
    });
    let connection: MessageConnection | undefined;
    over.catch(() => {
      connection?.dispose();
      if (this.#running?.process === child) {
        this.#running = undefined;
      }
    });
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (text: Buffer) => onLog(text.toString().trimEnd()));
    connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    connection.onRequest('workspace/configuration', (params: { items: unknown[] }) => params.items.map(() => null));
    connection.onRequest(() => null);
    connection.onError(() => undefined);
    connection.listen();
    const ready = Promise.race([this.#initialize(connection), over]);
    ready.catch(() => undefined);
    return { process: child, connection, ready, over };
  }

  async #initialize(connection: MessageConnection): Promise<void> {
    const rootUri = pathToFileURL(this.#options.folder).href;
    await connection.sendRequest('initialize', { processId: process.pid, rootUri, capabilities: CAPABILITIES });
    await connection.sendNotification('initialized', {});
    for (const [uri, document] of this.#documents) {
      await connection.sendNotification('textDocument/didOpen', { textDocument: openItem(uri, document) });
    }
  }

  async #stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) {
      running.process.kill('SIGKILL');
      await running.over.catch(() => undefined);
    }
  }
}

class ServerEndedError extends LaunchbookError {
  constructor(message: string) {
    super(message, { code: 'language.ended', hint: 'Nothing of the cell has run. Run it again.' });
  }
}

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
  return { uri, languageId: uri.endsWith('.json') ? 'json' : 'typescript', version, text };
}
