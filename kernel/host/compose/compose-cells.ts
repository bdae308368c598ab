// Puts together what checks and runs cells: the executor, the language server, and the order between them.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../../../contract/base/json.js';
import { isParametersCell, textOf } from '../../../contract/notebook/outline.js';
import type { CellOutput } from '../../../contract/notebook/output.js';
import type { Cell, CellOutcome } from '../../../run/ports.js';
import type { ExecutorSettings } from '../../../run/profile/executor-settings.js';
import type { KnownRun } from '../../../run/profile/known-run.js';
import type { RunCell } from '../../core/ports/ports.js';
import { commandFolderOf } from '../../../record/files/command-folder.js';
import { ExecutorProcess } from '../../executor/outside/executor-process.js';
import type { LanguageServer } from '../../language/server/lsp-client.js';
import { declaredType } from '../../language/documents/widen-parameters.js';
import { TypeScriptSession } from '../../language/session.js';
import { explainDryRun } from '../cells/dry-run-errors.js';
import { TypeScriptCells } from '../cells/typescript-cells.js';
import { executorEnvironment } from '../executor/executor-environment.js';
import { INJECTED_NAMES } from '../../../contract/notebook/injected-names.js';
import { findEntryFiles } from '../executor/entry-files.js';
import type { NotebookFile } from '../../../run/keeper/notebook-file.js';
import type { KeptRun } from '../../../run/compose/compose-keeper.js';

/** Programs that were started ahead, and have not been used. */
export interface StartedPrograms {
  readonly executor: ChildProcess;
  /** The main file of the executor, absolute. */
  readonly entry: string;
  /** Null when there is none to start; what is wrong is said once it is needed. */
  readonly server: LanguageServer | null;
}

/** What they are made from. */
export interface CellParts extends Pick<KeptRun, 'register' | 'losses'> {
  /** Folder that cells run in. */
  readonly folder: string;
  readonly nodePath: string;
  readonly started?: StartedPrograms;
  readonly notebook: NotebookFile | null;
  readonly known: Pick<KnownRun, 'mode' | 'info' | 'profile'>;
  readonly publish: (cellKey: string, output: CellOutput) => void;
  readonly log: (line: string) => void;
}

/** What runs cells. */
export interface ComposedCells {
  readonly executor: ExecutorProcess;
  readonly session: TypeScriptSession;
  readonly cells: TypeScriptCells;
  readonly run: RunCell;
  /** Evaluates a cell that no client has sent. */
  readonly evaluate: (cell: Cell) => Promise<CellOutcome>;
}

/** Makes all of it; nothing is started. */
export function composeCells(parts: CellParts): ComposedCells {
  const { folder, notebook, nodePath, started, known, register, losses, publish, log } = parts;
  const { profile } = known;
  const executor = new ExecutorProcess({
    nodePath,
    entry: started?.entry ?? findEntryFiles(LIB).executor,
    folder,
    env: executorEnvironment(nodePath),
    get settings() {
      const { loaded, fault } = profile;
      const start = commandFolderOf(folder, known.info) ?? folder;
      return {
        mode: known.mode,
        folder: start,
        profile: loaded,
        fault
      } satisfies ExecutorSettings as unknown as Json;
    },
    ...(started === undefined ? {} : { started: started.executor })
  });
  const session = new TypeScriptSession({
    folder,
    libraryPath: libraryTypes(),
    injectedNames: [...INJECTED_NAMES],
    typecheck: () => profile.typecheck,
    parameters: (code, cellId) =>
      notebook !== null && isOfParameters(notebook, code, cellId)
        ? (profile.loaded?.parameterRules ?? {})
        : null,
    profileTypes: () => ({
      vars: profile.loaded?.varTypes ?? {},
      parameters: Object.fromEntries(
        Object.entries(profile.loaded?.parameterRules ?? {}).map(([name, rule]) => [name, declaredType(rule)])
      )
    }),
    ...(started?.server ? { server: started.server } : {}),
    onLog: log
  });
  const cells = new TypeScriptCells({
    session,
    executor,
    publish,
    isCutOff: key => {
      const before = register.find(key)?.lossesBefore;
      return before !== undefined && before !== losses.count;
    }
  });
  const run = explainDryRun((cell, userExpressions) => cells.run(cell, userExpressions), known);
  const evaluate = (cell: Cell): Promise<CellOutcome> => {
    const evaluated = (): Promise<CellOutcome> => run({ ...cell, storesHistory: false }, {});
    // One that has run before needs no check of its types, which is most of the time of a small cell.
    return cell.kind === 'replay' ? session.withoutChecks(evaluated) : evaluated();
  };
  return { executor, session, cells, run, evaluate };
}

/** By its text or, when that has changed since it was saved, by its id. */
function isOfParameters(notebook: NotebookFile, code: string, cellId: string | null): boolean {
  return notebook
    .read()
    .cells.some(cell => isParametersCell(cell) && (cell.id === cellId || textOf(cell.source) === code));
}

/** The folder of everything compiled, seen from here and from the bundle alike. */
const LIB = dirname(dirname(dirname(import.meta.dirname)));

/** The library's public types, as built. */
function libraryTypes(): string | null {
  const path = join(LIB, 'runbook', 'index.d.ts');
  return existsSync(path) ? path : null;
}
