// Checks the documents of cells, and remembers what it found. A document's text says everything that its check depends on: the cell, and
// the names it takes from which earlier cells. So a cell that was checked ahead is not checked again when nothing of that has changed
// since, and a cell whose names have changed meanwhile has another text.
import { ambientDocuments, needsAmbient, type ProfileTypes } from '../documents/ambient.js';
import type { CellDocument } from '../documents/cell-document.js';
import { documentUris } from '../documents/document-uris.js';
import { absentDefaults } from './absent-defaults.js';
import { checkDocument, describeFault, faultyLines, type CellDiagnostic } from './check.js';
import { namesOfNamespaces, type NamespaceName } from './namespace-names.js';
import { agreementLines, claimsOf, namesToSay, saidType, saidValue, type Claim } from '../names/claims.js';
import type { DeclaredDocuments } from '../documents/declared-documents.js';
import type { LocalFiles } from '../server/local-files.js';
import { ServerEndedError, type LanguageServer } from '../server/lsp-client.js';
import { saysCovariant } from '../names/covariance.js';
import { frozenDeclarations } from '../names/frozen-declarations.js';
import { describeName, plainDeclarations, type PlainType } from '../names/plain-types.js';
import type { Node } from '../../../record/source/parse.js';
import { positionAt } from '../server/protocol-types.js';
import { ScratchDocuments } from '../documents/scratch-documents.js';
import type { WrittenCell } from '../documents/widen-parameters.js';
import { CHECKED_IN } from './warm-server.js';

/** What a checker works with. */
export interface CellCheckerParts {
  readonly server: LanguageServer;
  readonly documents: DeclaredDocuments;
  readonly files: LocalFiles;
  readonly folder: string;
  readonly libraryPath: string | null;
  readonly injectedNames: readonly string[];
  readonly profileTypes?: () => ProfileTypes;
  readonly onLog: (text: string) => void;
}

interface Known {
  readonly diagnostics: Promise<readonly CellDiagnostic[]>;
  plain?: Promise<ReadonlyMap<string, PlainType>>;
  frozen?: Promise<string | null>;
}

/** "Property … does not exist on type …", with and without a guess what was meant. */
function isMissingName({ code }: CellDiagnostic): boolean {
  return code === 'TS2339' || code === 'TS2551';
}

const MOST_KNOWN = 256;
const MOST_CLAIMS = 24;

/** Asks the language server about cells, one question of a kind at a time. */
export class CellChecker {
  readonly #parts: CellCheckerParts;
  readonly #checks = new ScratchDocuments(CHECKED_IN);
  readonly #questions = new ScratchDocuments('__cell_query');
  /** By text, least recently used first. */
  readonly #known = new Map<string, Known>();
  readonly #uri: (file: string) => string;
  #hasAmbient = false;
  #checking: Promise<unknown> = Promise.resolve();
  #asking: Promise<unknown> = Promise.resolve();

  constructor(parts: CellCheckerParts) {
    this.#parts = parts;
    this.#uri = documentUris(parts.folder);
  }

  /** The faults of a cell. Rejects as `LanguageServer.request` does. */
  check(cell: WrittenCell, document: CellDocument): Promise<readonly CellDiagnostic[]> {
    return this.#recall(cell, document).diagnostics;
  }

