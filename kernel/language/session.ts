// TypeScript for the cells of one notebook. Cells are checked in a few scratch documents whose text is replaced; only when a later
// cell takes a name from it does a cell get a document of its own, because each open one slows the checks after it.
import type { MimeBundle } from '../../contract/base/json.js';
import type { Completeness, Completions } from '../core/ports/ports.js';
import { libraryModule } from './documents/ambient.js';
import { analyse } from '../../record/source/analysis.js';
import { Bindings } from './names/bindings.js';
import { CellChecker } from './answers/cell-checker.js';
import {
  writeCellDocument,
  writeFrozen,
  writeQueryDocument,
  type CellDocument
} from './documents/cell-document.js';
import { asWarning, describeFault, describeUnchecked, type CellDiagnostic } from './answers/check.js';
import { Compiler } from './javascript/compiler.js';
import { completeAt } from './answers/complete.js';
import { completenessOf } from './source/completeness.js';
import { DeclaredDocuments } from './documents/declared-documents.js';
import { documentUris } from './documents/document-uris.js';
import { findForeignMagic } from './source/foreign-magics.js';
import { Foresight } from './answers/foresight.js';
import { inspectAt } from './answers/inspect.js';
import { jsxFactories } from './javascript/jsx-factories.js';
import { LocalFiles } from './server/local-files.js';
import type { LanguageServer } from './server/lsp-client.js';
import { parse, type Fault } from '../../record/source/parse.js';
import { withParameterTypes, type WrittenCell } from './documents/widen-parameters.js';
import type { ProfileTypes } from './documents/ambient.js';
import type { ParameterRules } from '../../record/profile/check-parameters.js';
import { findTypeScriptServer } from './server/server-path.js';
import { transform, type AnalysedCell, type Transformed } from './javascript/transform.js';
import { makeServer, warmServer } from './answers/warm-server.js';

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
  /** What launchbook.yml declares of the parameters when this is the text of their cell, or the id that it has; null for other cells. */
  readonly parameters?: (code: string, cellId: string | null) => ParameterRules | null;
  /** The types of `environment.vars` and `environment.parameters`. Asked when a cell first needs the library. @default none is known */
  readonly profileTypes?: () => ProfileTypes;
  readonly onLog: (text: string) => void;
  /** Milliseconds until the language server counts as dead. */
  readonly timeoutMs?: number;
  /** Milliseconds without a question after which the language server is ended. @default 300000 */
  readonly idleMs?: number;
}

/** A cell ready to run. */
export interface Script {
  readonly js: string;
  readonly showsResult: boolean;
  readonly sourceUrl: string;
  /** The names that the cell declares, with what V8 calls them. */
  readonly declares: NamePairs;
  /** The same of the names that its functions read. */
  readonly later: NamePairs;
}

/** Names of the notebook, each with what V8 calls it. */
type NamePairs = readonly (readonly [name: string, jsName: string])[];

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
  /** As it was checked. */
  readonly written: WrittenCell;
  readonly document: CellDocument;
  readonly transformed: Transformed;
  readonly isChecked: boolean;
}

/** A text as the parser found it; `magic` is what other kernels would have done with it. */
interface ReadCell {
  readonly cell: AnalysedCell;
  readonly faults: readonly Fault[];
  readonly magic: CellDiagnostic | null;
}

const TIMEOUT_MS = 10_000;
const MOST_READ = 64;

