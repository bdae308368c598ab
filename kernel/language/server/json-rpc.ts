// JSON-RPC 2.0 over a pair of streams with Content-Length headers, as language servers speak it: requests and notices out, answers in.
// What the server asks of us is answered by one function; what it tells us is not listened to.
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol
import type { Readable, Writable } from 'node:stream';

/** The server answered a request with an error. */
export class RpcError extends Error {}

interface Incoming {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: RpcError): void;
}

/** One end of a connection. Requests stay unanswered when the other end is gone; whoever owns the process notices that. */
export class JsonRpc {
  readonly #output: Writable;
  readonly #answer: (method: string, params: unknown) => unknown;
  readonly #waiting = new Map<number, Waiting>();
  #chunks: Buffer[] = [];
  #size = 0;
  #lastId = 0;
  /** What was said in this turn, written as one: most requests follow a notice at once. */
  #unwritten = '';

  /** `answer` gives the result of a request that the other end makes. */
  constructor(input: Readable, output: Writable, answer: (method: string, params: unknown) => unknown) {
    this.#output = output;
    this.#answer = answer;
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    output.on('error', () => undefined);
  }

  /** Rejects with `RpcError` alone. */
  request<T>(method: string, params: object): Promise<T> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    if (this.#unwritten === '') {
      queueMicrotask(() => this.#write());
    }
    this.#unwritten += `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  }

  #write(): void {
    const text = this.#unwritten;
    this.#unwritten = '';
    this.#output.write(text);
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    for (let text = this.#take(); text !== null; text = this.#take()) {
      this.#handle(JSON.parse(text) as Incoming);
    }
  }

  // The chunks are joined once a message is complete, however many it came in.
  #take(): string | null {
    const head = this.#chunks[0] ?? EMPTY;
    const bytes = head.includes(SEPARATOR) ? head : this.#join();
    const end = bytes.indexOf(SEPARATOR);
    if (end === -1) {
      return null;
    }
    const start = end + SEPARATOR.length;
    const stop = start + Number(/content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end))?.[1] ?? 0);
    if (this.#size < stop) {
      return null;
    }
    const whole = bytes.length < stop ? this.#join() : bytes;
    this.#chunks[0] = whole.subarray(stop);
    this.#size -= stop;
    return whole.toString('utf8', start, stop);
  }

  #join(): Buffer {
    const joined = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }

  #handle({ id, method, params, result, error }: Incoming): void {
    if (method !== undefined) {
      if (id !== undefined) {
        this.#send({ id, result: this.#answer(method, params) ?? null });
      }
      return;
    }
    const waiting = this.#waiting.get(Number(id));
    this.#waiting.delete(Number(id));
    if (error === undefined) {
      waiting?.resolve(result);
    } else {
      waiting?.reject(new RpcError(error.message));
    }
  }
}

const SEPARATOR = '\r\n\r\n';
const EMPTY = Buffer.alloc(0);