  /** Declarations for later cells of a cell without faults; see plain-types.ts. Those that cannot be had are missing. */
  plain(cell: WrittenCell, document: CellDocument): Promise<ReadonlyMap<string, PlainType>> {
    if (cell.analysis.declared.size === 0) {
      return Promise.resolve(new Map());
    }
    const { server } = this.#parts;
    const known = this.#recall(cell, document);
    const describe = (names: readonly Node[]): Promise<string[]> =>
      this.#next(() =>
        this.#askAbout(this.#checks, document, uri =>
          Promise.all(names.map(name => describeName(server, uri, cell.code, name)))
        )
      );
    known.plain ??= plainDeclarations(cell.code, cell.analysis, describe).catch(() => new Map());
    return known.plain;
  }

  /** Declarations of a cell without faults that later cells can read in place of it; null when there are none, or no such. */
  frozen(cell: WrittenCell, document: CellDocument): Promise<string | null> {
    if (cell.analysis.declared.size === 0 || cell.lang === 'tsx') {
      return Promise.resolve(null);
    }
    const known = this.#recall(cell, document);
    known.frozen ??= this.#freeze(cell, document).catch(() => null);
    return known.frozen;
  }

  /** Answers a question about a document of its own. */
  ask<T>(write: () => CellDocument, ask: (uri: string) => Promise<T>): Promise<T> {
    this.#openAmbient();
    const answer = this.#asking.then(() => this.#askAbout(this.#questions, write(), ask));
    this.#asking = answer.catch(() => undefined);
    return answer;
  }

  async #freeze(cell: WrittenCell, document: CellDocument): Promise<string | null> {
    const { code, analysis } = cell;
    const plain = await this.plain(cell, document);
    if ([...analysis.declared.keys()].every(name => plain.has(name))) {
      return null;
    }
    const open = claimsOf(analysis, plain).slice(0, MOST_CLAIMS);
    const claims = open.length === 0 ? [] : await this.#next(() => this.#findTypes(cell, document, open));
    const cells = new Map(document.taken.map(({ name, document: cell }) => [name, cell]));
    const isCovariant = (name: string, index: number): boolean =>
      saysCovariant(this.#parts.documents.frozenOf(cells.get(name)) ?? '', name, index);
    return frozenDeclarations(code, analysis, { plain, claims: new Map(claims), isCovariant });
  }

  /** What is claimed, as far as the server says and agrees to it. */
  async #findTypes(
    cell: WrittenCell,
    document: CellDocument,
    open: readonly Claim[]
  ): Promise<[Claim, string][]> {
    const { server } = this.#parts;
    const names = namesToSay(
      cell.analysis,
      document.taken.map(({ name }) => name)
    );
    const said = await this.#askAbout(this.#checks, document, uri =>
      Promise.all(
        open.map(async claim => {
          const text = await describeName(server, uri, cell.code, claim.id);
          return claim.type === null ? saidValue(text) : saidType(text, names);
        })
      )
    );
    const claims = open.flatMap((claim, index): [Claim, string][] => {
      const type = said[index] ?? null;
      return type === null ? [] : [[claim, type]];
    });
    const types = claims.filter(([claim]) => claim.type !== null);
    if (types.length === 0) {
      return claims;
    }
    const text = [document.text, ...agreementLines(types)].join('\n');
    const first = text.split('\n').length - types.length;
    const faults = await this.#askAbout(this.#checks, { ...document, text }, uri => faultyLines(server, uri));
    const wrong = new Set(types.filter((_claim, index) => faults.has(first + index)));
    return claims.filter(claim => !wrong.has(claim));
  }

  #recall(cell: WrittenCell, document: CellDocument): Known {
    const name = `${document.lang} ${document.text}`;
    if (this.#known.has(name)) {
      this.#followFiles(document);
    }
    const known = this.#known.get(name) ?? {
      diagnostics: this.#next(() => this.#checkFully(cell, document))
    };
    known.diagnostics.catch(() => this.#known.delete(name));
    this.#known.delete(name);
    this.#known.set(name, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KNOWN) {
        break;
      }
      this.#known.delete(oldest);
    }
    return known;
  }

  // One at a time, as all of them use the same documents.
  #next<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#checking.then(act);
    this.#checking = done.catch(() => undefined);
    return done;
  }

  // A fault may be no more than a name that is not known yet.
  async #checkFully(cell: WrittenCell, document: CellDocument): Promise<readonly CellDiagnostic[]> {
    const check = async (): Promise<readonly CellDiagnostic[]> =>
      this.#asItRuns(
        cell,
        document,
        await this.#askAbout(this.#checks, document, uri => checkDocument(this.#parts.server, uri, cell))
      );
    if (cell.lang === 'tsx' || needsAmbient(cell.code)) {
      this.#openAmbient();
    }
    const diagnostics = await check();
    if (diagnostics.length === 0 || this.#hasAmbient) {
      return diagnostics;
    }
    this.#openAmbient();
    return check();
  }

  /** What TypeScript says of imports, and what there is when they run. */
  async #asItRuns(
    cell: WrittenCell,
    document: CellDocument,
    said: readonly CellDiagnostic[]
  ): Promise<readonly CellDiagnostic[]> {
    const text = cell.author?.code ?? cell.code;
    const placed = (offset: number): number => cell.author?.offsetOf(offset) ?? offset;
    const absent = absentDefaults(cell, this.#parts.folder)
      .map(fault => ({ ...fault, start: placed(fault.start), end: placed(fault.end) }))
      .map(fault => describeFault(text, 'import.no_default', fault))
      .filter(one => !said.some(({ line, column }) => line === one.line && column === one.column));
    const open = said.some(isMissingName) ? namesOfNamespaces(cell.analysis, document.taken) : [];
    const doubted = open.flatMap(name => {
      const { line, character } = positionAt(text, placed(name.start));
      const fault = said.find(
        one => isMissingName(one) && one.line === line + 1 && one.column === character + 1
      );
      return fault === undefined ? [] : [{ ...name, fault }];
    });
    const there = doubted.length === 0 ? [] : await this.#whichAreThere(doubted);
    return [...said.filter(one => !there.some(({ fault }) => fault === one)), ...absent];
  }

  async #whichAreThere<T extends NamespaceName>(names: readonly T[]): Promise<readonly T[]> {
    const lines = names.map(({ name, module }, index) => {
      const from = JSON.stringify(module);
      return `import { ${name} as taken${index} } from ${from}; export const name${index}: unknown = taken${index};`;
    });
    const text = lines.join('\n');
    const asked: CellDocument = { text, lang: 'ts', dependencies: new Set(), inFull: new Set(), taken: [] };
    const faults = await this.#askAbout(this.#checks, asked, uri => faultyLines(this.#parts.server, uri));
    return names.filter((_name, index) => !faults.has(index));
  }

  #openAmbient(): void {
    if (!this.#hasAmbient) {
      this.#hasAmbient = true;
      const { server, libraryPath, injectedNames, profileTypes } = this.#parts;
      for (const { file, text } of ambientDocuments(libraryPath, injectedNames, profileTypes?.())) {
        server.open(this.#uri(file), text, true);
      }
    }
  }

  // A server that died is started again by the second request.
  async #askAbout<T>(
    scratch: ScratchDocuments,
    document: CellDocument,
    ask: (uri: string) => Promise<T>
  ): Promise<T> {
    const { server, documents, onLog } = this.#parts;
    const uri = this.#uri(scratch.choose(document.text, document.lang));
    const attempt = (): Promise<T> => {
      documents.need(document);
      this.#followFiles(document);
      server.open(uri, document.text, true);
      return ask(uri);
    };
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ServerEndedError) || server.isDisposed) {
        throw error;
      }
      onLog(`${error.message} It is started again.`);
      return attempt();
    }
  }

  // What was found with the files as they were says nothing any more.
  #followFiles(document: CellDocument): void {
    const { files, server } = this.#parts;
    files.follow(document.text);
    const changes = files.takeChanges();
    if (changes.length > 0) {
      this.#known.clear();
      server.tellChanges(changes);
    }
  }
}
