// TypeScript for the cells of one notebook. Cells are checked in a few scratch documents whose text is replaced; only when a later
// cell takes a name from it does a cell get a document of its own, because each open one slows the checks after it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isLaunchbookError } from '../../contract/error.js';
import type { MimeBundle } from '../../contract/json.js';
import type { Completeness, Completions } from '../core/ports.js';
import { ambientDocuments, libraryModule, needsAmbient, type AmbientDocument } from './ambient.js';
import { analyse } from './analysis.js';
import { Bindings } from './bindings.js';
import { writeCellDocument, writeQueryDocument, type CellDocument } from './cell-document.js';
import { checkDocument, describeFault, type CellDiagnostic } from './check.js';
import { Compiler } from './compiler.js';
import { completeAt } from './complete.js';
import { completenessOf } from './completeness.js';
import { DeclaredDocuments } from './declared-documents.js';
import { findForeignMagic } from './foreign-magics.js';
import { inspectAt } from './inspect.js';
import { jsxFactories } from './jsx-factories.js';
import { LocalFiles } from './local-files.js';
import { ServerEndedError, type LanguageServer } from './lsp-client.js';
import { parse, type Fault } from './parse.js';
import { plainDeclarations, type PlainType } from './plain-types.js';
import { CHECKED_IN, makeServer, warmServer } from './warm-server.js';
import { ScratchDocuments } from './scratch-documents.js';
import { findTypeScriptServer } from './server-path.js';
import { transform, type AnalysedCell, type Transformed } from './transform.js';

/** `typecheck` of launchbook.yml. Syntax errors stop a cell in each of them. */
export type Typecheck = 'error' | 'warn' | 'off';

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
  /** The language server of the folder, from `startServer`; started here when absent. */
  readonly server?: LanguageServer;
  /** What type errors do to a cell: stop it, follow its run as warnings, or nothing at all. Asked before each cell. @default 'error' */
  readonly typecheck?: () => Typecheck;
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

/** A prepared cell. `script` is null when there are errors: nothing of it may run. */
export interface Prepared {
  readonly diagnostics: readonly CellDiagnostic[];
  readonly script: Script | null;
  /** With `typecheck: warn`: the faults, as warnings, once the language server has found them. Never rejects. */
  readonly lateDiagnostics?: Promise<readonly CellDiagnostic[]>;
}

interface Pending {
  readonly number: number;
  readonly cell: AnalysedCell;
  readonly document: CellDocument;
  readonly transformed: Transformed;
  readonly plain: ReadonlyMap<string, PlainType>;
}

interface Checked {
  readonly diagnostics: readonly CellDiagnostic[];
  /** See plain-types.ts. */
  readonly plain: ReadonlyMap<string, PlainType>;
}

