// TypeScript for the cells of one notebook. Each cell is checked in one scratch document whose text is replaced; only when a
// later cell takes a name from it does a cell get a document of its own, because each open one slows the checks after it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MimeBundle } from '../../contract/json.js';
import type { Completeness, Completions } from '../core/ports.js';
import { ambientDocuments, libraryModule } from './ambient.js';
import { analyse, type Analysis } from './analysis.js';
import { Bindings } from './bindings.js';
import { documentName, writeCellDocument, writeQueryDocument, type CellDocument } from './cell-document.js';
import { checkDocument, describeFault, type CellDiagnostic } from './check.js';
import { completeAt } from './complete.js';
import { completenessOf } from './completeness.js';
import { DeclaredDocuments } from './declared-documents.js';
import { inspectAt } from './inspect.js';
import { LanguageServer, ServerEndedError } from './lsp-client.js';
import { parse, type Parsed } from './parse.js';
import { plainDeclarations } from './plain-types.js';
import { findTypeScriptServer } from './server-path.js';
import { transform, type Transformed } from './transform.js';
import { findUnsupported } from './unsupported.js';

/** What a session is made of. */
export interface TypeScriptSessionOptions {
  /** The notebook's folder, absolute: relative imports and packages are resolved from it. */
  readonly folder: string;
  /** Absolute path of the helper library's type definitions, or null. */
  readonly libraryPath: string | null;
  /** Names of the library that cells see without an import. */
  readonly injectedNames: readonly string[];
  /** The TypeScript 7 compiler; found by itself when absent. */
  readonly tscPath?: string;
  readonly onLog: (text: string) => void;
  /** Milliseconds until the language server counts as dead. */
  readonly timeoutMs?: number;
}

/** A cell ready to run. */
export interface Script {
  readonly js: string;
  readonly showsResult: boolean;
  readonly sourceUrl: string;
  readonly declares: readonly string[];
}

/** A checked cell. `script` is null when there are errors: nothing of it may run. */
export interface Prepared {
  readonly diagnostics: readonly CellDiagnostic[];
  readonly script: Script | null;
}

interface Pending {
  readonly number: number;
  readonly analysis: Analysis;
  readonly document: CellDocument;
  readonly transformed: Transformed;
  readonly plain: ReadonlyMap<string, string>;
}

const TIMEOUT_MS = 10_000;
const SCRATCH = `${documentName(0)}.ts`;
const QUERY = '__cell_query.ts';

