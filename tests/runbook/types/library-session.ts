// The type checker of cells with the real helper library: what an author of a runbook sees while typing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { INJECTED_NAMES } from '../../../contract/notebook/injected-names.js';
import type { ProfileTypes } from '../../../kernel/language/documents/ambient.js';
import { TypeScriptSession } from '../../../kernel/language/session.js';

/** The declarations that cells are checked against. */
export const DECLARATIONS = resolve(import.meta.dirname, '../../../runbook/index.d.ts');

/** A fault of a cell: its code and the text that it is at. */
export interface Fault {
  readonly code: string;
  readonly frame: string;
}

/** A session that checks cells and runs none. */
export class LibrarySession {
  readonly #folder = mkdtempSync(join(tmpdir(), 'types-'));
  readonly #session: TypeScriptSession;
  #cells = 0;

  /** @param profileTypes - Of what launchbook.yml gives. @default it gives nothing */
  constructor(profileTypes?: ProfileTypes) {
    this.#session = new TypeScriptSession({
      folder: this.#folder,
      libraryPath: DECLARATIONS,
      injectedNames: [...INJECTED_NAMES],
      ...(profileTypes === undefined ? {} : { profileTypes: () => profileTypes }),
      onLog: () => undefined
    });
  }

  async start(): Promise<void> {
    await this.#session.start();
  }

  /** The faults that the checker finds in a cell. */
  async faultsOf(code: string): Promise<Fault[]> {
    const { diagnostics } = await this.#session.prepare(`types ${++this.#cells}`, code);
    return diagnostics.map(({ code, frame }) => ({ code, frame }));
  }

  /** Names offered at the `|` of a cell, sorted. */
  async completionsAt(marked: string): Promise<string[]> {
    const { items } = await this.#session.complete(marked.replace('|', ''), marked.indexOf('|'));
    return items.map(({ text }) => text).sort();
  }

  async close(): Promise<void> {
    await this.#session.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