const TIMEOUT_MS = 10_000;
const UNCHECKED: Checked = { diagnostics: [], plain: new Map() };
/** Checks, transforms, completes and inspects the cells of one notebook. */
export class TypeScriptSession {
  readonly #options: TypeScriptSessionOptions;
  readonly #server: LanguageServer;
  readonly #compiler: Compiler;
  readonly #bindings: Bindings;
  readonly #files: LocalFiles;
  readonly #documents = new DeclaredDocuments({
    isOpen: file => this.#server.isOpen(this.#uri(file)),
    open: (file, text) => this.#server.open(this.#uri(file), text, false),
    close: file => this.#server.close(this.#uri(file))
  });
  readonly #checks = new ScratchDocuments(CHECKED_IN);
  readonly #questions = new ScratchDocuments('__cell_query');
  readonly #pending = new Map<string, Pending>();
  #lastNumber = 0;
  #hasAmbient = false;
  #preparing: Promise<unknown> = Promise.resolve();
  #checking: Promise<unknown> = Promise.resolve();
  #asking: Promise<unknown> = Promise.resolve();

  constructor(options: TypeScriptSessionOptions) {
    this.#options = options;
    this.#bindings = new Bindings(options.injectedNames);
    const { folder, onLog, timeoutMs = TIMEOUT_MS } = options;
    const tscPath = options.tscPath ?? findTypeScriptServer();
    this.#server = options.server ?? makeServer({ tscPath, folder, onLog, timeoutMs });
    this.#files = new LocalFiles(folder);
    this.#compiler = new Compiler({ tscPath, folder, timeoutMs });
  }

  /** Process id of the language server, or null while none runs. */
  get serverPid(): number | null {
    return this.#server.pid;
  }

  /** Documents of earlier cells that the language server has open, because later ones take names from them. */
  get openCellDocuments(): number {
    return this.#documents.open;
  }

  /**
   * Starts the language server and warms it, so that the first cell finds the language's own types read.
   * Never rejects: what is wrong is logged, and said by the first cell that cannot be checked.
   */
  async start(): Promise<void> {
    try {
      await warmServer(this.#server, this.#options.folder);
    } catch (error) {
      this.#options.onLog(error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * Checks a cell and transforms it. Cells are prepared one after the other.
   * With `typecheck: warn` or `off` nothing waits for the language server.
   * Rejects with `language.unanswered` or `language.ended` when nothing can be said about its types; it must not run then.
   */
  prepare(key: string, code: string): Promise<Prepared> {
    const prepared = this.#preparing.then(() => this.#prepare(key, code));
    this.#preparing = prepared.catch(() => undefined);
    return prepared;
  }

  /** The cell begins to run: what it declares is what these names mean from now on, also when it then throws. */
  commit(key: string): void {
    const pending = this.#pending.get(key);
    this.#pending.clear();
    if (pending === undefined) {
      return;
    }
    const { number, cell, document, transformed, plain } = pending;
    for (const local of transformed.madeUp) {
      const live = this.#bindings.live.get(local);
      if (live !== undefined) {
        this.#bindings.set({ ...live, postponed: null });
      }
    }
    const declared = [...cell.analysis.declared.values()];
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
    const typecheck = this.#options.typecheck?.() ?? 'error';
    const { body, faults, comments, lang } = parse(code);
    const magic = findForeignMagic(code, comments, faults.length > 0);
    if (magic !== null) {
      return { diagnostics: [describeFault(code, magic.code, magic.fault)], script: null };
    }
    const hidden = lang === 'tsx' ? jsxFactories(code, await this.#compiler.readOptions()) : [];
    const cell = { code, lang, analysis: analyse(body, hidden) };
    const document = writeCellDocument(cell, this.#bindings.live);
    const { diagnostics, plain } = typecheck === 'error' ? await this.#checkNext(cell, document) : UNCHECKED;
    const all = [...diagnostics, ...syntaxFaults(code, faults, diagnostics)];
    if (all.some(diagnostic => diagnostic.severity === 'error')) {
      return { diagnostics: all, script: null };
    }
    const transformed = await transform(cell, this.#bindings, this.#compiler);
    this.#lastNumber += 1;
    this.#pending.set(key, { number: this.#lastNumber, cell, document, transformed, plain });
    const { js, showsResult } = transformed;
    const sourceUrl = this.#uri(`cell-${this.#lastNumber}.ts`);
    const declares = [...cell.analysis.declared.values()]
      .filter(one => one.binding !== null)
      .map(one => one.name);
    const script = { js, showsResult, sourceUrl, declares };
    return typecheck === 'warn'
      ? { diagnostics: all, script, lateDiagnostics: this.#checkLate(cell, document) }
      : { diagnostics: all, script };
  }

  // One check at a time, as all of them use one document.
  #checkNext(cell: AnalysedCell, document: CellDocument): Promise<Checked> {
    const checked = this.#checking.then(() => this.#check(cell, document));
    this.#checking = checked.catch(() => undefined);
    return checked;
  }

  // A fault may be no more than a name that is not known yet.
  async #check(cell: AnalysedCell, document: CellDocument): Promise<Checked> {
    if (cell.lang === 'tsx' || needsAmbient(cell.code)) {
      this.#openAmbient();
    }
    const checked = await this.#checkAgainstOpen(cell, document);
    if (checked.diagnostics.length === 0 || this.#hasAmbient) {
      return checked;
    }
    this.#openAmbient();
    return this.#checkAgainstOpen(cell, document);
  }

  #openAmbient(): void {
    if (!this.#hasAmbient) {
      this.#hasAmbient = true;
      const { libraryPath, injectedNames } = this.#options;
      this.#openLasting(ambientDocuments(libraryPath, injectedNames));
    }
  }

  #openLasting(documents: readonly AmbientDocument[]): void {
    for (const { file, text } of documents) {
      this.#server.open(this.#uri(file), text, true);
    }
  }

  #checkAgainstOpen(cell: AnalysedCell, document: CellDocument): Promise<Checked> {
    return this.#askAbout(this.#checks, document, async uri => {
      const diagnostics = await checkDocument(this.#server, uri, cell.code);
      return { diagnostics, plain: await plainDeclarations(this.#server, uri, cell.code, cell.analysis) };
    });
  }

  // The cell runs meanwhile, and so may others that declare anew what it uses: its documents are held until it is checked.
  #checkLate(cell: AnalysedCell, document: CellDocument): Promise<readonly CellDiagnostic[]> {
    const letGo = this.#documents.hold(document.dependencies);
    return this.#checkNext(cell, document)
      .then(({ diagnostics }) => diagnostics.map(asWarning))
      .catch((error: unknown) => [asWarning(describeUnchecked(cell.code, error))])
      .finally(letGo);
  }

  // One question at a time, as all of them use one document.
  #query<T>(code: string, ask: (uri: string) => Promise<T>): Promise<T> {
    const { libraryPath, injectedNames } = this.#options;
    const library = libraryPath === null ? null : { path: libraryModule(libraryPath), names: injectedNames };
    this.#openAmbient();
    const answer = this.#asking.then(() =>
      this.#askAbout(this.#questions, writeQueryDocument(code, this.#bindings.live, library), ask)
    );
    this.#asking = answer.catch(() => undefined);
    return answer;
  }

  // A server that died is started again by the second request.
  async #askAbout<T>(
    documents: ScratchDocuments,
    document: CellDocument,
    ask: (uri: string) => Promise<T>
  ): Promise<T> {
    const uri = this.#uri(documents.choose(document.text, document.lang));
    const attempt = (): Promise<T> => {
      this.#documents.need(document.dependencies);
      this.#files.follow(document.text);
      this.#server.tellChanges(this.#files.takeChanges());
      this.#server.open(uri, document.text, true);
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

  #uri(file: string): string {
    return pathToFileURL(join(this.#options.folder, file)).href;
  }
}

// What the language server has not said already.
function syntaxFaults(
  code: string,
  faults: readonly Fault[],
  said: readonly CellDiagnostic[]
): CellDiagnostic[] {
  return said.some(diagnostic => diagnostic.severity === 'error')
    ? []
    : faults.slice(0, 1).map(fault => describeFault(code, 'cell.syntax', fault));
}

function describeUnchecked(code: string, error: unknown): CellDiagnostic {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const name = isLaunchbookError(error) ? error.code : 'language.failed';
  return describeFault(code, name, { message: `This cell was not checked. ${message}`, start: 0, end: 0 });
}

function asWarning(diagnostic: CellDiagnostic): CellDiagnostic {
  return { ...diagnostic, severity: 'warning', frame: diagnostic.frame.replace(/^error /, 'warning ') };
}