/** Checks, transforms, completes and inspects the cells of one notebook. */
export class TypeScriptSession {
  readonly #options: TypeScriptSessionOptions;
  readonly #server: LanguageServer;
  readonly #bindings: Bindings;
  readonly #documents = new DeclaredDocuments({
    isOpen: number => this.#server.isOpen(this.#cellUri(number)),
    open: (number, text) => this.#server.open(this.#cellUri(number), text, false),
    close: number => this.#server.close(this.#cellUri(number))
  });
  readonly #pending = new Map<string, Pending>();
  #lastNumber = 0;
  #checking: Promise<unknown> = Promise.resolve();
  #asking: Promise<unknown> = Promise.resolve();

  constructor(options: TypeScriptSessionOptions) {
    this.#options = options;
    this.#bindings = new Bindings(options.injectedNames);
    this.#server = new LanguageServer({
      tscPath: options.tscPath ?? findTypeScriptServer(),
      folder: options.folder,
      onLog: options.onLog,
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS
    });
    const { folder, libraryPath, injectedNames } = options;
    for (const { file, text } of ambientDocuments(folder, libraryPath, injectedNames)) {
      this.#server.open(this.#uri(file), text, true);
    }
    this.#server.open(this.#uri(QUERY), 'export {};', true);
    this.#server.open(this.#uri(SCRATCH), 'export {};', true);
  }

  /** Process id of the language server, or null while none runs. */
  get serverPid(): number | null {
    return this.#server.pid;
  }

  /**
   * Starts the language server and warms it, so that the first cell finds Node's and the library's types read.
   * Never rejects: what is wrong is logged, and said by the first cell that cannot be checked.
   */
  async start(): Promise<void> {
    try {
      await this.#server.start();
      await checkDocument(this.#server, this.#uri(SCRATCH), '');
    } catch (error) {
      this.#options.onLog(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * Checks a cell and transforms it. Cells are prepared one after the other.
   * Rejects with `language.unanswered` or `language.ended` when nothing can be said about its types; it must not run then.
   */
  prepare(key: string, code: string): Promise<Prepared> {
    const prepared = this.#checking.then(() => this.#prepare(key, code));
    this.#checking = prepared.catch(() => undefined);
    return prepared;
  }

  /** The cell begins to run: what it declares is what these names mean from now on, also when it then throws. */
  commit(key: string): void {
    const pending = this.#pending.get(key);
    this.#pending.clear();
    if (pending === undefined) {
      return;
    }
    const { number, analysis, document, transformed, plain } = pending;
    for (const local of transformed.madeUp) {
      const live = this.#bindings.live.get(local);
      if (live !== undefined) {
        this.#bindings.set({ ...live, postponed: null });
      }
    }
    const declared = [...analysis.declared.values()];
    if (declared.length === 0) {
      return;
    }
    this.#documents.add(number, document, declared.length);
    for (const one of declared) {
      const before = this.#bindings.live.get(one.name);
      const jsName = transformed.renames.get(one.name) ?? one.name;
      this.#bindings.set({
        ...one,
        document: number,
        jsName,
        postponed: transformed.postponed.get(one.name) ?? null,
        plain: plain.get(one.name) ?? null
      });
      if (before !== undefined) {
        this.#documents.release(before.document);
      }
    }
  }

  /** Forgets every declaration: the executor was replaced, and its variables are gone. */
  reset(): void {
    this.#pending.clear();
    this.#bindings.clear();
    this.#documents.clear();
  }

  /** Completes `code` at a UTF-16 offset. */
  complete(code: string, offset: number): Promise<Completions> {
    return this.#query(code, uri => completeAt(this.#server, uri, code, offset));
  }

  /** Describes what stands at a UTF-16 offset; null when nothing is known. */
  inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | null> {
    return this.#query(code, uri => inspectAt(this.#server, uri, code, offset, detail));
  }

  /** Whether a text can run as it is. */
  isComplete(code: string): Promise<Completeness> {
    return Promise.resolve(completenessOf(code));
  }

  /** Ends the language server. */
  dispose(): Promise<void> {
    return this.#server.dispose();
  }

  async #prepare(key: string, code: string): Promise<Prepared> {
    const parsed = parse(code);
    const analysis = analyse(parsed.body);
    const document = writeCellDocument(code, analysis, this.#bindings.live);
    const { checked, plain } = await this.#askAbout(SCRATCH, document, async uri => {
      const faults = await checkDocument(this.#server, uri, code);
      return { checked: faults, plain: await plainDeclarations(this.#server, uri, code, analysis) };
    });
    const diagnostics = [...checked, ...otherFaults(code, parsed, checked)];
    if (diagnostics.some(diagnostic => diagnostic.severity === 'error')) {
      return { diagnostics, script: null };
    }
    const transformed = transform(code, analysis, this.#bindings);
    this.#lastNumber += 1;
    this.#pending.set(key, { number: this.#lastNumber, analysis, document, transformed, plain });
    const sourceUrl = this.#uri(`cell-${this.#lastNumber}.ts`);
    const declares = [...analysis.declared.values()].filter(one => one.binding !== null).map(one => one.name);
    return {
      diagnostics,
      script: { js: transformed.js, showsResult: transformed.showsResult, sourceUrl, declares }
    };
  }

  // One question at a time, as all of them use one document.
  #query<T>(code: string, ask: (uri: string) => Promise<T>): Promise<T> {
    const { libraryPath, injectedNames } = this.#options;
    const library = libraryPath === null ? null : { path: libraryModule(libraryPath), names: injectedNames };
    const answer = this.#asking.then(() =>
      this.#askAbout(QUERY, writeQueryDocument(code, this.#bindings.live, library), ask)
    );
    this.#asking = answer.catch(() => undefined);
    return answer;
  }

  // A server that died is started again by the second request.
  async #askAbout<T>(file: string, document: CellDocument, ask: (uri: string) => Promise<T>): Promise<T> {
    const uri = this.#uri(file);
    const attempt = (): Promise<T> => {
      this.#documents.need(document.dependencies);
      this.#server.change(uri, document.text);
      return ask(uri);
    };
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ServerEndedError)) {
        throw error;
      }
      this.#options.onLog(`${error.message} It is started again.`);
      return attempt();
    }
  }

  #cellUri(number: number): string {
    return this.#uri(`${documentName(number)}.ts`);
  }

  #uri(file: string): string {
    return pathToFileURL(join(this.#options.folder, file)).href;
  }
}

function otherFaults(code: string, parsed: Parsed, checked: readonly CellDiagnostic[]): CellDiagnostic[] {
  if (checked.some(diagnostic => diagnostic.severity === 'error')) {
    return [];
  }
  return [
    ...parsed.faults.slice(0, 1).map(fault => describeFault(code, 'cell.syntax', fault)),
    ...findUnsupported(parsed.body, code).map(({ code: name, fault }) => describeFault(code, name, fault))
  ];
}