/** Checks, transforms, completes and inspects the cells of one notebook. */
export class TypeScriptSession {
  readonly #options: TypeScriptSessionOptions;
  readonly #server: LanguageServer;
  readonly #compiler: Compiler;
  readonly #bindings: Bindings;
  readonly #checker: CellChecker;
  readonly #foresight: Foresight;
  readonly #uri: (file: string) => string;
  readonly #documents = new DeclaredDocuments({
    isOpen: file => this.#server.isOpen(this.#uri(file)),
    open: (file, text) => this.#server.open(this.#uri(file), text, false),
    close: file => this.#server.close(this.#uri(file))
  });
  readonly #readings = new Map<string, Promise<ReadCell>>();
  readonly #pending = new Map<string, Pending>();
  #lastNumber = 0;
  #unchecked = 0;
  #preparing: Promise<unknown> = Promise.resolve();
  #settling: Promise<unknown> = Promise.resolve();

  constructor(options: TypeScriptSessionOptions) {
    this.#options = options;
    this.#uri = documentUris(options.folder);
    this.#bindings = new Bindings(options.injectedNames);
    const { folder, onLog, timeoutMs = TIMEOUT_MS, idleMs } = options;
    const tscPath = options.tscPath ?? findTypeScriptServer();
    this.#server = options.server ?? makeServer({ tscPath, folder, onLog, timeoutMs, idleMs });
    this.#checker = new CellChecker({
      ...options,
      server: this.#server,
      documents: this.#documents,
      files: new LocalFiles(folder)
    });
    this.#foresight = new Foresight({
      checker: this.#checker,
      live: () => this.#bindings.live,
      settled: () => this.#settling,
      read: async code => {
        const { cell, faults, magic } = await this.#read(code);
        return faults.length > 0 || magic !== null ? null : this.#written(cell, null);
      }
    });
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
  prepare(key: string, code: string, cellId: string | null = null): Promise<Prepared> {
    this.#foresight.arrive(code);
    const prepared = this.#preparing.then(() => this.#prepare(key, code, cellId));
    this.#preparing = prepared.catch(() => undefined);
    return prepared;
  }

  /** A cell will be prepared after those announced before. It is checked meanwhile, against the names that it should find then. */
  foresee(code: string): void {
    if (this.#typecheck() === 'error') {
      this.#foresight.expect(code);
    }
  }

  /** The faults that a cell would have now. Remembered: when it is prepared and nothing has changed, nothing is asked again. */
  async check(code: string): Promise<readonly CellDiagnostic[]> {
    await this.#settling;
    const read = await this.#read(code);
    if (read.magic !== null) {
      return [read.magic];
    }
    const written = this.#written(read.cell, null);
    const document = writeCellDocument(written, this.#bindings.live);
    const isChecked = this.#typecheck() !== 'off';
    const diagnostics = isChecked ? await this.#checker.check(written, document) : [];
    return [...diagnostics, ...syntaxFaults(code, read.faults, diagnostics)];
  }

  /** The cell begins to run: what it declares is what these names mean from now on, also when it then throws. */
  commit(key: string): void {
    const pending = this.#pending.get(key);
    this.#pending.clear();
    if (pending === undefined) {
      return;
    }
    const { number, cell, written, document, transformed, isChecked } = pending;
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
      const jsName = transformed.names.get(one.name) ?? one.name;
      this.#bindings.set({
        ...one,
        document: number,
        jsName,
        postponed: transformed.postponed.get(one.name) ?? null,
        plain: null,
        frozen: null
      });
      if (before !== undefined) {
        this.#documents.release(before.document);
      }
    }
    if (isChecked) {
      this.#settling = this.#settle(number, written, document);
    }
  }

  /** Checks no types until `act` has ended: what runs meanwhile was checked when it ran before. */
  async withoutChecks<T>(act: () => Promise<T>): Promise<T> {
    this.#unchecked += 1;
    try {
      return await act();
    } finally {
      this.#unchecked -= 1;
    }
  }

  /** Forgets every declaration: the executor was replaced, and its variables are gone. */
  reset(): void {
    this.#pending.clear();
    this.#bindings.clear();
    this.#documents.clear();
    this.#foresight.forget();
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

  async #prepare(key: string, code: string, cellId: string | null): Promise<Prepared> {
    const typecheck = this.#typecheck();
    const [{ cell, faults, magic }] = await Promise.all([this.#read(code), this.#settling]);
    if (magic !== null) {
      return { diagnostics: [magic], script: null };
    }
    const written = this.#written(cell, cellId);
    const document = writeCellDocument(written, this.#bindings.live);
    const isChecked = typecheck === 'error';
    const diagnostics = isChecked ? await this.#checker.check(written, document) : [];
    const all = [...diagnostics, ...syntaxFaults(code, faults, diagnostics)];
    if (all.some(diagnostic => diagnostic.severity === 'error')) {
      return { diagnostics: all, script: null };
    }
    const transformed = await transform(cell, this.#bindings, this.#compiler);
    this.#lastNumber += 1;
    this.#pending.set(key, { number: this.#lastNumber, cell, written, document, transformed, isChecked });
    const { js, showsResult, names } = transformed;
    const sourceUrl = this.#uri(`cell-${this.#lastNumber}.ts`);
    const declares = [...names].filter(([name]) => cell.analysis.declared.has(name));
    const script = { js, showsResult, sourceUrl, declares, later: [...transformed.later] };
    return typecheck === 'warn'
      ? { diagnostics: all, script, lateDiagnostics: this.#checkLate(written, document) }
      : { diagnostics: all, script };
  }

  /** The cell of the parameters stands for all values that these may have. */
  #written(cell: AnalysedCell, cellId: string | null): WrittenCell {
    const rules = this.#options.parameters?.(cell.code, cellId) ?? null;
    return rules === null ? cell : withParameterTypes(cell, rules);
  }

  #typecheck(): Typecheck {
    return this.#unchecked > 0 ? 'off' : (this.#options.typecheck?.() ?? 'error');
  }

  // A cell is read when it is announced, and again when it is prepared.
  #read(code: string): Promise<ReadCell> {
    const reading = this.#readings.get(code) ?? this.#readAnew(code);
    this.#readings.delete(code);
    this.#readings.set(code, reading);
    if (this.#readings.size > MOST_READ) {
      this.#readings.delete(this.#readings.keys().next().value!);
    }
    return reading;
  }

  async #readAnew(asked: string): Promise<ReadCell> {
    // `#!` in the first line is a comment of a script, and the cell is none: its beginning is evaluated elsewhere.
    const code = asked.replace(/^#!(?=\s*\/)/, '//');
    const { body, faults, comments, lang } = parse(code);
    const magic = findForeignMagic(code, comments, faults.length > 0);
    const hidden = lang === 'tsx' ? jsxFactories(code, await this.#compiler.readOptions()) : [];
    if (lang === 'tsx') {
      this.#readings.delete(asked); // tsconfig.json may change
    }
    return {
      cell: { code, lang, analysis: analyse(body, hidden) },
      faults,
      magic: magic === null ? null : describeFault(code, magic.code, magic.fault)
    };
  }

  // The names may have been declared again meanwhile.
  async #settle(number: number, cell: WrittenCell, document: CellDocument): Promise<void> {
    const [plain, declarations] = await Promise.all([
      this.#checker.plain(cell, document),
      this.#checker.frozen(cell, document)
    ]);
    const written = declarations === null ? null : writeFrozen(declarations, document);
    const frozen = written === null ? null : this.#documents.freeze(number, written.text, written.inFull);
    for (const name of cell.analysis.declared.keys()) {
      const live = this.#bindings.live.get(name);
      if (live?.document === number) {
        this.#bindings.set({ ...live, plain: plain.get(name) ?? null, frozen });
      }
    }
  }

  // The cell runs meanwhile, and so may others that declare again what it uses: its documents are held until it is checked.
  #checkLate(cell: WrittenCell, document: CellDocument): Promise<readonly CellDiagnostic[]> {
    const letGo = this.#documents.hold(document.dependencies);
    return this.#checker
      .check(cell, document)
      .then(diagnostics => diagnostics.map(asWarning))
      .catch((error: unknown) => [asWarning(describeUnchecked(cell.author?.code ?? cell.code, error))])
      .finally(letGo);
  }

  #query<T>(code: string, ask: (uri: string) => Promise<T>): Promise<T> {
    const { libraryPath, injectedNames } = this.#options;
    const library = libraryPath === null ? null : { path: libraryModule(libraryPath), names: injectedNames };
    return this.#checker.ask(() => writeQueryDocument(code, this.#bindings.live, library), ask);
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
