// The TypeScript 7 compiler as a program that runs and ends, for the few cells whose TypeScript is more than types: it emits
// their JavaScript, and it tells what the notebook's tsconfig.json comes to. Ten milliseconds each.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchbookError } from '../../../contract/base/error.js';
import { keepLines } from './keep-lines.js';
import type { CellLanguage } from '../../../record/source/parse.js';
import { compilerCommand } from '../server/server-path.js';

/** The options of tsconfig.json that change what is emitted. */
export interface EmitOptions {
  readonly jsx?: string;
  readonly jsxFactory?: string;
  readonly jsxFragmentFactory?: string;
  readonly jsxImportSource?: string;
  readonly reactNamespace?: string;
  readonly experimentalDecorators?: boolean;
  readonly emitDecoratorMetadata?: boolean;
  readonly useDefineForClassFields?: boolean;
}

/** Runs the compiler for the cells of one folder. */
export class Compiler {
  readonly #tscPath: string;
  readonly #folder: string;
  readonly #timeoutMs: number;

  constructor(options: { readonly tscPath: string; readonly folder: string; readonly timeoutMs: number }) {
    this.#tscPath = options.tscPath;
    this.#folder = options.folder;
    this.#timeoutMs = options.timeoutMs;
  }

  /** What the tsconfig.json of the folder says, with all that it extends; nothing when there is none. */
  async readOptions(): Promise<EmitOptions> {
    if (!existsSync(join(this.#folder, 'tsconfig.json'))) {
      return {};
    }
    const text = await this.#run(['--showConfig', '-p', '.'], this.#folder);
    try {
      return (JSON.parse(text) as { compilerOptions?: EmitOptions }).compilerOptions ?? {};
    } catch {
      return {}; // the check of the cell says what is wrong with the file
    }
  }

  /**
   * The JavaScript of a text, each statement on its own line. `isLowered` when V8 cannot run all of it as it stands (decorators).
   * Throws `language.unemitted`.
   */
  async emit(text: string, lang: CellLanguage, isLowered: boolean): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'launchbook-'));
    try {
      await writeFile(join(folder, `cell.${lang}`), text);
      const flags = flagsOf(await this.readOptions());
      const said = await this.#run(
        [`cell.${lang}`, ...FLAGS, isLowered ? 'es2024' : 'esnext', ...flags],
        folder
      );
      const [js, map] = await Promise.all(
        ['cell.js', 'cell.js.map'].map(file => readFile(join(folder, file), 'utf8').catch(() => undefined))
      );
      if (js === undefined || map === undefined) {
        throw new LaunchbookError(
          `The TypeScript compiler did not emit the cell: ${said.trim() || 'it said nothing'}`,
          {
            code: 'language.unemitted',
            hint: 'Nothing of the cell has run. Run it again.'
          }
        );
      }
      return keepLines(js, (JSON.parse(map) as { mappings: string }).mappings);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  // Its exit code says no more than that it had complaints, and it always has: it is given no library on purpose.
  #run(args: readonly string[], cwd: string): Promise<string> {
    const { program, before } = compilerCommand(this.#tscPath);
    return new Promise(resolve => {
      execFile(
        program,
        [...before, ...args],
        { cwd, timeout: this.#timeoutMs, killSignal: 'SIGKILL' },
        (_error, stdout) => resolve(stdout)
      );
    });
  }
}

// The cell was checked already; imports are left as they are, because a rewrite of ours knows them.
const FLAGS = [
  '--noCheck',
  '--noLib',
  '--noResolve',
  '--types',
  '',
  '--module',
  'esnext',
  '--moduleDetection',
  'force',
  '--verbatimModuleSyntax',
  '--removeComments',
  '--sourceMap',
  '--target'
];

function flagsOf(options: EmitOptions): string[] {
  const isAutomatic = options.jsx === 'react-jsx' || options.jsx === 'react-jsxdev';
  const named = (['jsxFactory', 'jsxFragmentFactory', 'jsxImportSource', 'reactNamespace'] as const).flatMap(
    name => {
      const value = options[name];
      return value === undefined ? [] : [`--${name}`, value];
    }
  );
  const switches = (
    ['experimentalDecorators', 'emitDecoratorMetadata', 'useDefineForClassFields'] as const
  ).flatMap(name => {
    const value = options[name];
    return value === undefined ? [] : [`--${name}`, String(value)];
  });
  return ['--jsx', isAutomatic ? 'react-jsx' : 'react', ...named, ...switches];
}
